// SPDX-License-Identifier: Apache-2.0
#include "core/http/tlschoice.h"
#include "core/http/tlsfiles.h"
#include "support/testcertificates.h"
#include "support/tlsserver.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestTlsChoice : public QObject
{
    Q_OBJECT

private slots:
    void leavesEverythingToTheSystemUnlessToldOtherwise();
    void readsWhatAPersonChose();
    void opensAnEncryptedKey();
    void trustsNobodyWhenSomethingIsWrong_data();
    void trustsNobodyWhenSomethingIsWrong();
};

void TestTlsChoice::leavesEverythingToTheSystemUnlessToldOtherwise()
{
    const auto settings = readTlsChoice({});
    QVERIFY(settings && !*settings);
}

void TestTlsChoice::readsWhatAPersonChose()
{
    const auto read = readTlsChoice({.authorities = tlsData(u"ca.pem"_s),
                                     .certificate = tlsData(u"client.pem"_s),
                                     .key = tlsData(u"client.key"_s),
                                     .pin = QString(64, u'a'),
                                     .isVerified = false});
    QVERIFY(read && *read);
    const TlsSettings &settings = **read;
    QCOMPARE(settings.authorities, *readCertificates(tlsData(u"ca.pem"_s)));
    QCOMPARE(settings.certificates, *readCertificates(tlsData(u"client.pem"_s)));
    QVERIFY(!settings.key.isNull());
    QCOMPARE(settings.pinnedSha256, QByteArray(32, '\xaa'));
    QVERIFY(!settings.isVerified);
}

void TestTlsChoice::opensAnEncryptedKey()
{
    const TestCertificate me({});
    const QTemporaryDir folder;
    const TlsChoice files{.certificate = folder.filePath(u"me.pem"_s),
                          .key = folder.filePath(u"me.key"_s)};
    for (const auto &[path, pem] :
         {std::pair(files.certificate, me.pem()), std::pair(files.key, me.keyPem("open sesame"))}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pem) == pem.size());
    }
    QVERIFY(readTlsChoice(files).error().message.contains(u"passphrase is needed"_s));
    TlsChoice withWords = files;
    withWords.passphrase = Secret("open sesame");
    const auto settings = readTlsChoice(withWords);
    QVERIFY(settings);
    QCOMPARE((*settings)->key, me.key());
}

void TestTlsChoice::trustsNobodyWhenSomethingIsWrong_data()
{
    QTest::addColumn<TlsChoice>("choice");
    const QString certificate = tlsData(u"client.pem"_s);
    const QString key = tlsData(u"client.key"_s);
    QTest::newRow("no authorities") << TlsChoice{.authorities = key};
    QTest::newRow("no file") << TlsChoice{.authorities = u"nowhere.pem"_s, .isVerified = false};
    QTest::newRow("no key") << TlsChoice{.certificate = certificate};
    QTest::newRow("no certificate") << TlsChoice{.key = key};
    QTest::newRow("no key in the file")
        << TlsChoice{.certificate = certificate, .key = tlsData(u"ca.pem"_s)};
    QTest::newRow("no fingerprint") << TlsChoice{.pin = u"none"_s};
    QTest::newRow("no fingerprint, and nothing verified")
        << TlsChoice{.pin = u"none"_s, .isVerified = false};
}

void TestTlsChoice::trustsNobodyWhenSomethingIsWrong()
{
    QFETCH(const TlsChoice, choice);
    const auto settings = readTlsChoice(choice);
    QVERIFY(!settings);
    QVERIFY(!settings.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(TestTlsChoice)
#include "tst_tlschoice.moc"
