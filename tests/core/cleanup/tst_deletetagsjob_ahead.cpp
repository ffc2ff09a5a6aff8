// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// The look at the next image, while it is asked whether the last one is gone.
class TestDeleteTagsJobAhead : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void waitsForTheCheckOfTheLastOne();
    void believesALookThatFailed();
    void looksAnewBehindOneThatStays();

private:
    /// Of "1", "2" and "3", an image each.
    [[nodiscard]] DeletionPlan plan();
    [[nodiscard]] DeleteTagsJob *job(const DeletionPlan &plan)
    {
        return new DeleteTagsJob(m_connection->session, plan, m_backup->filePath(u"b"_s));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    /// Calls \a change when the first DELETE comes.
    void onDeletion(const std::function<void()> &change);

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_backup;
};

void TestDeleteTagsJobAhead::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_backup = std::make_unique<QTemporaryDir>();
    for (const QString &tag : {u"1"_s, u"2"_s, u"3"_s})
        TestImages::addImage(registry(), u"a"_s, tag, {.layers = {tag.toUtf8()}});
}

DeletionPlan TestDeleteTagsJobAhead::plan()
{
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"a")));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    registry().forgetRequests();
    return planDeletion(*snapshot, {*Tag::parse(u"1"), *Tag::parse(u"2"), *Tag::parse(u"3")});
}

void TestDeleteTagsJobAhead::onDeletion(const std::function<void()> &change)
{
    registry().intercept([=, isDone = std::make_shared<bool>(false)](const TestRequest &request,
                                                                     const TestConnection &) {
        if (request.method == "DELETE" && !std::exchange(*isDone, true))
            change();
        return false;
    });
}

void TestDeleteTagsJobAhead::waitsForTheCheckOfTheLastOne()
{
    const DeletionPlan whole = plan();
    HeldRequests held(registry(), "HEAD", whole.groups.first().manifest.digest.toString());
    DeleteTagsJob *deletion = job(whole);
    std::optional<Result<DeletionReport>> report;
    deletion->then(this, [&](const auto &result) { report = result; });
    deletion->start();
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 20'000);
    // The look at the second goes on meanwhile; its deletion does not.
    QTRY_COMPARE_WITH_TIMEOUT(registry().count("HEAD", u"/manifests/2"_s), qsizetype(2), 20'000);
    QVERIFY(outcomeOf(m_connection->session.ping()));
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    held.release();
    QTRY_VERIFY_WITH_TIMEOUT(report, 20'000);
    QVERIFY(*report && (*report)->isComplete());
}

void TestDeleteTagsJobAhead::believesALookThatFailed()
{
    const DeletionPlan whole = plan();
    onDeletion(
        [&] { registry().setTag(u"a"_s, u"rescued"_s, whole.groups.at(1).manifest.digest); });
    const auto report = outcomeOf<DeletionReport>(job(whole));
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(0).state, State::Deleted);
    QCOMPARE(report->outcomes.at(1).state, State::Skipped);
    QCOMPARE(report->outcomes.at(2).state, State::Deleted);
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"2"_s, u"rescued"_s}));
}

void TestDeleteTagsJobAhead::looksAnewBehindOneThatStays()
{
    const DeletionPlan whole = plan();
    const Digest second = whole.groups.at(1).manifest.digest;
    // The second had another tag at the second look, and none right before it would have gone.
    registry().setTag(u"a"_s, u"rescued"_s, second);
    onDeletion([this, second] {
        registry().removeTag(u"a"_s, u"rescued"_s);
        registry().setTag(u"a"_s, u"3"_s, second);
    });
    const auto report = outcomeOf<DeletionReport>(job(whole));
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(1).state, State::Skipped);
    QCOMPARE(report->outcomes.at(2).state, State::Skipped);
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobAhead)
#include "tst_deletetagsjob_ahead.moc"
