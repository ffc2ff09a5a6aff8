// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/planrestorejob.h"
#include "core/cleanup/restorejob.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/testbackup.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = RestoreOutcome::State;

/// Restores that are refused, whose answers get lost, or that somebody else gets in the way of.
class TestRestoreJobFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void believesTheRegistryAndNotItsAnswer_data();
    void believesTheRegistryAndNotItsAnswer();
    void failsWhatWasNotStored_data();
    void failsWhatWasNotStored();
    void failsWhatComesBackAsSomethingElse();
    void sendsAManifestThatTheRegistryOnlyBelievesToHave();
    void leavesAnIndexOutWhoseEntryIsRefused();
    void leavesAnImageOutWhoseBlobIsRefused();
    void leavesATagAloneThatWasPushedMeanwhile();
    void endsWhereEverythingWouldBeRefused_data();
    void endsWhereEverythingWouldBeRefused();
    void saysWhatIsDoneWhenTheRightIsLost();
    void putsNothingMoreOnceCancelled();
    void saysThatAReferrerIsNotListed();

private:
    [[nodiscard]] RestorePlan plan();
    [[nodiscard]] RestoreJob *job(const RestorePlan &plan)
    {
        QList<qsizetype> all(plan.items.size());
        std::iota(all.begin(), all.end(), qsizetype(0));
        return new RestoreJob(m_connection->session, plan, {all});
    }
    [[nodiscard]] Result<RestoreReport> restore() { return outcomeOf<RestoreReport>(job(plan())); }
    [[nodiscard]] static QList<State> states(const RestoreReport &report);
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<Backup> m_backup;
    std::optional<Digest> m_one; ///< "1".
};

void TestRestoreJobFaults::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    m_one = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"one"}});
    TestImages::addImage(registry(), u"a"_s, u"2"_s, {.layers = {"two"}});
    TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    m_backup = deleteTags(m_connection->session, u"a"_s, {u"1"_s, u"2"_s, u"multi"_s},
                          m_home->filePath(u"backup"_s));
    for (const Manifest &manifest : m_backup->manifests) {
        if (registry().hasManifest(u"a"_s, manifest.digest))
            QVERIFY(outcomeOf(
                m_connection->session.deleteManifest(m_backup->repository, manifest.digest)));
    }
}

RestorePlan TestRestoreJobFaults::plan()
{
    const auto plan =
        outcomeOf(new PlanRestoreJob(m_connection->session, *m_backup, {m_backup->repository, {}}));
    if (!plan)
        qFatal("no plan: %s", qPrintable(plan.error().message));
    registry().forgetRequests();
    return *plan;
}

QList<State> TestRestoreJobFaults::states(const RestoreReport &report)
{
    QList<State> states;
    for (const RestoreOutcome &outcome : report.outcomes)
        states.append(outcome.state);
    return states;
}

void TestRestoreJobFaults::believesTheRegistryAndNotItsAnswer_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status"); // 0 for an answer that gets lost.
    for (const int status : {0, 400, 413, 500}) {
        QTest::addRow("DEL-35 a tag, %d", status) << u"/manifests/1"_s << status;
        QTest::addRow("DEL-35 an entry, %d", status) << u"/manifests/sha256:"_s << status;
    }
}

void TestRestoreJobFaults::believesTheRegistryAndNotItsAnswer()
{
    QFETCH(const QString, path);
    QFETCH(const int, status);
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PUT" || !request.path().contains(path))
            return false;
        // Stored all the same.
        const auto bytes = parseManifest(request.body, {});
        const QString name = request.path().section(u'/', -1);
        registry().addManifest(u"a"_s, Digest::parse(name) ? QString() : name, request.body,
                               bytes->mediaType);
        if (status == 0)
            connection.reset();
        else
            connection.answer({status, {}});
        return true;
    });
    const auto report = restore();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(states(*report), QList<State>(3, State::Restored));
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"1"_s, u"2"_s, u"multi"_s}));
}

void TestRestoreJobFaults::failsWhatWasNotStored_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("DEL-35 400") << registryRefusal(400, "MANIFEST_INVALID", "no")
                                << Error::Kind::Protocol;
    QTest::newRow("DEL-35 413") << TestAnswer{413, {}} << Error::Kind::TooLarge;
    QTest::newRow("a success that is none") << TestAnswer{201, {}} << Error::Kind::NotFound;
}

void TestRestoreJobFaults::failsWhatWasNotStored()
{
    QFETCH(const TestAnswer, answer);
    QFETCH(const Error::Kind, kind);
    TestAnswer known = answer;
    if (answer.status == 201)
        known.headers.emplaceBack("Docker-Content-Digest", m_one->toString().toLatin1());
    registry().failNext("PUT", u"/manifests/1"_s, known);
    const auto report = restore();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(states(*report), (QList<State>{State::Failed, State::Restored, State::Restored}));
    QVERIFY(report->outcomes.first().error);
    QCOMPARE(report->outcomes.first().error->kind, kind);
}

void TestRestoreJobFaults::failsWhatComesBackAsSomethingElse()
{
    const QByteArray other = TestImages::image(registry(), u"a"_s, {.layers = {"other"}});
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        const bool isMeant = request.method == "GET" && request.path().endsWith("/manifests/1"_L1)
                             && registry().count("PUT", u"/manifests/1"_s) > 0;
        if (isMeant)
            connection.answer(
                {200, other, {{"Content-Type", "application/vnd.oci.image.manifest.v1+json"}}});
        return isMeant;
    });
    const auto report = restore();
    QVERIFY(report);
    QCOMPARE(report->outcomes.first().state, State::Failed);
    QCOMPARE(report->outcomes.first().error->kind, Error::Kind::Changed);
}

void TestRestoreJobFaults::sendsAManifestThatTheRegistryOnlyBelievesToHave()
{
    // As distribution does: it takes a manifest that its cache knows, and stores nothing.
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        const auto named = Digest::parse(request.path().section(u'/', -1));
        const bool isPart = named && m_backup->manifests.contains(*named);
        const bool isItem = request.path().endsWith("/manifests/1"_L1);
        const Digest digest = isPart ? *named : *m_one;
        const bool isLost = request.path().contains(u"/manifests/"_s) && request.method == "GET"
                            && (isPart || isItem) && registry().blobBytes(u"a"_s, digest).isEmpty();
        if (isLost)
            connection.answer({404, {}});
        return isLost;
    });
    const auto report = restore();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(states(*report), QList<State>(3, State::Restored));
    QCOMPARE(registry().blobBytes(u"a"_s, *m_one), registry().manifestBytes(u"a"_s, *m_one));
}

void TestRestoreJobFaults::leavesAnIndexOutWhoseEntryIsRefused()
{
    registry().failNext("PUT", u"/manifests/sha256:"_s,
                        registryRefusal(400, "MANIFEST_INVALID", "no"));
    const auto report = restore();
    QVERIFY(report);
    QCOMPARE(states(*report), (QList<State>{State::Restored, State::Restored, State::Failed}));
    QCOMPARE(registry().count("PUT", u"/manifests/multi"_s), qsizetype(0));
}

void TestRestoreJobFaults::leavesAnImageOutWhoseBlobIsRefused()
{
    const Digest config = m_backup->manifests.find(*m_one)->image()->config.digest;
    QVERIFY(outcomeOf(m_connection->session.deleteBlob(m_backup->repository, config)));
    const RestorePlan planned = plan();
    registry().failNext("POST", u"/uploads/"_s, registryRefusal(400, "UNSUPPORTED", "no"), 9);
    const auto report = outcomeOf<RestoreReport>(job(planned));
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->outcomes.first().state, State::Failed);
    QCOMPARE(registry().count("PUT", u"/manifests/1"_s), qsizetype(0));
    QCOMPARE(report->count(State::Restored), qsizetype(2));
}

void TestRestoreJobFaults::leavesATagAloneThatWasPushedMeanwhile()
{
    const RestorePlan planned = plan();
    const Digest pushed = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"new"}});
    const auto report = outcomeOf<RestoreReport>(job(planned));
    QVERIFY(report);
    QCOMPARE(states(*report), (QList<State>{State::Conflict, State::Restored, State::Restored}));
    QCOMPARE(report->outcomes.first().error->kind, Error::Kind::Changed);
    QVERIFY(registry().hasManifest(u"a"_s, pushed));
    QCOMPARE(registry().count("PUT", u"/manifests/1"_s), qsizetype(0));
}

void TestRestoreJobFaults::endsWhereEverythingWouldBeRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("403") << 403 << Error::Kind::Forbidden;
    QTest::newRow("405") << 405 << Error::Kind::Unsupported;
}

void TestRestoreJobFaults::endsWhereEverythingWouldBeRefused()
{
    QFETCH(const int, status);
    QFETCH(const Error::Kind, kind);
    registry().failNext("PUT", u"/manifests/"_s, {status, {}}, 99);
    const auto report = restore();
    QVERIFY(!report);
    QCOMPARE(report.error().kind, kind);
    QCOMPARE(registry().count("PUT"), qsizetype(1));
}

void TestRestoreJobFaults::saysWhatIsDoneWhenTheRightIsLost()
{
    registry().failNext("PUT", u"/manifests/2"_s, {403, {}}, 99);
    const auto report = restore();
    QVERIFY(report);
    QCOMPARE(states(*report), (QList<State>{State::Restored, State::Failed, State::NotTried}));
    QVERIFY(!report->isComplete());
}

void TestRestoreJobFaults::putsNothingMoreOnceCancelled()
{
    const RestorePlan planned = plan();
    HeldRequests held(registry(), "PUT", u"/manifests/1"_s);
    RestoreJob *running = job(planned);
    std::optional<Result<RestoreReport>> outcome;
    running->then(this, [&](const auto &result) { outcome = result; });
    running->start();
    QTRY_COMPARE(held.count(), qsizetype(1));
    running->cancel();
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->error().isCancelled());
    held.release();
    QCOMPARE(registry().count("PUT"), qsizetype(1));
}

void TestRestoreJobFaults::saysThatAReferrerIsNotListed()
{
    const Descriptor config = registry().addBlob(u"b"_s, "{}");
    registry().addManifest(
        u"b"_s, u"signature"_s,
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
        R"("config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":")"
            + config.digest.toString().toLatin1()
            + R"(","size":2},"layers":[],"subject":{"mediaType":)"
              R"("application/vnd.oci.image.manifest.v1+json","digest":")"
            + m_one->toString().toLatin1() + R"(","size":7}})",
        MediaType::ociManifest());
    m_backup =
        deleteTags(m_connection->session, u"b"_s, {u"signature"_s}, m_home->filePath(u"b"_s));
    registry().failNext("PUT", u"/manifests/sha256-"_s, {403, {}}, 9);
    const auto report = restore();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QVERIFY(report->outcomes.first().listError);
}

QTEST_GUILESS_MAIN(TestRestoreJobFaults)
#include "tst_restorejob_faults.moc"
