// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/smallfilesystem.h"

#include <QDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// DEL-30: a backup that does not fit on the disk; apart, because only root can mount such a disk.
class TestSaveBackupJobFullDisk : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void looksLikeNoBackup();
    void keepsEverythingInTheRegistry();

private:
    [[nodiscard]] DeletionPlan plan();
    [[nodiscard]] QString folder() const { return m_disk->filePath(u"backup"_s); }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<SmallFileSystem> m_disk;
    std::optional<Digest> m_small;
    std::optional<Digest> m_large;
};

void TestSaveBackupJobFullDisk::init()
{
    m_disk.reset();
    m_disk = std::make_unique<SmallFileSystem>();
    if (!m_disk->isMounted())
        QSKIP("a small file system can only be mounted by root");
    m_connection = std::make_unique<FakeConnection>();
    const auto addIndex = [this](const QString &tag, qsizetype padding) {
        return m_connection->registry.addManifest(
            u"a"_s, tag,
            R"({"schemaVersion":2,"manifests":[],"annotations":{"x":")" + QByteArray(padding, 'x')
                + R"("}})",
            MediaType::ociIndex());
    };
    m_small = addIndex(u"small"_s, 10);
    m_large = addIndex(u"large"_s, 2'000'000);
}

DeletionPlan TestSaveBackupJobFullDisk::plan()
{
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"a")));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    return planDeletion(*snapshot, {*Tag::parse(u"small"), *Tag::parse(u"large")});
}

void TestSaveBackupJobFullDisk::looksLikeNoBackup()
{
    const auto saved = outcomeOf(new SaveBackupJob(m_connection->session, plan(), folder()));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, Error::Kind::LocalFile);
    QVERIFY2(saved.error().message.contains(u"not enough space"_s),
             qPrintable(saved.error().message));
    QVERIFY(!QFile::exists(folder() + "/longshore-backup.json"_L1));
    QVERIFY(!QFile::exists(folder() + "/index.json"_L1));
    // What is there under its name is whole.
    const QDir blobs(folder() + "/blobs/sha256"_L1);
    const QStringList names = blobs.entryList(QDir::Files | QDir::Hidden);
    for (const QString &name : names)
        QCOMPARE(name, m_small->encoded());
}

void TestSaveBackupJobFullDisk::keepsEverythingInTheRegistry()
{
    const auto report = outcomeOf(new DeleteTagsJob(m_connection->session, plan(), folder()));
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::LocalFile);
    QCOMPARE(m_connection->registry.count("DELETE"), qsizetype(0));
    QCOMPARE(m_connection->registry.tags(u"a"_s), (QStringList{u"large"_s, u"small"_s}));
}

QTEST_GUILESS_MAIN(TestSaveBackupJobFullDisk)
#include "tst_savebackupjob_fulldisk.moc"
