// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/format/valueformat.h"

#include <QLocale>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestValueFormat : public QObject
{
    Q_OBJECT

private slots:
    void showsSizesInBinaryUnits_data();
    void showsSizesInBinaryUnits();
    void showsExactSizesWithSeparators();
    void showsAges_data();
    void showsAges();
    void showsADashForAnUnknownDate();
    void showsTheDateWithItsTime();
    void showsTimeLeft_data();
    void showsTimeLeft();
    void showsTimeThatHasPassed();
    void showsWhatWasEstimated_data();
    void showsWhatWasEstimated();
};

void TestValueFormat::showsSizesInBinaryUnits_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown") << qint64(-1) << u"\u2013"_s;
    QTest::newRow("none") << qint64(0) << u"0 bytes"_s;
    QTest::newRow("below a KiB") << qint64(1023) << u"1,023 bytes"_s;
    QTest::newRow("a KiB") << qint64(1024) << u"1.0 KiB"_s;
    QTest::newRow("MiB") << qint64(88'080'384) << u"84.0 MiB"_s;
    QTest::newRow("more than 32 bits") << qint64(5) * 1024 * 1024 * 1024 << u"5.0 GiB"_s;
    QTest::newRow("the largest") << std::numeric_limits<qint64>::max() << u"8.0 EiB"_s;
}

void TestValueFormat::showsSizesInBinaryUnits()
{
    QFETCH(const qint64, bytes);
    QTEST(formatBytes(bytes), "text");
}

void TestValueFormat::showsExactSizesWithSeparators()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(formatExactBytes(84'201'984), u"84,201,984 bytes"_s);
    QCOMPARE(formatExactBytes(-1), u"Size unknown"_s);
    QLocale::setDefault(QLocale::system());
}

void TestValueFormat::showsAges_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    QTest::newRow("now") << qint64(0) << u"just now"_s;
    QTest::newRow("a clock that is behind") << qint64(-30) << u"just now"_s;
    QTest::newRow("59 seconds") << minute - 1 << u"just now"_s;
    QTest::newRow("1 minute") << minute << u"1 minute ago"_s;
    QTest::newRow("59 minutes") << hour - 1 << u"59 minutes ago"_s;
    QTest::newRow("1 hour") << hour << u"1 hour ago"_s;
    QTest::newRow("23 hours") << day - 1 << u"23 hours ago"_s;
    QTest::newRow("1 day") << day << u"1 day ago"_s;
    QTest::newRow("13 days") << 14 * day - 1 << u"13 days ago"_s;
    QTest::newRow("2 weeks") << 14 * day << u"2 weeks ago"_s;
    QTest::newRow("8 weeks") << 60 * day << u"8 weeks ago"_s;
    QTest::newRow("2 months") << 61 * day << u"2 months ago"_s;
    QTest::newRow("23 months") << 729 * day << u"23 months ago"_s;
    QTest::newRow("2 years") << 730 * day << u"2 years ago"_s;
    QTest::newRow("15 years") << 15 * 366 * day << u"15 years ago"_s;
    QTest::newRow("beyond what an int of seconds holds")
        << qint64(3'000'000'000) << u"95 years ago"_s;
}

void TestValueFormat::showsAges()
{
    QFETCH(const qint64, seconds);
    const QDateTime now(QDate(2026, 7, 1), QTime(12, 0), Qt::UTC);
    QTEST(formatAge(now.addSecs(-seconds), now), "text");
}

void TestValueFormat::showsADashForAnUnknownDate()
{
    QCOMPARE(formatAge({}), u"\u2013"_s);
    QCOMPARE(formatDate({}), u"No usable date"_s);
}

void TestValueFormat::showsTheDateWithItsTime()
{
    const QString text = formatDate(QDateTime(QDate(2025, 3, 1), QTime(12, 34), Qt::UTC));
    QVERIFY2(text.contains(u"2025"_s) && text.contains(u"12:34"_s), qPrintable(text));
    QVERIFY2(text.contains(u"UTC"_s), qPrintable(text));
}

void TestValueFormat::showsTimeLeft_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown") << qint64(-1) << QString();
    QTest::newRow("1 second") << qint64(1) << u"1 second left"_s;
    QTest::newRow("59 seconds") << qint64(59) << u"59 seconds left"_s;
    QTest::newRow("1 minute") << qint64(60) << u"1 minute left"_s;
    QTest::newRow("rounds up") << qint64(61) << u"2 minutes left"_s;
    QTest::newRow("1 hour") << qint64(3600) << u"1 hour left"_s;
    QTest::newRow("a long time") << qint64(3601) << u"2 hours left"_s;
    QTest::newRow("more than a million hours") << qint64(10'000'000'000) << u"2777778 hours left"_s;
}

void TestValueFormat::showsTimeLeft()
{
    QFETCH(const qint64, seconds);
    QTEST(formatTimeLeft(seconds), "text");
}

void TestValueFormat::showsTimeThatHasPassed()
{
    QCOMPARE(formatElapsed(0), u"0:00"_s);
    QCOMPARE(formatElapsed(69), u"1:09"_s);
    QCOMPARE(formatElapsed(3599), u"59:59"_s);
    QCOMPARE(formatElapsed(3661), u"1:01:01"_s);
}

void TestValueFormat::showsWhatWasEstimated_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("seconds") << qint64(59) << u"less than a minute"_s;
    QTest::newRow("a minute") << qint64(60) << u"about 1 minute(s)"_s;
    QTest::newRow("minutes") << qint64(170) << u"about 3 minute(s)"_s;
    QTest::newRow("hours") << qint64(2 * 3600) << u"about 2 hour(s)"_s;
}

void TestValueFormat::showsWhatWasEstimated()
{
    QFETCH(const qint64, seconds);
    QFETCH(QString, text);
    const QString shown = formatEstimate(seconds);
    if (!shown.endsWith("(s)"_L1)) // Where the catalogue is there, it knows the forms.
        text.replace("(s)"_L1, text.contains(" 1 "_L1) ? ""_L1 : "s"_L1);
    QCOMPARE(shown, text);
}

LONGSHORE_UI_TEST(TestValueFormat)
#include "tst_valueformat.moc"
