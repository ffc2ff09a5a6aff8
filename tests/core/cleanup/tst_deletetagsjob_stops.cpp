// SPDX-License-Identifier: Apache-2.0
#include "support/doomedimages.h"
#include "support/heldrequests.h"

#include <QPointer>

#include <algorithm>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// When a deletion of many images goes on, when it stops, and what it then says.
class TestDeleteTagsJobStops : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesOnAfterOneThatIsGoneAlready();
    void goesOnWithAFreshTokenWhenTheOldOneExpired();
    void endsWhereEveryFurtherOneWouldBeRefused_data();
    void endsWhereEveryFurtherOneWouldBeRefused();
    void skipsWhatTheServerProtects();
    void endsAfterFiveFailuresInARow();
    void goesOnWhenAFailureWasAnExceptionEveryTime();
    void doesNotCallItAFailureWhenSomethingMayHaveGone();
    void saysThatNobodyKnowsWhenTheServerStaysSilent();
    void failsWhatIsStillThereAfterALostAnswer();
    void deletesNothingMoreOnceCancelled();
    void stopsAtOnceWhileItLooksAgain();
    void countsImages();

private:
    [[nodiscard]] DeletionPlan plan() { return m_images->plan(); }
    [[nodiscard]] DeleteTagsJob *job(const DeletionPlan &plan) { return m_images->job(plan); }
    [[nodiscard]] Result<DeletionReport> run() { return outcomeOf<DeletionReport>(job(plan())); }
    [[nodiscard]] FakeRegistry &registry() { return m_images->registry(); }
    /// Answers the deletions with these numbers like this, counted from 1.
    void answerDeletions(const QList<int> &numbers, const TestAnswer &answer);

    std::unique_ptr<DoomedImages> m_images;
};

void TestDeleteTagsJobStops::init()
{
    m_images = std::make_unique<DoomedImages>(QStringList{u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s,
                                                          u"5"_s, u"6"_s, u"7"_s, u"8"_s, u"9"_s});
}

void TestDeleteTagsJobStops::answerDeletions(const QList<int> &numbers, const TestAnswer &answer)
{
    registry().intercept([=, count = std::make_shared<int>(0)](const TestRequest &request,
                                                               const TestConnection &connection) {
        if (request.method != "DELETE" || !numbers.contains(++*count))
            return false;
        connection.answer(answer);
        return true;
    });
}

void TestDeleteTagsJobStops::goesOnAfterOneThatIsGoneAlready()
{
    const DeletionPlan whole = plan();
    const Digest third = whole.groups.at(2).manifest.digest;
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "DELETE" || !request.path().contains(third.toString()))
            return false;
        registry().answerNormally(request, TestConnection(nullptr)); // DEL-21: by somebody else.
        connection.answer({404});
        return true;
    });
    const auto report = outcomeOf<DeletionReport>(job(whole));
    QVERIFY(report);
    QVERIFY(report->isComplete());
}

void TestDeleteTagsJobStops::goesOnWithAFreshTokenWhenTheOldOneExpired()
{
    registry().behaviour.signIn = FakeRegistry::SignIn::Bearer; // DEL-19
    // One token for everything, as else the fake takes only the last, and none is for reading as well.
    registry().behaviour.readyToken = "good";
    registry().intercept([](const TestRequest &request, const TestConnection &connection) {
        if (request.path() == "/token"_L1)
            connection.answer({200, R"({"token":"good"})"});
        return request.path() == "/token"_L1;
    });
    const DeletionPlan whole = plan();
    answerDeletions({4}, {401,
                          {},
                          {{"WWW-Authenticate",
                            R"(Bearer realm=")" + registry().url(u"/token"_s).toEncoded()
                                + R"(",service="fake registry",scope="repository:a:delete")"}}});
    const auto report = outcomeOf<DeletionReport>(job(whole));
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QCOMPARE(registry().tags(u"a"_s), QStringList());
}

void TestDeleteTagsJobStops::endsWhereEveryFurtherOneWouldBeRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("DEL-20 401") << 401;
    QTest::newRow("DEL-20 403") << 403;
    QTest::newRow("DEL-20 405") << 405;
}

void TestDeleteTagsJobStops::endsWhereEveryFurtherOneWouldBeRefused()
{
    QFETCH(const int, status);
    answerDeletions({4, 5, 6, 7, 8, 9, 10, 11, 12}, {status});
    const auto report = run();
    QVERIFY(report);
    QCOMPARE(report->count(State::Deleted), qsizetype(3));
    QCOMPARE(report->count(State::Failed), qsizetype(2)); // That were under way together.
    QCOMPARE(report->count(State::NotTried), qsizetype(5));
    for (const DeletionOutcome &outcome : report->outcomes)
        QVERIFY(outcome.state != State::Failed || outcome.error->httpStatus == status);
    QCOMPARE(registry().tags(u"a"_s).size(), qsizetype(7));
}

void TestDeleteTagsJobStops::skipsWhatTheServerProtects()
{
    answerDeletions({1, 2, 3, 4, 5, 6}, {409, R"({"errors":[{"code":"TAG_IMMUTABLE"}]})"});
    const auto report = run();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(DoomedImages::states(report).count(State::Skipped), qsizetype(6));
    QCOMPARE(DoomedImages::states(report).count(State::Deleted), qsizetype(4));
    QVERIFY(report->outcomes.first().error->message.contains(u"Protected by the server"_s));
}

void TestDeleteTagsJobStops::endsAfterFiveFailuresInARow()
{
    answerDeletions({2, 3, 4, 5, 6, 7, 8, 9, 10}, {500}); // DEL-23
    const auto report = run();
    QVERIFY(report);
    QCOMPARE(report->count(State::Deleted), qsizetype(1));
    QCOMPARE(report->count(State::Failed), qsizetype(5));
    QCOMPARE(report->count(State::NotTried), qsizetype(4));
    QCOMPARE(registry().count("DELETE"), qsizetype(10)); // Four of them together, and once more.
}

void TestDeleteTagsJobStops::goesOnWhenAFailureWasAnExceptionEveryTime()
{
    answerDeletions({1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13}, {500}); // 6 to 9 in company.
    const auto report = run();
    QVERIFY(report);
    QCOMPARE(report->count(State::Failed), qsizetype(8));
    QCOMPARE(report->count(State::Deleted), qsizetype(2));
}

void TestDeleteTagsJobStops::doesNotCallItAFailureWhenSomethingMayHaveGone()
{
    answerDeletions({1}, {202}); // Accepted, and still visible: it may go later.
    answerDeletions({2}, {403});
    const auto report = run();
    QVERIFY(report);
    QCOMPARE(DoomedImages::states(report).mid(0, 3),
             (QList<State>{State::Unverified, State::Failed, State::NotTried}));
}

void TestDeleteTagsJobStops::saysThatNobodyKnowsWhenTheServerStaysSilent()
{
    // DEL-14, DEL-17: carried out or not, and neither can be found out.
    const DeletionPlan whole = plan();
    const QString first = whole.groups.first().manifest.digest.toString();
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        const bool isLost =
            request.path().contains(first)
            && (request.method == "DELETE" || registry().count("DELETE", first) > 0);
        if (isLost)
            connection.reset();
        return isLost;
    });
    const auto report = outcomeOf<DeletionReport>(job(whole));
    QVERIFY(report);
    QCOMPARE(report->outcomes.first().state, State::Unverified);
    QCOMPARE(report->outcomes.first().error->kind, Error::Kind::Ambiguous);
    QCOMPARE(report->count(State::Deleted), qsizetype(9));
}

void TestDeleteTagsJobStops::failsWhatIsStillThereAfterALostAnswer()
{
    const DeletionPlan whole = plan();
    const QString first = whole.groups.first().manifest.digest.toString();
    registry().intercept([first](const TestRequest &request, const TestConnection &connection) {
        const bool isLost = request.method == "DELETE" && request.path().contains(first);
        if (isLost)
            connection.reset();
        return isLost;
    });
    const auto report = outcomeOf<DeletionReport>(job(whole));
    QVERIFY(report);
    QCOMPARE(report->outcomes.first().state, State::Failed);
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"0"_s});
}

void TestDeleteTagsJobStops::deletesNothingMoreOnceCancelled()
{
    HeldRequests held(registry(), "DELETE", u"/manifests/"_s);
    DeleteTagsJob *deletion = job(plan());
    std::optional<Result<DeletionReport>> outcome;
    deletion->then(this, [&](const auto &result) { outcome = result; });
    deletion->start();
    QTRY_COMPARE(held.count(), qsizetype(1));
    deletion->cancel();
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->error().isCancelled());
    const qsizetype asked = registry().requests().size();
    held.release();
    QVERIFY(outcomeOf(m_images->session().ping())); // Whatever was on its way has come by then.
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    QCOMPARE(registry().requests().size(), asked + 1);
}

void TestDeleteTagsJobStops::stopsAtOnceWhileItLooksAgain()
{
    const QPointer<DeleteTagsJob> deletion = job(plan());
    registry().intercept([=](const TestRequest &request, const TestConnection &) {
        if (request.method == "HEAD" && deletion)
            deletion->stop();
        return request.method == "HEAD"; // Never answered.
    });
    const auto report = outcomeOf<DeletionReport>(deletion.get());
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Cancelled);
    QCOMPARE(registry().count("DELETE"), 0);
}

void TestDeleteTagsJobStops::countsImages()
{
    DeleteTagsJob *deletion = job(plan());
    QList<std::pair<qint64, qint64>> seen;
    connect(deletion, &Job::progressChanged, this, [&](qint64 done, qint64 total) {
        seen.append({done, total});
    });
    answerDeletions({2}, {403});
    QVERIFY(outcomeOf<DeletionReport>(deletion));
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end()); // It does not go back.
    QCOMPARE(seen, (QList<std::pair<qint64, qint64>>{{0, 10}, {1, 10}, {10, 10}}));
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobStops)
#include "tst_deletetagsjob_stops.moc"
