// SPDX-License-Identifier: Apache-2.0
#include "core/oci/naturalorder.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestNaturalOrder : public QObject
{
    Q_OBJECT

private slots:
    void ordersAsPeopleCount_data();
    void ordersAsPeopleCount();
    void comparesNumbersOfAnyLength();
    void isATotalOrder();
};

void TestNaturalOrder::ordersAsPeopleCount_data()
{
    // Each list is in its right order.
    QTest::addColumn<QStringList>("names");
    QTest::newRow("US-03.5 versions")
        << QStringList{u"1.9"_s, u"1.10"_s, u"1.10.1"_s, u"2.0.0-rc.1"_s, u"2.0.0"_s};
    QTest::newRow("pre-releases") << QStringList{u"1.0-alpha"_s, u"1.0-beta.2"_s, u"1.0-beta.11"_s,
                                                 u"1.0-rc1"_s,   u"1.0-rc2"_s,    u"1.0"_s,
                                                 u"1.0.1"_s};
    QTest::newRow("words that only begin like one")
        << QStringList{u"1.0"_s, u"1.0-alpine"_s, u"1.0-development"_s, u"1.0-rcx"_s};
    QTest::newRow("prefix") << QStringList{u"v1"_s, u"v2"_s, u"v10"_s, u"v10a"_s, u"v100"_s};
    QTest::newRow("case does not count first")
        << QStringList{u"Alpha"_s, u"alpha"_s, u"Beta"_s, u"gamma"_s};
    QTest::newRow("zeros in front") << QStringList{u"01"_s, u"1"_s, u"02"_s, u"2"_s, u"010"_s};
    QTest::newRow("dates") << QStringList{u"2023-9-30"_s, u"2023-10-1"_s, u"20240101"_s};
    QTest::newRow("builds") << QStringList{u"build-9"_s, u"build-10"_s, u"build-10-arm64"_s};
    QTest::newRow("empty first") << QStringList{QString(), u"a"_s};
}

void TestNaturalOrder::ordersAsPeopleCount()
{
    QFETCH(QStringList, names);
    for (qsizetype i = 0; i < names.size(); ++i) {
        for (qsizetype j = 0; j < names.size(); ++j) {
            const int order = naturalCompare(names.at(i), names.at(j));
            QVERIFY2((order < 0) == (i < j) && (order > 0) == (i > j),
                     qPrintable(QString(names.at(i) + u" ? "_s + names.at(j))));
        }
    }
}

void TestNaturalOrder::comparesNumbersOfAnyLength()
{
    const QString nines(100, u'9');
    const QString more = u"1"_s + QString(100, u'0');
    QVERIFY(naturalCompare(nines, more) < 0);
    QVERIFY(naturalCompare(more, nines) > 0);
    QVERIFY(naturalCompare(QString(100'000, u'0'), u"1"_s) < 0);
}

void TestNaturalOrder::isATotalOrder()
{
    QRandomGenerator random(20260101); // The same names in every run.
    const QStringList pieces{u"1"_s, u"01"_s, u"10"_s,   u"9"_s,  u"a"_s,     u"A"_s, u"-"_s,
                             u"."_s, u"_"_s,  u"-rc"_s,  u"v"_s,  u"-beta"_s, u"0"_s, u"-M"_s,
                             u"m"_s, u"é"_s,  u"-dev"_s, u"00"_s, u"\u0660"_s};
    QStringList names;
    for (int i = 0; i < 220; ++i) {
        QString name;
        for (quint32 left = random.bounded(6U); left > 0; --left)
            name += pieces.at(random.bounded(pieces.size()));
        names.append(name);
    }
    const auto sign = [](int order) { return (order > 0) - (order < 0); };
    QList<QList<int>> orders;
    for (const QString &left : names) {
        orders.append(QList<int>());
        for (const QString &right : names) {
            orders.last().append(sign(naturalCompare(left, right)));
            QCOMPARE(orders.last().last() == 0, left == right);
        }
    }
    for (qsizetype a = 0; a < names.size(); ++a) {
        for (qsizetype b = 0; b < names.size(); ++b) {
            QCOMPARE(orders[a][b], -orders[b][a]);
            for (qsizetype c = 0; c < names.size() && orders[a][b] < 0; ++c) {
                if (orders[b][c] < 0 && orders[a][c] >= 0)
                    QFAIL(qPrintable(QStringList({names[a], names[b], names[c]}).join(u' ')));
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestNaturalOrder)
#include "tst_naturalorder.moc"
