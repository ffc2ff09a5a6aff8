// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/ratemeter.h"

#include <QTest>

using namespace Longshore;

class TestRateMeter : public QObject
{
    Q_OBJECT

private slots:
    void knowsNothingUntilThereIsEnoughToTell();
    void averagesOverTheLastSeconds();
    void beginsAgainWithTheBytes();
    void tellsTheTimeThatIsLeft_data();
    void tellsTheTimeThatIsLeft();
    void forgetsEverything();
};

void TestRateMeter::knowsNothingUntilThereIsEnoughToTell()
{
    RateMeter meter;
    QVERIFY(!meter.bytesPerSecond());
    meter.add(1000, 0);
    QVERIFY(!meter.bytesPerSecond());
    meter.add(1499, 1'000'000); // From so short a time nobody can tell.
    QVERIFY(!meter.bytesPerSecond());
    QVERIFY(!meter.secondsLeft(1'000'000, 2'000'000));
    meter.add(1500, 1'000'000);
    QCOMPARE(meter.bytesPerSecond(), 2'000'000);
}

void TestRateMeter::averagesOverTheLastSeconds()
{
    RateMeter meter;
    qint64 bytes = 0;
    for (qint64 second = 0; second <= 20; ++second)
        meter.add(second * 1000, bytes += second < 10 ? 1'000'000 : 100);
    QCOMPARE(meter.bytesPerSecond(), 100);
    meter.add(60'000, bytes); // Then nothing came.
    QCOMPARE(meter.bytesPerSecond(), 0);
}

void TestRateMeter::beginsAgainWithTheBytes()
{
    RateMeter meter;
    meter.add(0, 0);
    meter.add(1000, 5'000'000);
    meter.add(2000, 0); // The download started over.
    QVERIFY(!meter.bytesPerSecond());
    meter.add(3000, 1000);
    QCOMPARE(meter.bytesPerSecond(), 1000);
}

void TestRateMeter::tellsTheTimeThatIsLeft_data()
{
    QTest::addColumn<qint64>("rate");
    QTest::addColumn<qint64>("done");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<qint64>("seconds"); // -1 for unknown.
    QTest::newRow("even") << qint64(100) << qint64(500) << qint64(1000) << qint64(5);
    QTest::newRow("rounds up") << qint64(100) << qint64(500) << qint64(1001) << qint64(6);
    QTest::newRow("the last byte") << qint64(100) << qint64(999) << qint64(1000) << qint64(1);
    QTest::newRow("done") << qint64(100) << qint64(1000) << qint64(1000) << qint64(0);
    QTest::newRow("total unknown") << qint64(100) << qint64(500) << qint64(-1) << qint64(-1);
    QTest::newRow("more than all") << qint64(100) << qint64(1001) << qint64(1000) << qint64(-1);
    QTest::newRow("nothing comes") << qint64(0) << qint64(500) << qint64(1000) << qint64(-1);
}

void TestRateMeter::tellsTheTimeThatIsLeft()
{
    QFETCH(const qint64, rate);
    QFETCH(const qint64, done);
    QFETCH(const qint64, total);
    QFETCH(const qint64, seconds);
    RateMeter meter;
    meter.add(0, 0);
    meter.add(1000, rate);
    QCOMPARE(meter.secondsLeft(done, total).value_or(-1), seconds);
}

void TestRateMeter::forgetsEverything()
{
    RateMeter meter;
    meter.add(0, 0);
    meter.add(1000, 1000);
    meter.clear();
    QVERIFY(!meter.bytesPerSecond());
    meter.add(1500, 2000);
    QVERIFY(!meter.bytesPerSecond());
}

QTEST_GUILESS_MAIN(TestRateMeter)
#include "tst_ratemeter.moc"
