// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutnames.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestLayoutNames : public QObject
{
    Q_OBJECT

private slots:
    void namesARepositoryAfterTheFile_data();
    void namesARepositoryAfterTheFile();
    void readsNames_data();
    void readsNames();
    void letsTheLastOfEqualNamesCount();
    void keepsSeveralRepositories();
    void findsWhatIsMeant();
    void findsTheOnlyImage();
    void takesNothingForAnImageThatIsAboutOne();
    void saysWhatCanBeNamed();

private:
    static StoredImage image(const QByteArray &bytes, const QString &name = {})
    {
        return {{MediaType::ociManifest(), Digest::ofBytes(bytes), bytes.size()}, name};
    }
    static Digest digestOf(const Result<LayoutImage> &image)
    {
        return image ? image->manifest.digest : Digest::ofBytes({});
    }
};

void TestLayoutNames::namesARepositoryAfterTheFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("repository");
    QTest::newRow("folder") << u"/a/images"_s << u"images"_s;
    QTest::newRow("slash behind") << u"/a/images/"_s << u"images"_s;
    QTest::newRow("archive") << u"/a/My Images_2.tar"_s << u"my-images-2"_s;
    QTest::newRow("compressed") << u"app.tar.gz"_s << u"app"_s;
    QTest::newRow("dots") << u"app.1.2.tar.zst"_s << u"app-1-2"_s;
    QTest::newRow("nothing usable") << u"/a/画像"_s << u"image"_s;
    QTest::newRow("the root") << u"/"_s << u"image"_s;
    QTest::newRow("long") << QString(500, u'x') << QString(100, u'x');
}

void TestLayoutNames::namesARepositoryAfterTheFile()
{
    QFETCH(const QString, path);
    QFETCH(const QString, repository);
    QCOMPARE(repositoryNamedAfter(path).toString(), repository);
}

void TestLayoutNames::readsNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("repository");
    QTest::addColumn<QString>("reference");
    const QString digest = Digest::ofBytes("x").toString();
    QTest::newRow("tag") << u"1.0"_s << u"images"_s << u"1.0"_s;
    QTest::newRow("reference") << u"registry.lab:5000/team/app:1.0"_s << u"team/app"_s << u"1.0"_s;
    QTest::newRow("without a tag") << u"team/app"_s << u"team/app"_s << u"latest"_s;
    QTest::newRow("short") << u"ubuntu:22.04"_s << u"library/ubuntu"_s << u"22.04"_s;
    QTest::newRow("digest") << QString(u"team/app@"_s + digest) << u"team/app"_s << digest;
    QTest::newRow("none") << QString() << u"images"_s << digest;
    QTest::newRow("no name at all") << u"What is this?"_s << u"images"_s << digest;
    QTest::newRow("a way out") << u"../../etc/passwd:1"_s << u"images"_s << digest;
}

void TestLayoutNames::readsNames()
{
    QFETCH(const QString, name);
    QFETCH(const QString, repository);
    QFETCH(const QString, reference);
    const LayoutNames names(u"/a/images.tar"_s, {image("x", name)});
    QCOMPARE(names.images().size(), qsizetype(1));
    const LayoutImage &only = names.images().constFirst();
    QCOMPARE(only.name, name);
    QCOMPARE(only.repository.toString(), repository);
    QCOMPARE(only.reference.toString(), reference);
    QCOMPARE(names.repositories().keys(), QList{only.repository});
}

void TestLayoutNames::letsTheLastOfEqualNamesCount()
{
    const LayoutNames names(u"a"_s, {image("old", u"1"_s), image("new", u"1"_s)});
    QCOMPARE(digestOf(names.find(u"1"_s)), Digest::ofBytes("new"));
    const LayoutNames::Tags tags = names.repositories().first();
    QCOMPARE(tags.size(), qsizetype(1));
    QCOMPARE(tags.first().digest, Digest::ofBytes("new"));
    // What lost its name is still there.
    QCOMPARE(names.images().first().reference, Reference(Digest::ofBytes("old")));
    QCOMPARE(digestOf(names.find(Digest::ofBytes("old").toString())), Digest::ofBytes("old"));
}

void TestLayoutNames::keepsSeveralRepositories()
{
    const LayoutNames names(u"a"_s, {image("1", u"team/app:1"_s), image("2", u"team/app:2"_s),
                                     image("3", u"other:1"_s), image("4"), image("5")});
    QStringList repositories;
    for (const RepositoryName &repository : names.repositories().keys())
        repositories.append(repository.toString());
    QCOMPARE(repositories, QStringList({u"a"_s, u"library/other"_s, u"team/app"_s}));
    QCOMPARE(names.repositories().last().size(), qsizetype(2));
    QVERIFY(names.repositories().first().isEmpty());
}

void TestLayoutNames::findsWhatIsMeant()
{
    const LayoutNames names(u"a"_s,
                            {image("1", u"docker.io/library/app:1"_s), image("2", u"app:2"_s)});
    for (const QString &name : {u"docker.io/library/app:1"_s, u"app:1"_s, u"1"_s})
        QCOMPARE(digestOf(names.find(name)), Digest::ofBytes("1"));
    QCOMPARE(digestOf(names.find(u"docker.io/library/app:2"_s)), Digest::ofBytes("2"));
}

void TestLayoutNames::findsTheOnlyImage()
{
    QCOMPARE(digestOf(LayoutNames(u"a"_s, {image("1")}).find({})), Digest::ofBytes("1"));
    // Two names of one image are no choice.
    const LayoutNames names(u"a"_s, {image("1", u"1"_s), image("1", u"latest"_s)});
    QCOMPARE(digestOf(names.find({})), Digest::ofBytes("1"));
}

void TestLayoutNames::takesNothingForAnImageThatIsAboutOne()
{
    StoredImage signature = image("2", u"signature"_s);
    signature.manifest.artifactType = u"application/x.signature"_s;
    const LayoutNames names(u"a"_s, {image("1", u"1"_s), signature});
    QCOMPARE(digestOf(names.find({})), Digest::ofBytes("1"));
    QCOMPARE(digestOf(names.find(u"signature"_s)), Digest::ofBytes("2"));
    // Where there is nothing else, it is what is meant.
    QCOMPARE(digestOf(LayoutNames(u"a"_s, {signature}).find({})), Digest::ofBytes("2"));
}

void TestLayoutNames::saysWhatCanBeNamed()
{
    const LayoutNames names(u"a"_s, {image("1", u"one"_s), image("2"), image("3", u"x/y:one"_s)});
    const auto none = names.find({});
    QVERIFY(!none);
    QCOMPARE(none.error().kind, Error::Kind::InvalidInput);
    QVERIFY(none.error().message.contains(u"one"_s));
    QVERIFY(none.error().message.contains(Digest::ofBytes("2").toString()));
    const auto other = names.find(u"two"_s);
    QVERIFY(!other);
    QCOMPARE(other.error().kind, Error::Kind::NotFound);
    QVERIFY(other.error().message.contains(u"x/y:one"_s));
    QCOMPARE(digestOf(names.find(u"one"_s)), Digest::ofBytes("1")); // To the letter.
    QCOMPARE(LayoutNames(u"a"_s, {}).find({}).error().kind, Error::Kind::NotFound);
}

QTEST_GUILESS_MAIN(TestLayoutNames)
#include "tst_layoutnames.moc"
