// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/namedate.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestNameDate : public QObject
{
    Q_OBJECT

private slots:
    void findsTheDateInAName_data();
    void findsTheDateInAName();
    void saysWhatAPatternLacks();
};

void TestNameDate::findsTheDateInAName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("date");
    QTest::newRow("behind") << u"nightly-20240301"_s << u"yyyyMMdd"_s << u"2024-03-01T00:00:00Z"_s;
    QTest::newRow("between") << u"a-2024.03.01-b"_s << u"yyyy.MM.dd"_s << u"2024-03-01T00:00:00Z"_s;
    QTest::newRow("time") << u"20240301T1530"_s << u"yyyyMMddTHHmm"_s << u"2024-03-01T15:30:00Z"_s;
    QTest::newRow("words") << u"app-01.03.2024"_s << u"app-dd.MM.yyyy"_s
                           << u"2024-03-01T00:00:00Z"_s;
    QTest::newRow("the second number")
        << u"77-20240301"_s << u"yyyyMMdd"_s << u"2024-03-01T00:00:00Z"_s;
    QTest::newRow("no such day") << u"nightly-20240230"_s << u"yyyyMMdd"_s << QString();
    QTest::newRow("a part of a number") << u"build-1202403017"_s << u"yyyyMMdd"_s << QString();
    QTest::newRow("none") << u"latest"_s << u"yyyyMMdd"_s << QString();
    QTest::newRow("too short") << u"2024"_s << u"yyyyMMdd"_s << QString();
}

void TestNameDate::findsTheDateInAName()
{
    QFETCH(const QString, name);
    QFETCH(const QString, pattern);
    QFETCH(const QString, date);
    QCOMPARE(dateInName(name, pattern).toString(Qt::ISODate), date);
}

void TestNameDate::saysWhatAPatternLacks()
{
    QVERIFY(!namePatternFault(u"nightly-yyyyMMdd-HHmmss"_s));
    QVERIFY(namePatternFault(QString()));
    QVERIFY(namePatternFault(u"yyyyMM"_s)->message.contains(u"dd"_s));
    QCOMPARE(namePatternFault(u"yyyyMMdd-MM"_s)->position, qsizetype(9));
}

QTEST_GUILESS_MAIN(TestNameDate)
#include "tst_namedate.moc"
