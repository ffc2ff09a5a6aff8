// SPDX-License-Identifier: Apache-2.0
#include "core/oci/curve.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestCurve : public QObject
{
    Q_OBJECT

private slots:
    void isFoundByNameAndBySize_data();
    void isFoundByNameAndBySize();
    void isNoneThatNobodyUses();
};

void TestCurve::isFoundByNameAndBySize_data()
{
    // RFC 7518, 3.4 and 6.2.1.2: 521 bits are 66 bytes.
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QByteArray>("algorithm");
    QTest::addColumn<int>("bytes");
    QTest::newRow("P-256") << u"P-256"_s << 256 << QByteArray("ES256") << 32;
    QTest::newRow("P-384") << u"P-384"_s << 384 << QByteArray("ES384") << 48;
    QTest::newRow("P-521") << u"P-521"_s << 521 << QByteArray("ES512") << 66;
}

void TestCurve::isFoundByNameAndBySize()
{
    QFETCH(QString, name);
    QFETCH(int, bits);
    const Curve *curve = findCurve(name);
    QVERIFY(curve);
    QCOMPARE(findCurve(bits), curve);
    QTEST(QByteArray(curve->algorithm), "algorithm");
    QTEST(curve->coordinateSize, "bytes");
}

void TestCurve::isNoneThatNobodyUses()
{
    for (const QString &name : {QString(), u"P-224"_s, u"p-256"_s, u"secp256k1"_s, u"P-256\n"_s})
        QVERIFY(!findCurve(name));
    for (const int bits : {0, -1, 160, 224, 512})
        QVERIFY(!findCurve(bits));
}

QTEST_GUILESS_MAIN(TestCurve)
#include "tst_curve.moc"
