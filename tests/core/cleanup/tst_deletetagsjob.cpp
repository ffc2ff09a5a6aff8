// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/registrysession.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestDeleteTagsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void deletesWhatWasPlannedAndNothingElse();
    void writesTheBackupBeforeTheFirstChange();
    void savesTheChildrenOfAnIndex();
    void changesNothingWithoutABackup_data();
    void changesNothingWithoutABackup();
    void skipsATagThatHasMoved();
    void skipsWhenANewTagPointsToTheSameImage();
    void saysThatDeletionIsTurnedOff();
    void reportsAnImageThatIsStillThere();
    void settlesADeletionWhoseAnswerWasLost();
    void stopsWhenTheRightIsMissing();
    void asksWithTheWholeAcceptList();
    void refusesAnIncompleteSnapshot();

private:
    [[nodiscard]] DeletionPlan planFor(const QStringList &tags);
    [[nodiscard]] Result<DeletionReport> run(const DeletionPlan &plan);
    [[nodiscard]] QString backupFolder() const { return m_folder->filePath(u"backup"_s); }

    Network m_network;
    RepositoryName m_repository = *RepositoryName::parse(u"team/app");
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<RegistrySession> m_session;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDeleteTagsJob::init()
{
    m_session.reset();
    m_registry = std::make_unique<FakeRegistry>();
    HttpSettings settings;
    settings.retry.firstDelay = std::chrono::milliseconds(1);
    m_session = std::make_unique<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s, settings);
    m_folder = std::make_unique<QTemporaryDir>();
    TestImages::addImage(*m_registry, u"team/app"_s, u"old"_s, {.layers = {"old"}});
    const Digest latest = TestImages::addImage(*m_registry, u"team/app"_s, u"latest"_s);
    m_registry->setTag(u"team/app"_s, u"1.0"_s, latest);
}

DeletionPlan TestDeleteTagsJob::planFor(const QStringList &tags)
{
    QList<Tag> chosen;
    for (const QString &name : tags)
        chosen.append(*Tag::parse(name));
    const auto snapshot = outcomeOf(new TakeSnapshotJob(*m_session, m_repository));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    m_registry->forgetRequests();
    return planDeletion(*snapshot, chosen);
}

Result<DeletionReport> TestDeleteTagsJob::run(const DeletionPlan &plan)
{
    return outcomeOf(new DeleteTagsJob(*m_session, plan, backupFolder()));
}

void TestDeleteTagsJob::deletesWhatWasPlannedAndNothingElse()
{
    const auto report = run(planFor({u"old"_s}));
    QVERIFY(report);
    QVERIFY(report->isComplete());
    QCOMPARE(m_registry->tags(u"team/app"_s), QStringList({u"1.0"_s, u"latest"_s}));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
}

void TestDeleteTagsJob::writesTheBackupBeforeTheFirstChange()
{
    const DeletionPlan plan = planFor({u"old"_s});
    const Digest digest = plan.groups.first().manifest.digest;
    QByteArray savedBeforehand;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE") {
            QFile file(backupFolder() + "/blobs/sha256/"_L1 + digest.encoded());
            savedBeforehand = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }
        return false;
    });
    const auto report = run(plan);
    QVERIFY(report);
    QVERIFY(digest.matches(savedBeforehand));
    QFile record(backupFolder() + "/longshore-backup.json"_L1);
    QVERIFY(record.open(QIODevice::ReadOnly));
    const QJsonObject tags =
        QJsonDocument::fromJson(record.readAll()).object().value("tags"_L1).toObject();
    QCOMPARE(tags.keys(), QStringList({u"1.0"_s, u"latest"_s, u"old"_s}));
}

void TestDeleteTagsJob::savesTheChildrenOfAnIndex()
{
    TestImages::addIndex(*m_registry, u"team/app"_s, u"multi"_s);
    const auto report = run(planFor({u"multi"_s}));
    QVERIFY(report);
    const QDir blobs(backupFolder() + "/blobs/sha256"_L1);
    // The index, three manifests and their three configurations.
    QCOMPARE(blobs.entryList(QDir::Files).size(), qsizetype(7));
}

void TestDeleteTagsJob::changesNothingWithoutABackup_data()
{
    QTest::addColumn<QString>("fault");
    QTest::newRow("DEL-30 the folder cannot be made") << u"folder"_s;
    QTest::newRow("DEL-31 the manifest does not match") << u"content"_s;
}

void TestDeleteTagsJob::changesNothingWithoutABackup()
{
    QFETCH(QString, fault);
    const DeletionPlan plan = planFor({u"old"_s});
    if (fault == "folder"_L1) {
        QFile file(backupFolder()); // A file where the folder should be.
        QVERIFY(file.open(QIODevice::WriteOnly));
    } else {
        m_registry->failNext("GET", u"/manifests/"_s, {200, R"({"schemaVersion":2})"});
    }
    const auto report = run(plan);
    QVERIFY(!report);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
    QVERIFY(m_registry->tags(u"team/app"_s).contains(u"old"_s));
}

void TestDeleteTagsJob::skipsATagThatHasMoved()
{
    const DeletionPlan plan = planFor({u"old"_s});
    TestImages::addImage(*m_registry, u"team/app"_s, u"old"_s, {.layers = {"pushed meanwhile"}});
    const auto report = run(plan);
    QVERIFY(report);
    QCOMPARE(report->outcomes.first().state, DeletionOutcome::State::Skipped);
    QCOMPARE(report->outcomes.first().error->kind, Error::Kind::Changed);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestDeleteTagsJob::skipsWhenANewTagPointsToTheSameImage()
{
    const DeletionPlan plan = planFor({u"old"_s});
    m_registry->setTag(u"team/app"_s, u"rescued"_s, plan.groups.first().manifest.digest);
    const auto report = run(plan);
    QVERIFY(report);
    QCOMPARE(report->outcomes.first().state, DeletionOutcome::State::Skipped);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestDeleteTagsJob::saysThatDeletionIsTurnedOff()
{
    m_registry->behaviour.canDelete = false;
    const auto report = run(planFor({u"old"_s}));
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Unsupported);
    QVERIFY(report.error().message.contains(u"turned off"_s));
    QVERIFY(m_registry->tags(u"team/app"_s).contains(u"old"_s));
}

void TestDeleteTagsJob::reportsAnImageThatIsStillThere()
{
    const DeletionPlan plan = planFor({u"old"_s});
    m_registry->failNext("DELETE", u"/manifests/"_s, {202});
    const auto report = run(plan);
    QVERIFY(report);
    QCOMPARE(report->outcomes.first().state, DeletionOutcome::State::Unverified);
}

void TestDeleteTagsJob::settlesADeletionWhoseAnswerWasLost()
{
    const DeletionPlan plan = planFor({u"old"_s});
    const Digest digest = plan.groups.first().manifest.digest;
    // Carried out, but the answer never arrives; Qt sends such a request twice.
    m_registry->intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "DELETE")
            return false;
        m_registry->removeTag(u"team/app"_s, u"old"_s);
        m_registry->failNext("HEAD", digest.toString(), {404}, 10);
        m_registry->failNext("GET", digest.toString(), {404}, 10);
        connection.reset();
        return true;
    });
    const auto report = run(plan);
    QVERIFY(report);
    QCOMPARE(report->outcomes.first().state, DeletionOutcome::State::Deleted);
}

void TestDeleteTagsJob::stopsWhenTheRightIsMissing()
{
    const DeletionPlan plan = planFor({u"old"_s, u"latest"_s, u"1.0"_s});
    m_registry->failNext("DELETE", u"/manifests/"_s, {403}, 10);
    const auto report = run(plan);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Forbidden);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
}

void TestDeleteTagsJob::asksWithTheWholeAcceptList()
{
    const DeletionPlan plan = planFor({u"old"_s});
    QVERIFY(run(plan));
    int looked = 0;
    for (const TestRequest &request : m_registry->requests()) {
        if (request.method != "HEAD")
            continue;
        ++looked;
        QCOMPARE(request.header("accept"), MediaType::manifestAccept());
    }
    QVERIFY(looked > 0);
}

void TestDeleteTagsJob::refusesAnIncompleteSnapshot()
{
    DeletionPlan plan = planFor({u"old"_s});
    plan.incomplete = Error{Error::Kind::Network, u"a page is missing"_s};
    const auto report = run(plan);
    QVERIFY(!report);
    QVERIFY(m_registry->requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestDeleteTagsJob)
#include "tst_deletetagsjob.moc"
