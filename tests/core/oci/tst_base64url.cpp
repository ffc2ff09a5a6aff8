// SPDX-License-Identifier: Apache-2.0
#include "core/oci/base64url.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestBase64Url : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatItWrites_data();
    void readsWhatItWrites();
    void takesBrokenLines();
    void takesNoOtherAlphabet_data();
    void takesNoOtherAlphabet();
};

void TestBase64Url::readsWhatItWrites_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("RFC 7515, C") << QByteArray("\x03\xec\xff\xe0\xc1") << QByteArray("A-z_4ME");
    QTest::newRow("one byte") << QByteArray("f") << QByteArray("Zg");
    QTest::newRow("two bytes") << QByteArray("fo") << QByteArray("Zm8");
    QTest::newRow("three bytes") << QByteArray("foo") << QByteArray("Zm9v");
}

void TestBase64Url::readsWhatItWrites()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(toBase64Url(bytes), text);
    const auto read = fromBase64Url(QString::fromLatin1(text));
    QVERIFY(read);
    QCOMPARE(*read, bytes);
}

void TestBase64Url::takesBrokenLines()
{
    QCOMPARE(fromBase64Url(u"Zm9v\n  Zm9v\n"_s), std::optional<QByteArray>("foofoo"));
}

void TestBase64Url::takesNoOtherAlphabet_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plus") << u"A+z"_s;
    QTest::newRow("slash") << u"A/z"_s;
    QTest::newRow("tab") << u"Zm\t9v"_s;
    QTest::newRow("dot") << u"Zm9v.Zm9v"_s;
    QTest::newRow("other letters") << u"Zm9\u00e4"_s;
}

void TestBase64Url::takesNoOtherAlphabet()
{
    QFETCH(QString, text);
    QVERIFY(!fromBase64Url(text));
}

QTEST_GUILESS_MAIN(TestBase64Url)
#include "tst_base64url.moc"
