// SPDX-License-Identifier: Apache-2.0
#include "core/base/secret.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

// What would put a secret where it does not belong shall not even compile.
static_assert(!std::is_convertible_v<Secret, QByteArray>);
static_assert(!std::is_convertible_v<Secret, QString>);
static_assert(!std::is_convertible_v<QByteArray, Secret>);
static_assert(!std::is_constructible_v<QByteArray, Secret>);
static_assert(!std::is_constructible_v<QString, Secret>);

class TestSecret : public QObject
{
    Q_OBJECT

private slots:
    void isNotPrinted();
    void isRevealedToWhoeverAsksByName();
    void comparesByItsBytes();
};

void TestSecret::isNotPrinted()
{
    QString text;
    QDebug(&text) << Secret("hunter2") << QList<Secret>{Secret("hunter3")};
    QVERIFY2(!text.contains(u"hunter"_s), qPrintable(text));
    QVERIFY(text.contains(u"***"_s));
    // Nor is it told whether there is one, or how long it is.
    QString other;
    QDebug(&other) << Secret() << QList<Secret>{Secret(QByteArray(100, 'x'))};
    QCOMPARE(other, text);
}

void TestSecret::isRevealedToWhoeverAsksByName()
{
    QCOMPARE(Secret("pässword").reveal(), "pässword");
    QVERIFY(Secret().isEmpty());
    QVERIFY(!Secret("x").isEmpty());
}

void TestSecret::comparesByItsBytes()
{
    QVERIFY(Secret("a") == Secret("a"));
    QVERIFY(Secret("a") != Secret("b"));
    QCOMPARE(qHash(Secret("a"), size_t(1)), qHash(Secret("a"), size_t(1)));
}

QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
