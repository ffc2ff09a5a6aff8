// SPDX-License-Identifier: Apache-2.0
#include "core/http/fingerprint.h"
#include "core/http/tlsfiles.h"
#include "support/tlsserver.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestFingerprint : public QObject
{
    Q_OBJECT

private slots:
    void isThatOfOtherPrograms();
    void isReadAsOthersWriteIt_data();
    void isReadAsOthersWriteIt();
    void isNothingElse_data();
    void isNothingElse();
};

// By "openssl x509 -noout -fingerprint -sha256".
constexpr auto selfSigned = "62:FF:11:96:81:A3:15:34:FE:E3:E9:26:60:37:1A:2B:"
                            "80:F0:32:3D:0C:64:3D:89:18:33:38:00:CB:EB:5D:27"_L1;

void TestFingerprint::isThatOfOtherPrograms()
{
    const auto certificate = readCertificates(tlsData(u"selfsigned.pem"_s))->first();
    QCOMPARE(fingerprintText(fingerprintOf(certificate)), selfSigned);
}

void TestFingerprint::isReadAsOthersWriteIt_data()
{
    QTest::addColumn<QString>("text");
    const QString text = selfSigned;
    QTest::newRow("colons") << text;
    QTest::newRow("small") << text.toLower();
    QTest::newRow("digits") << QString(text).remove(u':');
    QTest::newRow("spaces") << QString(u' ' + QString(text).replace(u':', u' ') + u'\n');
    QTest::newRow("digest") << QString(u"sha256:"_s + QString(text).remove(u':').toLower());
    QTest::newRow("openssl") << QString(u"sha256 Fingerprint="_s + text);
    QTest::newRow("browser") << QString(u"SHA-256: "_s + text);
}

void TestFingerprint::isReadAsOthersWriteIt()
{
    QFETCH(const QString, text);
    const auto fingerprint = parseFingerprint(text);
    QVERIFY(fingerprint);
    QCOMPARE(fingerprintText(*fingerprint), selfSigned);
}

void TestFingerprint::isNothingElse_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("words") << u"sha256:"_s;
    QTest::newRow("too short") << QString(63, u'a');
    QTest::newRow("too long") << QString(65, u'a');
    QTest::newRow("SHA-1") << QString(40, u'a');
    QTest::newRow("no digit") << QString(QString(63, u'a') + u'g');
    QTest::newRow("foreign digits") << QString(64, QChar(0x0661));
    QTest::newRow("another hash") << QString(u"sha512:"_s + QString(64, u'a'));
}

void TestFingerprint::isNothingElse()
{
    QFETCH(const QString, text);
    QVERIFY(!parseFingerprint(text));
}

QTEST_GUILESS_MAIN(TestFingerprint)
#include "tst_fingerprint.moc"
