// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/planrestorejob.h"
#include "core/cleanup/restorejob.h"
#include "support/fakeconnection.h"
#include "support/testbackup.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = RestoreOutcome::State;

/// What comes back, what does not, and in which order.
class TestRestoreJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsBackEveryByte();
    void bringsBackOnlyWhatIsWanted();
    void putsEntriesBeforeTheirIndex();
    void putsWhatRefersToOthersAfterThem();
    void putsNothingOfWhatIsLost_data();
    void putsNothingOfWhatIsLost();
    void sendsWhatOnlyTheBackupHas_data();
    void sendsWhatOnlyTheBackupHas();
    void doesNothingWhereNothingIsMissing();
    void bringsBackAManifestWithoutATag();
    void countsItems();

private:
    [[nodiscard]] RestorePlan plan();
    [[nodiscard]] Result<RestoreReport> restore(const RestorePlan &plan,
                                                const RestoreChoice &choice);
    [[nodiscard]] Result<RestoreReport> restoreAll()
    {
        const RestorePlan all = plan();
        return restore(all, {everythingOf(all)});
    }
    void remove(const QStringList &tags)
    {
        m_backup = deleteTags(m_connection->session, u"a"_s, tags, m_home->filePath(u"backup"_s));
    }
    void removeBlob(const Digest &digest);
    [[nodiscard]] static QList<qsizetype> everythingOf(const RestorePlan &plan);
    [[nodiscard]] static QList<State> states(const RestoreReport &report);
    [[nodiscard]] QStringList putPaths();
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<Backup> m_backup;
    std::optional<Digest> m_one; ///< "1" and "1.0".
    std::optional<Digest> m_index; ///< "multi".
};

void TestRestoreJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    m_one = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"one"}});
    registry().setTag(u"a"_s, u"1.0"_s, *m_one);
    m_index = TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
}

RestorePlan TestRestoreJob::plan()
{
    const auto plan =
        outcomeOf(new PlanRestoreJob(m_connection->session, *m_backup, {m_backup->repository, {}}));
    if (!plan)
        qFatal("no plan: %s", qPrintable(plan.error().message));
    registry().forgetRequests();
    return *plan;
}

Result<RestoreReport> TestRestoreJob::restore(const RestorePlan &plan, const RestoreChoice &choice)
{
    return outcomeOf(new RestoreJob(m_connection->session, plan, choice));
}

void TestRestoreJob::removeBlob(const Digest &digest)
{
    QVERIFY(outcomeOf(m_connection->session.deleteBlob(*RepositoryName::parse(u"a"), digest)));
}

QList<qsizetype> TestRestoreJob::everythingOf(const RestorePlan &plan)
{
    QList<qsizetype> all(plan.items.size());
    std::iota(all.begin(), all.end(), qsizetype(0));
    return all;
}

QList<State> TestRestoreJob::states(const RestoreReport &report)
{
    QList<State> states;
    for (const RestoreOutcome &outcome : report.outcomes)
        states.append(outcome.state);
    return states;
}

QStringList TestRestoreJob::putPaths()
{
    QStringList paths;
    for (const TestRequest &request : registry().requests()) {
        if (request.method == "PUT")
            paths.append(request.path().section(u'/', -1));
    }
    return paths;
}

void TestRestoreJob::bringsBackEveryByte()
{
    const QByteArray one = registry().manifestBytes(u"a"_s, *m_one); // DEL-32
    const QByteArray index = registry().manifestBytes(u"a"_s, *m_index);
    remove({u"1"_s, u"multi"_s});
    QVERIFY(registry().tags(u"a"_s).isEmpty());
    const auto report = restoreAll();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QCOMPARE(report->count(State::Restored), qsizetype(3));
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"1"_s, u"1.0"_s, u"multi"_s}));
    QCOMPARE(registry().manifestBytes(u"a"_s, *m_one), one);
    QCOMPARE(registry().manifestBytes(u"a"_s, *m_index), index);
    QVERIFY(report->replacedBackup.isEmpty());
}

void TestRestoreJob::bringsBackOnlyWhatIsWanted()
{
    remove({u"1"_s, u"multi"_s});
    const auto report = restore(plan(), {{1}});
    QVERIFY(report);
    QCOMPARE(states(*report), QList<State>{State::Restored});
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"1.0"_s});
}

void TestRestoreJob::putsEntriesBeforeTheirIndex()
{
    remove({u"multi"_s});
    const QList<Descriptor> entries = m_backup->manifests.find(*m_index)->index()->manifests;
    for (const Descriptor &entry : entries)
        QVERIFY(
            outcomeOf(m_connection->session.deleteManifest(m_backup->repository, entry.digest)));
    const auto report = restoreAll();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QStringList expected;
    for (const Descriptor &entry : entries)
        expected.append(entry.digest.toString());
    QCOMPARE(putPaths(), expected + QStringList{u"multi"_s});
}

void TestRestoreJob::putsWhatRefersToOthersAfterThem()
{
    const Descriptor config = registry().addBlob(u"a"_s, "{}");
    const QByteArray signature =
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
        R"("config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":")"
        + config.digest.toString().toLatin1() + R"(","size":2},"layers":[],"subject":{)"
        + R"("mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")"
        + m_one->toString().toLatin1() + R"(","size":7}})";
    registry().behaviour.listsReferrers = true;
    registry().addManifest(u"a"_s, u"0-signature"_s, signature, MediaType::ociManifest());
    remove({u"0-signature"_s, u"1"_s});
    const auto report = restoreAll();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QCOMPARE(putPaths(), (QStringList{u"1"_s, u"1.0"_s, u"0-signature"_s}));
}

void TestRestoreJob::putsNothingOfWhatIsLost_data()
{
    QTest::addColumn<bool>("isOfIndex");
    QTest::newRow("an image") << false;
    QTest::newRow("an entry of an index") << true;
}

void TestRestoreJob::putsNothingOfWhatIsLost()
{
    QFETCH(const bool, isOfIndex); // DEL-33
    remove({u"1"_s, u"multi"_s});
    const QList<Descriptor> entries = m_backup->manifests.find(*m_index)->index()->manifests;
    for (const Descriptor &entry : entries)
        QVERIFY(
            outcomeOf(m_connection->session.deleteManifest(m_backup->repository, entry.digest)));
    const Digest about = isOfIndex ? entries.constLast().digest : *m_one;
    removeBlob(m_backup->manifests.find(about)->image()->layers.first().digest);
    const auto report = restoreAll();
    QVERIFY(report);
    const QStringList put = putPaths();
    if (isOfIndex) {
        QCOMPARE(states(*report), (QList<State>{State::Restored, State::Restored, State::Lost}));
        QCOMPARE(put, (QStringList{u"1"_s, u"1.0"_s}));
    } else {
        QCOMPARE(states(*report), (QList<State>{State::Lost, State::Lost, State::Restored}));
        QVERIFY(!put.contains(u"1"_s) && !put.contains(m_one->toString()));
    }
}

void TestRestoreJob::sendsWhatOnlyTheBackupHas_data()
{
    QTest::addColumn<bool>("knowsHead");
    QTest::newRow("and the registry knows") << true;
    QTest::newRow("though the registry believes that it has it") << false;
}

void TestRestoreJob::sendsWhatOnlyTheBackupHas()
{
    QFETCH(const bool, knowsHead);
    remove({u"1"_s});
    const Descriptor config = m_backup->manifests.find(*m_one)->image()->config;
    const QByteArray bytes = registry().blobBytes(u"a"_s, config.digest);
    removeBlob(config.digest);
    if (!knowsHead)
        registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
            const bool isMeant =
                request.method == "HEAD" && request.path().endsWith(config.digest.toString());
            if (isMeant)
                connection.answer({200, bytes, {}, true});
            return isMeant;
        });
    const auto report = restoreAll();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QCOMPARE(registry().blobBytes(u"a"_s, config.digest), bytes);
    QCOMPARE(registry().count("POST"), qsizetype(1)); // Once, for both tags.
}

void TestRestoreJob::doesNothingWhereNothingIsMissing()
{
    remove({u"1"_s, u"multi"_s});
    QVERIFY(restoreAll());
    const auto again = restoreAll();
    QVERIFY(again);
    QVERIFY(again->isComplete());
    QCOMPARE(again->count(State::AlreadyThere), qsizetype(3));
    QVERIFY(putPaths().isEmpty());
}

void TestRestoreJob::bringsBackAManifestWithoutATag()
{
    registry().removeTag(u"a"_s, u"1"_s);
    registry().removeTag(u"a"_s, u"1.0"_s);
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"a")));
    QVERIFY(snapshot);
    const Descriptor manifest{MediaType::ociManifest(), *m_one,
                              registry().manifestBytes(u"a"_s, *m_one).size()};
    const QString folder = m_home->filePath(u"untagged"_s);
    QVERIFY(outcomeOf(new DeleteTagsJob(m_connection->session,
                                        planManifestDeletion(*snapshot, manifest), folder)));
    QVERIFY(!registry().hasManifest(u"a"_s, *m_one));
    const CancelFlag never = false;
    const auto backup = readBackup(folder, never);
    QVERIFY(backup);
    m_backup = *backup;
    const auto report = restoreAll();
    QVERIFY(report);
    QVERIFY(report->isComplete());
    QVERIFY(registry().hasManifest(u"a"_s, *m_one));
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"multi"_s});
}

void TestRestoreJob::countsItems()
{
    remove({u"1"_s, u"multi"_s});
    const RestorePlan all = plan();
    auto *job = new RestoreJob(m_connection->session, all, {everythingOf(all)});
    QList<std::pair<qint64, qint64>> steps;
    connect(job, &Job::progressChanged, this,
            [&](qint64 done, qint64 total) { steps.emplaceBack(done, total); });
    QVERIFY(outcomeOf<RestoreReport>(job));
    QCOMPARE(steps, (QList<std::pair<qint64, qint64>>{{0, 3}, {1, 3}, {2, 3}, {3, 3}}));
}

QTEST_GUILESS_MAIN(TestRestoreJob)
#include "tst_restorejob.moc"
