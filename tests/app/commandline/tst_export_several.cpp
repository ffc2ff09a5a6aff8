// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testarchive.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl export: several images to one place, and what else can be made of one.
class TestExportSeveral : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsSeveralImagesToOnePlace();
    void saysWhichOfSeveralImagesIsMissing();
    void writesChecksumsBesideThem();
    void bringsLayersOfAnImage();
    void fillsTheNamesOfImagesIn();
    void putsDigestsIntoNames();
    void keepsTheTagThatIsMeantWithADigestInTheName();
    void takesAFolderWithASlashBehindIt();
    void refusesFieldsThatItDoesNotKnow();
    void refusesSeveralImagesThatDoNotFitTogether_data();
    void refusesSeveralImagesThatDoNotFitTogether();

private:
    [[nodiscard]] QString image(const QString &tag = u"1"_s) const
    {
        return m_registry->host() + u"/a:"_s + tag;
    }
    [[nodiscard]] QString place(const QString &form, const QString &name = {}) const
    {
        return form + u':' + m_program->filePath(u"out"_s) + name;
    }
    [[nodiscard]] QByteArray member(const QString &name) const
    {
        return runProcess(u"tar"_s, {u"-xOf"_s, m_program->filePath(u"out"_s), name}).output;
    }
    [[nodiscard]] QString place() const { return place(u"oci"_s); }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    std::optional<Digest> m_image;
};

void TestExportSeveral::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_image = TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    TestImages::addIndex(*m_registry, u"a"_s, u"all"_s);
}

void TestExportSeveral::bringsSeveralImagesToOnePlace()
{
    TestImages::addImage(*m_registry, u"a"_s, u"2"_s, {.layers = {"layer one", "more"}});
    const auto result =
        m_program->run({u"export"_s, image(), image(u"2"_s), place(u"oci-archive"_s), u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QJsonObject object = documentOf(result).object();
    QCOMPARE(object.value("digest"_L1).toString(), m_image->toString());
    QCOMPARE(object.value("digests"_L1).toArray().size(), qsizetype(2));
    QCOMPARE(object.value("blobs"_L1).toInt(), 7); // They share one layer.
    const QByteArray list = member(u"manifest.json"_s);
    QVERIFY(list.contains(image().toUtf8()) && list.contains(image(u"2"_s).toUtf8()));
    const auto lines = m_program->run(
        {u"export"_s, image(), image(u"2"_s), u"oci:"_s + m_program->filePath(u"layout"_s)});
    QCOMPARE(lines.output.count("sha256:"), 2);
    const QByteArray index = m_program->content(u"layout/index.json"_s);
    QVERIFY(index.contains(R"(ref.name":"1")") && index.contains(R"(ref.name":"2")"));
}

void TestExportSeveral::saysWhichOfSeveralImagesIsMissing()
{
    const auto result = m_program->run({u"export"_s, image(), image(u"gone"_s), place()});
    QCOMPARE(result.exitStatus, 4);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY2(result.errors.contains("a:gone"), result.errors.constData());
}

void TestExportSeveral::writesChecksumsBesideThem()
{
    const auto result = m_program->run({u"export"_s, image(), place(), u"--checksums"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QByteArray sums = m_program->content(u"out.sha256"_s);
    QCOMPARE(sums.count('\n'), 6); // Four blobs, oci-layout, index.json.
    QVERIFY(sums.contains("  out/index.json\n"));
    const QByteArray list = m_program->content(u"out.contents.txt"_s);
    QVERIFY2(list.contains("\n  Blobs: "), list.constData());
}

void TestExportSeveral::bringsLayersOfAnImage()
{
    const auto result = m_program->run({u"export"_s, image(), place(u"layers"_s)});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QStringList files = m_program->files(u"out"_s);
    QCOMPARE(files.size(), qsizetype(2));
    QCOMPARE(m_program->content(u"out/"_s + files.first()), "layer one");
}

void TestExportSeveral::fillsTheNamesOfImagesIn()
{
    TestImages::addImage(*m_registry, u"a/b"_s, u"2"_s);
    const auto result =
        m_program->run({u"export"_s, image(), m_registry->host() + u"/a/b:2"_s, image(u"all"_s),
                        place(u"oci-archive"_s, u"/{repository}/{platform}.tar"_s), u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QJsonArray list = documentOf(result).array();
    QCOMPARE(list.size(), 2); // What comes to one place is together there.
    QCOMPARE(list.at(0)["file"_L1].toString(), m_program->filePath(u"out/a/all.tar"_s));
    QCOMPARE(list.at(0)["digests"_L1].toArray().size(), 2);
    QCOMPARE(list.at(1)["file"_L1].toString(), m_program->filePath(u"out/a_b/all.tar"_s));
    QVERIFY(QFile::exists(m_program->filePath(u"out/a_b/all.tar"_s)));
}

void TestExportSeveral::putsDigestsIntoNames()
{
    const auto result =
        m_program->run({u"export"_s, image(), place(u"oci-archive"_s, u"/{name}_{digest}.tar"_s)});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QString name = u"out/a_"_s + QString(m_image->toString()).replace(u':', u'_') + u".tar"_s;
    QVERIFY2(QFile::exists(m_program->filePath(name)), result.output.constData());
    // It is still called by its tag.
    const QString index = QString::fromUtf8(
        runProcess(u"tar"_s, {u"-xOf"_s, m_program->filePath(name), u"index.json"_s}).output);
    QVERIFY(index.contains(image()));
}

void TestExportSeveral::keepsTheTagThatIsMeantWithADigestInTheName()
{
    TestImages::addImage(*m_registry, u"a"_s, u"latest"_s);
    const QString reference = m_registry->host() + u"/a"_s;
    const auto result =
        m_program->run({u"export"_s, reference, place(u"oci-archive"_s, u"/{digest}.tar"_s)});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QString name = u"out/"_s + QString(m_image->toString()).replace(u':', u'_') + u".tar"_s;
    const QByteArray index =
        runProcess(u"tar"_s, {u"-xOf"_s, m_program->filePath(name), u"index.json"_s}).output;
    QVERIFY2(index.contains("latest"), index.constData());
}

void TestExportSeveral::takesAFolderWithASlashBehindIt()
{
    TestImages::addImage(*m_registry, u"a"_s, u"tar"_s,
                         {.layers = {TestArchive().add("f", "content").bytes()},
                          .contents = {TestArchive().add("f", "content").bytes()}});
    const QStringList command{u"export"_s, image(u"tar"_s), place(u"rootfs-dir"_s, u"/"_s),
                              u"--existing"_s, u"rename"_s};
    const auto first = m_program->run(command);
    QVERIFY2(first.exitStatus == 0, first.errors.constData());
    QCOMPARE(m_program->content(u"out/f"_s), "content");
    const auto second = m_program->run(command);
    QVERIFY2(second.exitStatus == 0, second.errors.constData());
    QCOMPARE(m_program->content(u"out (2)/f"_s), "content");
}

void TestExportSeveral::refusesFieldsThatItDoesNotKnow()
{
    const auto result =
        m_program->run({u"export"_s, image(), place(u"oci-archive"_s, u"/{user}.tar"_s)});
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(result.errors.contains("{repository}"));
}

void TestExportSeveral::refusesSeveralImagesThatDoNotFitTogether_data()
{
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("target");
    QTest::newRow("one name for both") << image(u"all"_s) << place() + u":1"_s;
    QTest::newRow("a folder for one") << image(u"all"_s) << place(u"dir"_s);
    QTest::newRow("files of one") << image(u"all"_s) << place(u"rootfs"_s);
    QTest::newRow("layers of one") << image(u"all"_s) << place(u"layer-tars"_s);
    QTest::newRow("another registry") << u"elsewhere.example/a:1"_s << place();
}

void TestExportSeveral::refusesSeveralImagesThatDoNotFitTogether()
{
    QFETCH(QString, second);
    QFETCH(QString, target);
    const auto result = m_program->run({u"export"_s, image(), second, target});
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(!QFile::exists(m_program->filePath(u"out"_s)));
}

QTEST_GUILESS_MAIN(TestExportSeveral)
#include "tst_export_several.moc"
