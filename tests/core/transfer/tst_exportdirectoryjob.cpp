// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefile.h"
#include "core/transfer/exportdirectoryjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QLockFile>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestExportDirectoryJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesTheBytesOfTheRegistry();
    void takesEverythingOfAnIndex();
    void completesWhatWasBrokenOff();
    void refusesAnotherImageBeforeItFetches();
    void refusesAFolderThatAnotherExportUses();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QString folder() const { return m_home->filePath(u"out"_s); }
    [[nodiscard]] Result<ExportedImage> save(const QString &tag)
    {
        return outcomeOf(new ExportDirectoryJob(
            m_connection->session, {*RepositoryName::parse(u"a"), *Tag::parse(tag)}, folder()));
    }
    [[nodiscard]] QByteArray file(const QString &name) const
    {
        QFile file(folder() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] qsizetype blobRequests() { return registry().count("GET", u"/blobs/"_s); }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestExportDirectoryJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
}

void TestExportDirectoryJob::writesTheBytesOfTheRegistry()
{
    const QByteArray odd = " \r\n" + TestImages::image(registry(), u"a"_s);
    const Digest digest = registry().addManifest(u"a"_s, u"1"_s, odd, MediaType::ociManifest());
    const auto exported = save(u"1"_s);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->image.digest, digest);
    QCOMPARE(exported->blobs, qsizetype(4));
    QCOMPARE(file(u"manifest.json"_s), odd);
    QCOMPARE(file(Digest::ofBytes("layer two").encoded()), "layer two");
    QCOMPARE(files().size(), qsizetype(5)); // With version; neither lock nor parts.
}

void TestExportDirectoryJob::takesEverythingOfAnIndex()
{
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    const auto exported = save(u"1"_s);
    QVERIFY(exported);
    QVERIFY(index.matches(file(u"manifest.json"_s)));
    QCOMPARE(files().filter(u".manifest.json"_s).size(), qsizetype(3));
}

void TestExportDirectoryJob::completesWhatWasBrokenOff()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    registry().failNext("GET", Digest::ofBytes("layer two").toString(), {404, {}, {}});
    QVERIFY(!save(u"1"_s));
    QVERIFY(!files().contains(u"manifest.json"_s));
    // As if it had arrived in time, which nobody can know.
    const QString layer = folder() + u'/' + Digest::ofBytes("layer one").encoded();
    QVERIFY(SafeFile::writeFile(layer, "layer one"));
    const auto exported = save(u"1"_s);
    QVERIFY(exported);
    QVERIFY(exported->kept > 0);
    registry().forgetRequests();
    QCOMPARE(save(u"1"_s)->kept, qsizetype(3));
    QCOMPARE(blobRequests(), qsizetype(0));
}

void TestExportDirectoryJob::refusesAnotherImageBeforeItFetches()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    TestImages::addImage(registry(), u"a"_s, u"2"_s, {.layers = {"another"}});
    QVERIFY(save(u"1"_s));
    const QStringList before = files();
    registry().forgetRequests();
    const auto exported = save(u"2"_s);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::LocalFile);
    QCOMPARE(blobRequests(), qsizetype(0));
    QCOMPARE(files(), before);
}

void TestExportDirectoryJob::refusesAFolderThatAnotherExportUses()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    QVERIFY(QDir().mkpath(folder()));
    QLockFile lock(folder() + "/.longshore.lock"_L1);
    QVERIFY(lock.tryLock());
    const auto exported = save(u"1"_s);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::LocalFile);
    QCOMPARE(blobRequests(), qsizetype(0));
}

QTEST_GUILESS_MAIN(TestExportDirectoryJob)
#include "tst_exportdirectoryjob.moc"
