// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportarchivejob.h"
#include "support/fakeconnection.h"
#include "support/gzip.h"
#include "support/outcome.h"
#include "support/smallfilesystem.h"
#include "support/testimages.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Form = ArchiveExport::Form;

class TestExportArchiveJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesTheBytesOfTheRegistry();
    void writesTheSameArchiveEachTime();
    void takesEverythingOfAnIndex();
    void unpacksLayersForDocker();
    void takesTheOnlyPlatformForDocker();
    void listsThePlatformsThatAreToBeChosenFrom();
    void refusesForDockerWhatItCannotHold();
    void completesWhatWasBrokenOff();
    void writesNothingForDockerThatIsSomethingElse();
    void leavesNothingOfAnImageThatIsNotThere();
    void removesWhatKilledExportsLeft();
    void asksForNothingWhereAFileIsInTheWay();
    void replacesAFileWhenItMay();
    void saysBeforeItFetchesWhenTheDiskIsTooSmall();
    void belongsToOneExportAtATime();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] ArchiveExport wanted(const QString &tag, Form form) const
    {
        return {{{{*RepositoryName::parse(u"a"), *Tag::parse(tag)}, {tag, u"host/a:"_s + tag}}},
                form,
                m_home->filePath(u"a.tar"_s)};
    }
    [[nodiscard]] Result<ExportedImage> save(const ArchiveExport &archive)
    {
        const auto exported = outcomeOf(new ExportArchiveJob(m_connection->session, archive));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // The job itself goes.
        return exported;
    }
    [[nodiscard]] Result<ExportedImage> save(const QString &tag, Form form = Form::Oci)
    {
        return save(wanted(tag, form));
    }
    void addPackedImage(const QString &tag)
    {
        TestImages::addImage(registry(), u"a"_s, tag,
                             {.layers = {gzipped("first tar"), "second tar"},
                              .contents = {"first tar", "second tar"}});
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_home->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] QByteArray archive() const
    {
        QFile file(m_home->filePath(u"a.tar"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QByteArray tar(const QStringList &arguments) const
    {
        QProcess process;
        process.start(u"tar"_s, QStringList{u"-f"_s, m_home->filePath(u"a.tar"_s)} + arguments);
        return process.waitForFinished() && process.exitCode() == 0
                   ? process.readAllStandardOutput()
                   : QByteArray();
    }
    [[nodiscard]] QByteArray member(const QString &name) const { return tar({u"-xO"_s, name}); }
    [[nodiscard]] qsizetype blobRequests() { return registry().count("GET", u"/blobs/"_s); }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestExportArchiveJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
}

void TestExportArchiveJob::writesTheBytesOfTheRegistry()
{
    const QByteArray odd = " \r\n" + TestImages::image(registry(), u"a"_s);
    const Digest digest = registry().addManifest(u"a"_s, u"1"_s, odd, MediaType::ociManifest());
    const auto exported = save(u"1"_s);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->image.digest, digest);
    QCOMPARE(exported->blobs, qsizetype(4));
    QCOMPARE(member(u"blobs/sha256/"_s + digest.encoded()), odd);
    QCOMPARE(member(u"blobs/sha256/"_s + Digest::ofBytes("layer two").encoded()), "layer two");
    QVERIFY(member(u"manifest.json"_s).contains("host/a:1"));
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

void TestExportArchiveJob::writesTheSameArchiveEachTime()
{
    TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    QVERIFY(save(u"1"_s));
    const QByteArray first = archive();
    QVERIFY(QFile::remove(m_home->filePath(u"a.tar"_s)));
    QVERIFY(save(u"1"_s));
    QVERIFY(!first.isEmpty() && archive() == first);
}

void TestExportArchiveJob::takesEverythingOfAnIndex()
{
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    const auto exported = save(u"1"_s);
    QVERIFY(exported);
    QVERIFY(index.matches(member(u"blobs/sha256/"_s + index.encoded())));
    const QByteArray list = tar({u"-t"_s});
    QCOMPARE(list.count("blobs/sha256/") - 1, exported->blobs);
    QVERIFY(!list.contains("manifest.json")); // Docker could load only one of the two.
}

void TestExportArchiveJob::unpacksLayersForDocker()
{
    addPackedImage(u"1"_s);
    const auto exported = save(u"1"_s, Form::Docker);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(member(Digest::ofBytes("first tar").encoded() + u".tar"_s), "first tar");
    QCOMPARE(member(Digest::ofBytes("second tar").encoded() + u".tar"_s), "second tar");
    QVERIFY(member(u"repositories"_s).contains("host/a"));
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

void TestExportArchiveJob::takesTheOnlyPlatformForDocker()
{
    const QByteArray child =
        TestImages::image(registry(), u"a"_s, {.layers = {"only tar"}, .contents = {"only tar"}});
    const Digest digest = registry().addManifest(u"a"_s, {}, child, MediaType::ociManifest());
    registry().addManifest(u"a"_s, u"1"_s,
                           R"({"schemaVersion":2,"manifests":[{"mediaType":")"
                               + MediaType::ociManifest().toString().toLatin1() + R"(","size":)"
                               + QByteArray::number(child.size()) + R"(,"digest":")"
                               + digest.toString().toLatin1() + R"("}]})",
                           MediaType::ociIndex());
    const auto exported = save(u"1"_s, Form::Docker);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->image.digest, digest);
    QCOMPARE(member(Digest::ofBytes("only tar").encoded() + u".tar"_s), "only tar");
}

void TestExportArchiveJob::listsThePlatformsThatAreToBeChosenFrom()
{
    TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    const auto exported = save(u"1"_s, Form::Docker);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::InvalidInput);
    QVERIFY(exported.error().message.contains("linux/amd64, linux/arm64"_L1));
    QCOMPARE(blobRequests(), qsizetype(0));
}

void TestExportArchiveJob::refusesForDockerWhatItCannotHold()
{
    QByteArray foreign = TestImages::image(registry(), u"a"_s);
    foreign.replace(foreign.indexOf("application/vnd.oci.image.layer.v1.tar+gzip"), 43,
                    "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    registry().addManifest(u"a"_s, u"foreign"_s, foreign, MediaType::ociManifest());
    QByteArray chart = TestImages::image(registry(), u"a"_s);
    chart.replace("vnd.oci.image.config.v1", "vnd.cncf.helm.config.v1");
    registry().addManifest(u"a"_s, u"chart"_s, chart, MediaType::ociManifest());
    for (const QString &tag : {u"foreign"_s, u"chart"_s}) {
        const auto exported = save(tag, Form::Docker);
        QVERIFY(!exported);
        QCOMPARE(exported.error().kind, Kind::Unsupported);
    }
    QCOMPARE(blobRequests(), qsizetype(0));
}

void TestExportArchiveJob::completesWhatWasBrokenOff()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    // The others may still be asked for when this has failed; this one has had its answer.
    const Digest failed = Digest::ofBytes("layer two");
    registry().failNext("GET", failed.toString(), {404, {}, {}});
    QVERIFY(!save(u"1"_s));
    QVERIFY(!files().contains(u"a.tar"_s));
    {
        // As if it had arrived in time.
        BlobStage stage(m_home->filePath(u"a.tar"_s));
        QVERIFY(stage.open());
        QVERIFY(SafeFile::writeFile(stage.blobPath(failed), "layer two"));
    }
    registry().forgetRequests();
    const auto exported = save(u"1"_s);
    QVERIFY(exported);
    QVERIFY(exported->kept > 0);
    QCOMPARE(registry().count("GET", failed.toString()), qsizetype(0));
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

void TestExportArchiveJob::writesNothingForDockerThatIsSomethingElse()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s,
                         {.layers = {gzipped("this")}, .contents = {"that"}});
    const auto exported = save(u"1"_s, Form::Docker);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::DigestMismatch);
    QVERIFY(files().isEmpty());
}

void TestExportArchiveJob::leavesNothingOfAnImageThatIsNotThere()
{
    registry().addRepository(u"a"_s);
    const auto exported = save(u"1"_s);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::NotFound);
    QVERIFY2(files().isEmpty(), qPrintable(files().join(u' ')));
}

void TestExportArchiveJob::removesWhatKilledExportsLeft()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    for (const QString &name : {u".a.tar.abc123.part"_s, u".a.tar.sha256.abc123.part"_s}) {
        QFile part(m_home->filePath(name));
        QVERIFY(part.open(QIODevice::WriteOnly));
    }
    QVERIFY(save(u"1"_s));
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

void TestExportArchiveJob::asksForNothingWhereAFileIsInTheWay()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    QFile file(m_home->filePath(u"a.tar"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write("mine"), qint64(4));
    file.close();
    const auto exported = save(u"1"_s);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::LocalFile);
    QVERIFY(registry().requests().isEmpty());
    QCOMPARE(archive(), "mine");
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

void TestExportArchiveJob::replacesAFileWhenItMay()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    QVERIFY(save(u"1"_s));
    const QByteArray first = archive();
    TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"newer"}});
    ArchiveExport again = wanted(u"1"_s, Form::Oci);
    again.existing = SafeFile::Existing::Replace;
    QVERIFY(save(again));
    QVERIFY(archive() != first);
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

void TestExportArchiveJob::saysBeforeItFetchesWhenTheDiskIsTooSmall()
{
    const SmallFileSystem disk;
    if (!disk.isMounted())
        QSKIP("mounting is not allowed here");
    // The blobs alone would fit.
    TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {QByteArray(700'000, 'x')}});
    ArchiveExport archive = wanted(u"1"_s, Form::Oci);
    archive.file = disk.filePath(u"a.tar"_s);
    const auto exported = save(archive);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::LocalFile);
    QVERIFY(exported.error().message.contains("room"_L1));
    QCOMPARE(blobRequests(), qsizetype(0));
}

void TestExportArchiveJob::belongsToOneExportAtATime()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    {
        BlobStage stage(m_home->filePath(u"a.tar"_s));
        QVERIFY(stage.open());
        const auto exported = save(u"1"_s);
        QVERIFY(!exported);
        QCOMPARE(exported.error().kind, Kind::LocalFile);
        QVERIFY(registry().requests().isEmpty());
    }
    QVERIFY(save(u"1"_s));
}

QTEST_GUILESS_MAIN(TestExportArchiveJob)
#include "tst_exportarchivejob.moc"
