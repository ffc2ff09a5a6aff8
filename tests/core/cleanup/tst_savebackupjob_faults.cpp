// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// Backups of what is not there, not right or not wanted any more.
class TestSaveBackupJobFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void failsOnWhatIsNotWhatShallGo_data();
    void failsOnWhatIsNotWhatShallGo();
    void failsWhenTheMediaTypeIsAnother();
    void failsWhereIndexesAreNestedWithoutEnd();
    void goesOnWithoutWhatIsLostAlready();
    void leavesOutAConfigurationThatDoesNotMatch();
    void refusesAFolderWithSomethingInIt();
    void writesNothingOnceCancelled();

private:
    [[nodiscard]] DeletionPlan planFor(const QList<Tag> &tags);
    [[nodiscard]] Result<SavedBackup> save(const DeletionPlan &plan);
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QString folder() const { return m_home->filePath(u"backup"_s); }
    [[nodiscard]] QStringList blobs() const;
    [[nodiscard]] QByteArray file(const QString &name) const;
    [[nodiscard]] QJsonObject json(const QString &name) const
    {
        return QJsonDocument::fromJson(file(name)).object();
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestSaveBackupJobFaults::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
}

DeletionPlan TestSaveBackupJobFaults::planFor(const QList<Tag> &tags)
{
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"a")));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    registry().forgetRequests();
    return planDeletion(*snapshot, tags);
}

Result<SavedBackup> TestSaveBackupJobFaults::save(const DeletionPlan &plan)
{
    return outcomeOf(new SaveBackupJob(m_connection->session, plan, folder()));
}

QStringList TestSaveBackupJobFaults::blobs() const
{
    return QDir(folder() + "/blobs/sha256"_L1).entryList(QDir::Files | QDir::Hidden);
}

QByteArray TestSaveBackupJobFaults::file(const QString &name) const
{
    QFile file(folder() + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSaveBackupJobFaults::failsOnWhatIsNotWhatShallGo_data()
{
    QTest::addColumn<QString>("about"); // "index" or "child"
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *name, const QString &about, const TestAnswer &answer,
                        Kind kind) { QTest::newRow(name) << about << answer << kind; };
    const TestAnswer other{200, R"({"schemaVersion":2,"manifests":[]})"};
    row("DEL-31 another index", u"index"_s, other, Kind::DigestMismatch);
    row("another child", u"child"_s, other, Kind::DigestMismatch);
    row("an index that is gone", u"index"_s, {404}, Kind::NotFound);
    row("an index that may not be read", u"index"_s, {403}, Kind::Forbidden);
    row("a child that may not be read", u"child"_s, {403}, Kind::Forbidden);
}

void TestSaveBackupJobFaults::failsOnWhatIsNotWhatShallGo()
{
    QFETCH(const QString, about);
    QFETCH(const TestAnswer, answer);
    QFETCH(const Kind, kind);
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    const QByteArray arm = TestImages::image(registry(), u"a"_s, {.architecture = u"arm64"_s});
    const DeletionPlan plan = planFor({*Tag::parse(u"1")});
    const Digest which = about == "index"_L1 ? index : Digest::ofBytes(arm);
    registry().failNext("GET", which.toString(), answer, 10);
    const auto saved = save(plan);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, kind);
    QVERIFY(!QFileInfo::exists(folder()));
}

void TestSaveBackupJobFaults::failsWhenTheMediaTypeIsAnother()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s); // DEL-10
    DeletionPlan plan = planFor({*Tag::parse(u"1")});
    plan.groups.first().manifest.mediaType =
        MediaType::parse(u"application/vnd.docker.distribution.manifest.v2+json");
    const auto saved = save(plan);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, Kind::Changed);
    QVERIFY(!QFileInfo::exists(folder()));
}

void TestSaveBackupJobFaults::failsWhereIndexesAreNestedWithoutEnd()
{
    Digest inner = TestImages::addIndex(registry(), u"a"_s, u"1"_s); // DAT-12
    for (int depth = 0; depth < 20; ++depth) {
        const QByteArray bytes = R"({"schemaVersion":2,"manifests":[{"size":9,"mediaType":")"
                                 R"(application/vnd.oci.image.index.v1+json","digest":")"
                                 + inner.toString().toLatin1() + R"("}]})";
        inner = registry().addManifest(u"a"_s, {}, bytes, MediaType::ociIndex());
    }
    DeletionPlan plan = planFor({*Tag::parse(u"1")});
    plan.groups.first().manifest.digest = inner;
    const auto saved = save(plan);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, Kind::TooLarge);
    QVERIFY(!QFileInfo::exists(folder()));
}

void TestSaveBackupJobFaults::goesOnWithoutWhatIsLostAlready()
{
    TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    const QByteArray arm = TestImages::image(registry(), u"a"_s, {.architecture = u"arm64"_s});
    const DeletionPlan plan = planFor({*Tag::parse(u"1")});
    registry().failNext("GET", Digest::ofBytes(arm).toString(), {404});
    registry().failNext("GET", u"/blobs/"_s, {404}, 10);
    QVERIFY(save(plan));
    QCOMPARE(blobs().size(), qsizetype(3)); // The index and two of its images.
}

void TestSaveBackupJobFaults::leavesOutAConfigurationThatDoesNotMatch()
{
    const Digest digest = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const DeletionPlan plan = planFor({*Tag::parse(u"1")});
    const QJsonDocument manifest = QJsonDocument::fromJson(TestImages::image(registry(), u"a"_s));
    const qint64 size = manifest["config"_L1]["size"_L1].toInteger();
    registry().failNext("GET", u"/blobs/"_s, {200, QByteArray(size, ' ')}, 10);
    QVERIFY(save(plan));
    QCOMPARE(blobs(), QStringList{digest.encoded()});
}

void TestSaveBackupJobFaults::refusesAFolderWithSomethingInIt()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const DeletionPlan plan = planFor({*Tag::parse(u"1")});
    QVERIFY(save(plan));
    const QByteArray before = file(u"index.json"_s);
    registry().setTag(u"a"_s, u"2"_s, plan.groups.first().manifest.digest);
    const auto again = save(planFor({*Tag::parse(u"1")}));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Kind::LocalFile);
    QCOMPARE(file(u"index.json"_s), before);
    QVERIFY(!json(u"longshore-backup.json"_s).value("tags"_L1).toObject().contains("2"_L1));
}

void TestSaveBackupJobFaults::writesNothingOnceCancelled()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const DeletionPlan plan = planFor({*Tag::parse(u"1")});
    HeldRequests held(registry(), "GET", u"/blobs/"_s);
    auto *job = new SaveBackupJob(m_connection->session, plan, folder());
    std::optional<Result<SavedBackup>> outcome;
    job->then(this, [&](const auto &result) { outcome = result; });
    job->start();
    QTRY_COMPARE(held.count(), qsizetype(1));
    job->cancel();
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->error().isCancelled());
    held.release();
    QVERIFY(!QFileInfo::exists(folder()));
}

QTEST_GUILESS_MAIN(TestSaveBackupJobFaults)
#include "tst_savebackupjob_faults.moc"
