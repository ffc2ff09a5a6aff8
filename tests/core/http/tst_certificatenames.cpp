// SPDX-License-Identifier: Apache-2.0
#include "core/http/certificatenames.h"
#include "support/testcertificates.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// TLS-02, TLS-03, TLS-04: for which hosts a certificate is.
class TestCertificateNames : public QObject
{
    Q_OBJECT

private slots:
    void knowsItsHosts_data();
    void knowsItsHosts();
    void countsNoCommonName();
};

void TestCertificateNames::knowsItsHosts_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isMeant");
    const auto row = [](const QString &name, const QString &host, bool isMeant) {
        QTest::addRow("%s for %s", qPrintable(name), qPrintable(host)) << name << host << isMeant;
    };
    row(u"DNS:reg.example"_s, u"reg.example"_s, true);
    row(u"DNS:Reg.Example"_s, u"reg.example"_s, true);
    row(u"DNS:reg.example"_s, u"a.reg.example"_s, false);
    row(u"DNS:reg.example"_s, u"evilreg.example"_s, false);
    row(u"DNS:reg.example"_s, u"reg.example.evil"_s, false);
    row(u"DNS:xn--bcher-kva.example"_s, u"bücher.example"_s, true);
    row(u"DNS:*.reg.example"_s, u"a.reg.example"_s, true);
    row(u"DNS:*.reg.example"_s, u"a.b.reg.example"_s, false);
    row(u"DNS:*.reg.example"_s, u"reg.example"_s, false);
    row(u"DNS:*.reg.example"_s, u".reg.example"_s, false);
    row(u"DNS:*.example"_s, u"reg.example"_s, false);
    row(u"DNS:*"_s, u"reg.example"_s, false);
    row(u"DNS:*"_s, u"localhost"_s, false);
    row(u"DNS:a*.reg.example"_s, u"ab.reg.example"_s, false);
    row(u"DNS:*.*.example"_s, u"a.b.example"_s, false);
    row(u"DNS:a.*.example"_s, u"a.b.example"_s, false);
    row(u"DNS:localhost"_s, u"localhost"_s, true);
    row(u"IP:127.0.0.1"_s, u"127.0.0.1"_s, true);
    row(u"IP:127.0.0.1"_s, u"127.0.0.2"_s, false);
    row(u"IP:127.0.0.1"_s, u"localhost"_s, false);
    row(u"DNS:127.0.0.1"_s, u"127.0.0.1"_s, false); // Qt takes it.
    row(u"DNS:*.0.0.1"_s, u"127.0.0.1"_s, false);
    row(u"IP:::1"_s, u"::1"_s, true);
    row(u"IP:fd00::1"_s, u"fd00:0::1"_s, true);
    row(u"URI:https://reg.example"_s, u"reg.example"_s, false);
    row(u"email:me@reg.example"_s, u"reg.example"_s, false);
}

void TestCertificateNames::knowsItsHosts()
{
    QFETCH(QString, name);
    QFETCH(QString, host);
    const TestCertificate certificate(
        {.commonName = "other", .names = {u"DNS:another.example"_s, name}});
    QTEST(namesHost(certificate.certificate(), host), "isMeant");
}

void TestCertificateNames::countsNoCommonName()
{
    for (const QStringList &names : {QStringList(), QStringList{u"DNS:other.example"_s}}) {
        const TestCertificate certificate({.commonName = "reg.example", .names = names});
        QVERIFY(!namesHost(certificate.certificate(), u"reg.example"_s));
    }
}

QTEST_GUILESS_MAIN(TestCertificateNames)
#include "tst_certificatenames.moc"
