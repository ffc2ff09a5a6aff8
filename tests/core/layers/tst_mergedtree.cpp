// SPDX-License-Identifier: Apache-2.0
#include "core/layers/mergedtree.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Items = QList<LayerItem>;

class TestMergedTree : public QObject
{
    Q_OBJECT

private slots:
    void putsLayersOnOneAnother_data();
    void putsLayersOnOneAnother();
    void followsLinksInsideOfTheTree_data();
    void followsLinksInsideOfTheTree();
    void keepsWhatAHardLinkNames();
    void refusesWhatNoLayerMayHave_data();
    void refusesWhatNoLayerMayHave();
    void endsAtItsLimits();
    void forgetsWhatIsGone();

private:
    static LayerItem file(const QByteArray &name) { return {name}; }
    static LayerItem folder(const QByteArray &name) { return {name, LayerItem::Kind::Folder}; }
    static LayerItem link(const QByteArray &name, const QByteArray &target)
    {
        return {name, LayerItem::Kind::Link, target};
    }
    static LayerItem hardLink(const QByteArray &name, const QByteArray &target)
    {
        return {name, LayerItem::Kind::HardLink, target};
    }
    /// "layer:number name" for each file, and "name/" for implied folders.
    static QStringList shown(const MergedTree &tree)
    {
        QStringList lines;
        for (const QByteArray &name : tree.impliedFolders())
            lines.append(QString::fromUtf8(name) + u'/');
        for (const auto &[source, name] : tree.files())
            lines.append(
                u"%1:%2 %3"_s.arg(source.layer).arg(source.number).arg(QString::fromUtf8(name)));
        return lines;
    }
    static Result<Done> merge(MergedTree &tree, const QList<Items> &layers)
    {
        for (const Items &layer : layers) {
            if (const auto added = tree.addLayer(layer); !added)
                return added;
        }
        return Done();
    }
    static void compare(const QList<Items> &layers, const QStringList &expected)
    {
        MergedTree tree;
        const auto merged = merge(tree, layers);
        QVERIFY2(merged, merged ? "" : qPrintable(merged.error().message));
        QCOMPARE(shown(tree), expected);
    }
};

void TestMergedTree::putsLayersOnOneAnother_data()
{
    QTest::addColumn<QList<Items>>("layers");
    QTest::addColumn<QStringList>("left");
    const Items base{folder("d/"), file("d/a"), file("d/b"), file("d-c"), file("e")};
    QTest::newRow("one") << QList<Items>{{file("a"), folder("./d/"), file("//d/./b")}}
                         << QStringList{u"0:0 a"_s, u"0:1 d"_s, u"0:2 d/b"_s};
    QTest::newRow("root") << QList<Items>{{folder("./"), file("a")}, {folder("/")}}
                          << QStringList{u"0:1 a"_s, u"1:0 "_s};
    QTest::newRow("file again") << QList<Items>{base, {file("d/a")}}
                                << QStringList{u"0:0 d"_s, u"0:2 d/b"_s, u"0:3 d-c"_s, u"0:4 e"_s,
                                               u"1:0 d/a"_s};
    QTest::newRow("folder again") << QList<Items>{base, {folder("d")}}
                                  << QStringList{u"0:1 d/a"_s, u"0:2 d/b"_s, u"0:3 d-c"_s,
                                                 u"0:4 e"_s, u"1:0 d"_s};
    QTest::newRow("file for a folder")
        << QList<Items>{base, {file("d")}} << QStringList{u"0:3 d-c"_s, u"0:4 e"_s, u"1:0 d"_s};
    QTest::newRow("folder for a file") << QList<Items>{{file("d")}, {folder("d"), file("d/x")}}
                                       << QStringList{u"1:0 d"_s, u"1:1 d/x"_s};
    QTest::newRow("implied folder for a file")
        << QList<Items>{{file("d")}, {file("d/x")}} << QStringList{u"d/"_s, u"1:0 d/x"_s};
    QTest::newRow("folder for a link")
        << QList<Items>{{folder("t"), link("d", "t")}, {folder("d/"), file("d/x")}}
        << QStringList{u"0:0 t"_s, u"1:0 d"_s, u"1:1 d/x"_s};
    QTest::newRow("folder for a link, and opaque")
        << QList<Items>{{folder("t"), file("t/a"), link("d", "t")},
                        {folder("d/"), file("d/.wh..wh..opq"), file("d/x")}}
        << QStringList{u"0:0 t"_s, u"0:1 t/a"_s, u"1:0 d"_s, u"1:2 d/x"_s};
    QTest::newRow("folder for a link, and a whiteout")
        << QList<Items>{{folder("t"), file("t/a"), link("d", "t")}, {folder("d/"), file("d/.wh.a")}}
        << QStringList{u"0:0 t"_s, u"0:1 t/a"_s, u"1:0 d"_s};
    QTest::newRow("twice in a layer")
        << QList<Items>{{file("a"), file("./a")}} << QStringList{u"0:1 a"_s};
    QTest::newRow("whiteout of a file")
        << QList<Items>{base, {file("d/.wh.a")}}
        << QStringList{u"0:0 d"_s, u"0:2 d/b"_s, u"0:3 d-c"_s, u"0:4 e"_s};
    QTest::newRow("whiteout of a folder")
        << QList<Items>{base, {file(".wh.d")}} << QStringList{u"0:3 d-c"_s, u"0:4 e"_s};
    QTest::newRow("whiteout behind its file")
        << QList<Items>{base, {file("d/a"), file("d/.wh.a")}}
        << QStringList{u"0:0 d"_s, u"0:2 d/b"_s, u"0:3 d-c"_s, u"0:4 e"_s, u"1:0 d/a"_s};
    QTest::newRow("whiteout of nothing")
        << QList<Items>{{file("a")}, {file("x/.wh.y"), file(".wh.z")}} << QStringList{u"0:0 a"_s};
    QTest::newRow("whiteout and folder again")
        << QList<Items>{base, {file(".wh.d"), folder("d"), file("d/x")}}
        << QStringList{u"0:3 d-c"_s, u"0:4 e"_s, u"1:1 d"_s, u"1:2 d/x"_s};
    QTest::newRow("opaque") << QList<Items>{base,
                                            {folder("d"), file("d/x"), file("d/.wh..wh..opq")}}
                            << QStringList{u"0:3 d-c"_s, u"0:4 e"_s, u"1:0 d"_s, u"1:1 d/x"_s};
    QTest::newRow("opaque alone") << QList<Items>{base, {file("d/.wh..wh..opq")}}
                                  << QStringList{u"0:0 d"_s, u"0:3 d-c"_s, u"0:4 e"_s};
    QTest::newRow("opaque root") << QList<Items>{base, {file(".wh..wh..opq"), file("x")}}
                                 << QStringList{u"1:1 x"_s};
    QTest::newRow("of aufs") << QList<Items>{{file("a"), folder(".wh..wh.plnk"),
                                              file(".wh..wh.plnk/1.2"), file(".wh..wh.aufs")}}
                             << QStringList{u"0:0 a"_s};
}

void TestMergedTree::putsLayersOnOneAnother()
{
    QFETCH(QList<Items>, layers);
    QFETCH(QStringList, left);
    compare(layers, left);
}

void TestMergedTree::followsLinksInsideOfTheTree_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("place");
    QTest::newRow("relative") << QByteArray("usr/lib") << QByteArray("usr/lib/x");
    QTest::newRow("absolute") << QByteArray("/usr/lib") << QByteArray("usr/lib/x");
    QTest::newRow("climbing") << QByteArray("../../../usr/./lib") << QByteArray("usr/lib/x");
    QTest::newRow("to nowhere") << QByteArray("tmp/out") << QByteArray("tmp/out/x");
}

void TestMergedTree::followsLinksInsideOfTheTree()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, place);
    MergedTree tree;
    QVERIFY(
        merge(tree, {{folder("usr"), folder("usr/lib"), link("lib", target)}, {file("lib/x")}}));
    QCOMPARE(tree.files().last().name, place);
    // And so does what takes it away again.
    QVERIFY(merge(tree, {{file("lib/.wh.x")}}));
    QCOMPARE(tree.files().size(), qsizetype(3));
}

void TestMergedTree::keepsWhatAHardLinkNames()
{
    const Items base{file("a"), hardLink("b", "./a"), folder("d")};
    compare({base, {hardLink("d/c", "b")}, {file(".wh.a")}},
            {u"0:0 b"_s, u"0:0 d/c"_s, u"0:2 d"_s});
    compare({base, {file("a")}}, {u"0:0 b"_s, u"0:2 d"_s, u"1:0 a"_s});
    compare({base, {hardLink("a", "a")}}, {u"0:0 a"_s, u"0:0 b"_s, u"0:2 d"_s});
}

void TestMergedTree::refusesWhatNoLayerMayHave_data()
{
    QTest::addColumn<Items>("layer");
    // TAR-01, TAR-02, TAR-04, TAR-05, TAR-09, TAR-21
    QTest::newRow("climbs") << Items{file("../x")};
    QTest::newRow("climbs later") << Items{file("a/../../x")};
    QTest::newRow("stays inside") << Items{file("a/../x")};
    QTest::newRow("root as a link") << Items{link("./", "/tmp")};
    QTest::newRow("root as a file") << Items{file(".")};
    QTest::newRow("circle") << Items{link("a", "b"), link("b", "a"), file("a/x")};
    QTest::newRow("hard link to nothing") << Items{hardLink("a", "b")};
    QTest::newRow("hard link outside") << Items{file("x"), hardLink("a", "../x")};
    QTest::newRow("hard link to a folder") << Items{folder("d"), hardLink("a", "d")};
    QTest::newRow("hard link to a later file") << Items{hardLink("a", "b"), file("b")};
    QTest::newRow("too long") << Items{file(QByteArray(5000, 'x'))};
    QTest::newRow("too deep") << Items{file(QByteArray("d/").repeated(300))};
    QTest::newRow("whiteout of nothing") << Items{file("d/.wh.")};
    QTest::newRow("whiteout of itself") << Items{file(".wh..")};
    QTest::newRow("whiteout of the folder above") << Items{file("d/.wh...")};
    QTest::newRow("whiteout outside") << Items{file("../.wh.x")};
}

void TestMergedTree::refusesWhatNoLayerMayHave()
{
    QFETCH(Items, layer);
    MergedTree tree;
    const auto merged = merge(tree, {layer});
    QVERIFY(!merged);
    QVERIFY(merged.error().kind == Kind::Protocol || merged.error().kind == Kind::TooLarge);
}

void TestMergedTree::endsAtItsLimits()
{
    MergedTree few({.files = 3});
    QVERIFY(merge(few, {{file("a"), file("d/b")}}));
    const auto more = merge(few, {{file("c")}});
    QVERIFY(!more);
    QCOMPARE(more.error().kind, Kind::TooLarge);
    MergedTree brief({.bytes = 10});
    QVERIFY(merge(brief, {{file("12345")}}));
    QVERIFY(!merge(brief, {{file("123456")}}));
}

void TestMergedTree::forgetsWhatIsGone()
{
    MergedTree tree({.files = 2, .bytes = 4});
    for (int i = 0; i < 5; ++i)
        QVERIFY(merge(tree, {{file("d/x")}, {file(".wh.d")}}));
    QVERIFY(tree.files().isEmpty());
}

QTEST_GUILESS_MAIN(TestMergedTree)
#include "tst_mergedtree.moc"
