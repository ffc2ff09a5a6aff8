// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/takesnapshotjob.h"
#include "core/cleanup/timeestimate.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTimeEstimate : public QObject
{
    Q_OBJECT

private slots:
    void inventsNothing_data();
    void inventsNothing();
    void goesByThePaceOfTheServer_data();
    void goesByThePaceOfTheServer();
    void goesByTheSizeOfABatch();
    void addsUpWhatWasMeasured();
    void saysHowMuchIsLeft_data();
    void saysHowMuchIsLeft();
    void isMeasuredWhileTagsAreLookedAt();
    void isNotMeasuredWhereThereAreNoTags();
};

void TestTimeEstimate::inventsNothing_data()
{
    QTest::addColumn<qsizetype>("requests");
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<qsizetype>("together");
    QTest::newRow("no request was measured") << qsizetype(0) << qint64(100) << qsizetype(10);
    QTest::newRow("no time was measured") << qsizetype(10) << qint64(0) << qsizetype(10);
    QTest::newRow("there is nothing to do") << qsizetype(10) << qint64(100) << qsizetype(0);
}

void TestTimeEstimate::inventsNothing()
{
    QFETCH(const qsizetype, requests);
    QFETCH(const qint64, milliseconds);
    QFETCH(const qsizetype, together);
    QVERIFY(!estimatedTime({requests, std::chrono::milliseconds(milliseconds)}, {together, 0}));
}

void TestTimeEstimate::goesByThePaceOfTheServer_data()
{
    QTest::addColumn<qsizetype>("requests"); // Measured in ten seconds.
    QTest::addColumn<qsizetype>("together");
    QTest::addColumn<qsizetype>("inTurn");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("as many") << qsizetype(100) << qsizetype(100) << qsizetype(0) << qint64(10);
    QTest::newRow("one by one") << qsizetype(100) << qsizetype(0) << qsizetype(100) << qint64(60);
    QTest::newRow("both") << qsizetype(100) << qsizetype(50) << qsizetype(10) << qint64(11);
    QTest::newRow("two at once, as there were no more")
        << qsizetype(2) << qsizetype(0) << qsizetype(1) << qint64(10);
    QTest::newRow("soon over") << qsizetype(10'000) << qsizetype(1) << qsizetype(0) << qint64(1);
    QTest::newRow("without an end") << qsizetype(1) << std::numeric_limits<qsizetype>::max() / 2
                                    << qsizetype(0) << qint64(1'000'000'000);
}

void TestTimeEstimate::goesByThePaceOfTheServer()
{
    QFETCH(const qsizetype, requests);
    QFETCH(const qsizetype, together);
    QFETCH(const qsizetype, inTurn);
    const auto estimate = estimatedTime({requests, 10s}, {together, inTurn});
    QVERIFY(estimate);
    QTEST(qint64(estimate->count()), "seconds");
}

/// Four of them take as long as one that goes alone.
void TestTimeEstimate::goesByTheSizeOfABatch()
{
    QCOMPARE(estimatedTime({100, 10s}, {0, 0, 100})->count(), 15);
    QCOMPARE(estimatedTime({100, 10s}, {50, 10, 100})->count(), 26);
}

void TestTimeEstimate::addsUpWhatWasMeasured()
{
    RequestPace pace{10, 1s};
    pace += {30, 1s};
    QCOMPARE(pace.requests, qsizetype(40));
    QVERIFY(pace.time == 2s);
}

void TestTimeEstimate::saysHowMuchIsLeft_data()
{
    QTest::addColumn<qint64>("done");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<qint64>("seconds"); // After ten; -1 for nobody knows.
    QTest::newRow("before the first") << qint64(0) << qint64(10) << qint64(-1);
    QTest::newRow("one of four") << qint64(1) << qint64(4) << qint64(30);
    QTest::newRow("almost over") << qint64(999) << qint64(1000) << qint64(1);
    QTest::newRow("over") << qint64(4) << qint64(4) << qint64(-1);
    QTest::newRow("of an unknown number") << qint64(4) << qint64(-1) << qint64(-1);
}

void TestTimeEstimate::saysHowMuchIsLeft()
{
    QFETCH(const qint64, done);
    QFETCH(const qint64, total);
    const auto left = timeLeft(done, total, 10s);
    QTEST(left ? qint64(left->count()) : qint64(-1), "seconds");
    QVERIFY(!timeLeft(done, total, 0s));
}

void TestTimeEstimate::isMeasuredWhileTagsAreLookedAt()
{
    FakeConnection connection;
    TestImages::addImage(connection.registry, u"a"_s, u"1"_s);
    TestImages::addImage(connection.registry, u"a"_s, u"2"_s);
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(connection.session, *RepositoryName::parse(u"a")));
    QVERIFY(snapshot);
    QCOMPARE(snapshot->pace.requests, qsizetype(2));
    QVERIFY(snapshot->pace.time > 0s);
    QVERIFY(estimatedTime(snapshot->pace, {1, 1}));
}

void TestTimeEstimate::isNotMeasuredWhereThereAreNoTags()
{
    FakeConnection connection;
    TestImages::addImage(connection.registry, u"a"_s, u"1"_s);
    connection.registry.removeTag(u"a"_s, u"1"_s);
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(connection.session, *RepositoryName::parse(u"a")));
    QVERIFY(snapshot);
    QVERIFY(!estimatedTime(snapshot->pace, {1, 1}));
}

QTEST_GUILESS_MAIN(TestTimeEstimate)
#include "tst_timeestimate.moc"
