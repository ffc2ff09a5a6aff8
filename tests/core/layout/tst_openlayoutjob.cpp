// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "support/gzip.h"
#include "support/outcome.h"
#include "support/testarchive.h"
#include "support/testlayout.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestOpenLayoutJob : public QObject
{
    Q_OBJECT

private slots:
    void opensALayout();
    void opensAnArchiveOfOne_data();
    void opensAnArchiveOfOne();
    void tellsHowFarItHasUnpacked();
    void opensTheListOfDocker();
    void opensAFolderOfSkopeo();
    void takesTheLayoutBesideTheListOfDocker();
    void opensALinkThatWasChosen();
    void saysWhatItCannotOpen();
    void endsWhenCancelled();

private:
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    /// What Docker writes of an image without layers.
    static TestArchive &addDockerImage(TestArchive &archive);
};

TestArchive &TestOpenLayoutJob::addDockerImage(TestArchive &archive)
{
    return archive.add("c", R"({"os":"linux","architecture":"amd64"})")
        .add("manifest.json", R"([{"Config":"c","RepoTags":["app:1"],"Layers":[]}])");
}

void TestOpenLayoutJob::opensALayout()
{
    FakeRegistry registry; // Only makes the documents.
    TestLayout layout;
    layout.save(registry, u"a"_s, {{u"1"_s, TestImages::addImage(registry, u"a"_s, u"1"_s)}});
    const auto opened = outcomeOf(new OpenLayoutJob(layout.path()));
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QCOMPARE((*opened)->host(), layout.path());
    QCOMPARE((*opened)->form(), ImageFiles::Form::OciLayout);
    QCOMPARE((*opened)->names().images().size(), qsizetype(1));
}

void TestOpenLayoutJob::opensAnArchiveOfOne_data()
{
    QTest::addColumn<QString>("compression");
    for (const char *compression : {"none", "gzip", "zstd"})
        QTest::newRow(compression) << QString::fromLatin1(compression);
}

void TestOpenLayoutJob::opensAnArchiveOfOne()
{
    QFETCH(const QString, compression);
    FakeRegistry registry; // Only makes the documents.
    TestLayout layout;
    const Digest image = TestImages::addImage(registry, u"a"_s, u"1"_s);
    layout.save(registry, u"a"_s, {{u"1"_s, image}});
    const QByteArray bytes = TestArchive().addFolder(layout.path()).bytes();
    const QString path = layout.filePath(u"misleading.zip"_s);
    write(path, compression == u"gzip"_s   ? gzipped(bytes)
                : compression == u"zstd"_s ? zstdStored(bytes)
                                           : bytes);
    const auto opened = outcomeOf(new OpenLayoutJob(path));
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QCOMPARE((*opened)->names().images().size(), qsizetype(1));
    const auto manifest = outcomeOf((*opened)->fetchManifest(
        repositoryNamedAfter(path), *Tag::parse(u"1"), Session::Priority::Interactive));
    QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
    QCOMPARE(manifest->digest, image);
}

void TestOpenLayoutJob::tellsHowFarItHasUnpacked()
{
    const QTemporaryDir folder;
    TestArchive archive;
    const QByteArray bytes =
        zstdStored(addDockerImage(archive).add("more", QByteArray(1'000'000, 'x')).bytes());
    write(folder.filePath(u"a"_s), bytes);
    auto *job = new OpenLayoutJob(folder.filePath(u"a"_s));
    QSignalSpy progress(job, &Job::progressChanged);
    QVERIFY(outcomeOf(job));
    QVERIFY(progress.size() > 1);
    QVERIFY(progress.first()[0].toLongLong() < bytes.size());
    QCOMPARE(progress.constLast()[0].toLongLong(), bytes.size());
    QCOMPARE(progress.constLast()[1].toLongLong(), bytes.size());
}

void TestOpenLayoutJob::opensTheListOfDocker()
{
    const QTemporaryDir folder;
    TestArchive archive;
    write(folder.filePath(u"a"_s), addDockerImage(archive).bytes());
    const auto opened = outcomeOf(new OpenLayoutJob(folder.filePath(u"a"_s)));
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QCOMPARE((*opened)->names().images().first().repository.toString(), u"library/app"_s);
    QCOMPARE((*opened)->form(), ImageFiles::Form::DockerArchive);
}

void TestOpenLayoutJob::opensAFolderOfSkopeo()
{
    FakeRegistry registry; // Only makes the document.
    const QTemporaryDir folder;
    write(folder.filePath(u"version"_s), "Directory Transport Version: 1.1\n");
    write(folder.filePath(u"manifest.json"_s), TestImages::image(registry, u"a"_s));
    const auto opened = outcomeOf(new OpenLayoutJob(folder.path()));
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QCOMPARE((*opened)->form(), ImageFiles::Form::SkopeoFolder);
    QCOMPARE((*opened)->names().images().size(), qsizetype(1));
}

void TestOpenLayoutJob::takesTheLayoutBesideTheListOfDocker()
{
    FakeRegistry registry; // Only makes the documents.
    TestLayout layout;
    const Digest image = TestImages::addImage(registry, u"a"_s, u"1"_s);
    layout.save(registry, u"a"_s, {{u"1"_s, image}});
    const QString path = layout.filePath(u"both.tar"_s);
    TestArchive archive;
    write(path, addDockerImage(archive.addFolder(layout.path())).bytes());
    const auto opened = outcomeOf(new OpenLayoutJob(path));
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QCOMPARE((*opened)->names().images().first().manifest.digest, image);
}

void TestOpenLayoutJob::opensALinkThatWasChosen()
{
    const QTemporaryDir folder;
    TestArchive archive;
    write(folder.filePath(u"a"_s), addDockerImage(archive).bytes());
    QVERIFY(QFile::link(folder.filePath(u"a"_s), folder.filePath(u"link"_s)));
    QVERIFY(outcomeOf(new OpenLayoutJob(folder.filePath(u"link"_s))));
}

void TestOpenLayoutJob::saysWhatItCannotOpen()
{
    const QTemporaryDir folder;
    const auto nothing = outcomeOf(new OpenLayoutJob(folder.filePath(u"nothing"_s)));
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().kind, Kind::NotFound);
    const auto empty = outcomeOf(new OpenLayoutJob(folder.path()));
    QVERIFY(!empty);
    QCOMPARE(empty.error().kind, Kind::Unsupported);
    for (const auto &[bytes, kind] : QList<std::pair<QByteArray, Kind>>{
             {TestArchive().add("a", "x").bytes(), Kind::Unsupported},
             {"BZh91AY&SY", Kind::Unsupported},
             {QByteArray(2'000, 'x'), Kind::LocalFile},
             {gzipped(QByteArray(2'000, 'x')), Kind::LocalFile}}) {
        write(folder.filePath(u"a"_s), bytes);
        const auto opened = outcomeOf(new OpenLayoutJob(folder.filePath(u"a"_s)));
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, kind);
        QVERIFY(opened.error().message.contains(folder.filePath(u"a"_s)));
    }
}

void TestOpenLayoutJob::endsWhenCancelled()
{
    auto *job = new OpenLayoutJob(u"/"_s);
    QMetaObject::invokeMethod(
        job, [job] { job->cancel(); }, Qt::QueuedConnection);
    const auto outcome = outcomeOf(job);
    QVERIFY(!outcome);
    QVERIFY(outcome.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestOpenLayoutJob)
#include "tst_openlayoutjob.moc"
