// SPDX-License-Identifier: Apache-2.0
#include "core/http/fingerprint.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/refusedcertificate.h"
#include "core/http/tlsfiles.h"
#include "support/outcome.h"
#include "support/tlslistener.h"
#include "support/tlsserver.h"

#include <QSslConfiguration>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Reason = RefusedCertificate::Reason;

/// Exchange and the certificates of servers.
class TestExchangeTls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void talksToAServerWhoseCertificateNamesIt();
    void refusesCertificatesThatNameNoHost();
    void refusesCertificatesOfNobodyKnown();
    void trustsAnAuthorityForOneRegistry();
    void saysWhyACertificateIsRefused_data();
    void saysWhyACertificateIsRefused();
    void trustsOnlyThePinnedCertificate();
    void letsAPinnedCertificateBeWhatItMayBe();
    void doesWithoutVerificationWhereItWasTurnedOff();
    void trustsNobodyElseForThat();
    void showsItsOwnCertificate();
    void showsWhatLeadsToAnAuthority();

private:
    /// What becomes of requests that carry a secret.
    [[nodiscard]] Result<HttpResponse> ask(const QUrl &url, const TlsSettings &tls);
    [[nodiscard]] Result<HttpResponse> ask(const TlsServer &server, const TlsSettings &tls = {})
    {
        return ask(server.url(), tls);
    }
    [[nodiscard]] static QByteArray fingerprint(const QString &certificate)
    {
        return fingerprintOf(readCertificates(tlsData(certificate))->first());
    }

    std::unique_ptr<Network> m_network;
};

void TestExchangeTls::initTestCase()
{
    // Nobody is trusted unless a test says so.
    QSslConfiguration strict = QSslConfiguration::defaultConfiguration();
    strict.setCaCertificates({});
    QSslConfiguration::setDefaultConfiguration(strict);
    m_network = std::make_unique<Network>();
}

Result<HttpResponse> TestExchangeTls::ask(const QUrl &url, const TlsSettings &tls)
{
    HttpSettings settings;
    settings.tls = std::make_shared<TlsSettings>(tls);
    settings.retry.attempts = 1;
    HttpClient client(*m_network, Origin::of(url), settings);
    HttpRequest request{.url = url};
    request.addHeader("Authorization", "Bearer CANARY");
    // Others wait for a connection of their own, and may not use this one either.
    for (int i = 0; i < 7; ++i)
        client.send(request)->start();
    return outcomeOf(client.send(request));
}

void TestExchangeTls::talksToAServerWhoseCertificateNamesIt()
{
    const TlsServer server(u"server.pem"_s);
    const auto answer = ask(server, {.authorities = *readCertificates(tlsData(u"ca.pem"_s))});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message + answer.error().detail));
    QCOMPARE(answer->body, "ok");
    QVERIFY(server.received().contains("CANARY"));
}

void TestExchangeTls::refusesCertificatesThatNameNoHost()
{
    // Q22: Qt accepts the common name in place of it.
    const TlsServer server(u"commonname.pem"_s);
    const auto answer = ask(server, {.authorities = *readCertificates(tlsData(u"ca.pem"_s))});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Kind::Tls);
    QVERIFY2(answer.error().message.contains(u"subject alternative name"_s),
             qPrintable(answer.error().message));
    QCOMPARE(server.received(), "");
}

void TestExchangeTls::refusesCertificatesOfNobodyKnown()
{
    const TlsServer server(u"server.pem"_s);
    const auto answer = ask(server);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Kind::Tls);
    // Says what is wrong with it, and nothing besides.
    QVERIFY(answer.error().message.contains(u"not known here"_s));
    QCOMPARE(answer.error().detail, QString());
    QCOMPARE(server.received(), "");
}

void TestExchangeTls::saysWhyACertificateIsRefused_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<bool>("isAuthorityKnown");
    QTest::addColumn<QByteArray>("pinned");
    QTest::addColumn<QList<Reason>>("reasons");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QString &certificate, bool isKnown,
                        const QList<Reason> &reasons, const QString &words,
                        const QByteArray &pinned = {}) {
        QTest::newRow(name) << certificate << isKnown << pinned << reasons << words;
    };
    row("self-signed", u"selfsigned.pem"_s, false, {Reason::SelfSigned}, u"nobody but itself"_s);
    row("unknown authority", u"another.pem"_s, false, {Reason::UnknownAuthority},
        u"Another authority"_s);
    row("expired", u"expired.pem"_s, true, {Reason::Expired},
        u"expired on Friday, 1 January 2021"_s);
    row("not yet valid", u"future.pem"_s, true, {Reason::NotYetValid}, u"1 January 2110"_s);
    row("wrong host", u"elsewhere.pem"_s, true, {Reason::WrongHost},
        u"*.registry.example, 192.0.2.7, registry.example"_s);
    row("no host", u"commonname.pem"_s, false, {Reason::NamesNoHost, Reason::UnknownAuthority},
        u"subject alternative name"_s);
    row("several", u"elsewhere.pem"_s, false, {Reason::WrongHost, Reason::UnknownAuthority},
        u"other hosts"_s);
    row("changed", u"another.pem"_s, false, {Reason::Changed}, u"another certificate"_s,
        fingerprint(u"server.pem"_s));
}

void TestExchangeTls::saysWhyACertificateIsRefused()
{
    QFETCH(const QString, certificate);
    QFETCH(const bool, isAuthorityKnown);
    QFETCH(const QByteArray, pinned);
    QFETCH(const QString, words);
    const TlsServer server(certificate);
    TlsSettings tls{.pinnedSha256 = pinned};
    if (isAuthorityKnown)
        tls.authorities = *readCertificates(tlsData(u"another-ca.pem"_s));
    const auto answer = ask(server, tls);
    QVERIFY(!answer);
    const auto refused = answer.error().certificate;
    QVERIFY2(refused, qPrintable(answer.error().message + answer.error().detail));
    QTEST(refused->reasons, "reasons");
    QCOMPARE(refused->chain, *readCertificates(tlsData(certificate)));
    QVERIFY2(answer.error().message.contains(words), qPrintable(answer.error().message));
    QVERIFY(answer.error().message.contains(server.url().authority()));
    QCOMPARE(server.received(), "");
}

void TestExchangeTls::trustsAnAuthorityForOneRegistry()
{
    // TLS-09: what is trusted for one is not trusted for another.
    const TlsServer first(u"server.pem"_s);
    const TlsServer second(u"server.pem"_s);
    QVERIFY(ask(first, {.authorities = *readCertificates(tlsData(u"ca.pem"_s))}));
    QVERIFY(!ask(second));
    QCOMPARE(second.received(), "");
}

void TestExchangeTls::trustsOnlyThePinnedCertificate()
{
    const TlsServer server(u"server.pem"_s);
    QVERIFY(ask(server, {.pinnedSha256 = fingerprint(u"server.pem"_s)}));
    const TlsServer other(u"server.pem"_s);
    const auto changed = ask(other, {.authorities = *readCertificates(tlsData(u"ca.pem"_s)),
                                     .pinnedSha256 = fingerprint(u"client.pem"_s)});
    QVERIFY(!changed); // Good by itself, but not the one.
    QVERIFY(changed.error().message.contains(u"another certificate"_s));
    QCOMPARE(changed.error().certificate->reasons, QList{Reason::Changed});
    QCOMPARE(changed.error().certificate->pinnedSha256, fingerprint(u"client.pem"_s));
    QCOMPARE(other.received(), "");
    // Nor does it help to look at no other.
    QVERIFY(!ask(other, {.pinnedSha256 = fingerprint(u"client.pem"_s), .isVerified = false}));
    QCOMPARE(other.received(), "");
}

void TestExchangeTls::letsAPinnedCertificateBeWhatItMayBe()
{
    for (const QString &certificate : {u"expired.pem"_s, u"elsewhere.pem"_s, u"selfsigned.pem"_s}) {
        const TlsServer server(certificate);
        QVERIFY(ask(server, {.pinnedSha256 = fingerprint(certificate)}));
    }
}

void TestExchangeTls::doesWithoutVerificationWhereItWasTurnedOff()
{
    for (const QString &certificate : {u"server.pem"_s, u"commonname.pem"_s}) {
        const TlsServer server(certificate);
        QVERIFY(ask(server, {.isVerified = false}));
    }
}

void TestExchangeTls::trustsNobodyElseForThat()
{
    // TLS-11: the store that a registry names has to stand on its own.
    const TlsServer store(u"server.pem"_s);
    const TlsServer registry(u"server.pem"_s);
    HttpSettings settings;
    settings.retry.attempts = 1;
    settings.tls = std::make_shared<TlsSettings>(TlsSettings{.isVerified = false});
    HttpClient client(*m_network, Origin::of(registry.url()), settings);
    const auto answer = outcomeOf(client.send({.url = store.url()}));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Kind::Tls);
    QCOMPARE(store.received(), "");
}

void TestExchangeTls::showsItsOwnCertificate()
{
    const TlsServer server(u"server.pem"_s, TlsServer::Clients::WithCertificate);
    TlsSettings tls{.authorities = *readCertificates(tlsData(u"ca.pem"_s))};
    QVERIFY(!ask(server, tls));
    QVERIFY(readClientCertificate({tlsData(u"client.pem"_s), tlsData(u"client.key"_s)}, tls));
    const auto answer = ask(server, tls);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message + answer.error().detail));
}

void TestExchangeTls::showsWhatLeadsToAnAuthority()
{
    const auto root = TestCertificate::authority();
    const auto between = TestCertificate::authority(&root);
    const TestCertificate own({.commonName = "me", .usage = "clientAuth"}, &between);
    const TestCertificate serverOwn({}, &root);
    QTemporaryDir folder;
    const auto write = [&](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(write(u"chain.pem"_s, own.pem() + between.pem()));
    QVERIFY(write(u"own.pem"_s, own.pem()));
    QVERIFY(write(u"own.key"_s, own.keyPem()));
    // It knows the root alone, and nothing of what is between.
    QSslConfiguration configuration = TlsListener::showing(serverOwn);
    configuration.setCaCertificates({root.certificate()});
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    const auto isLetIn = [&](const QString &certificate) {
        const TlsListener server(configuration);
        TlsSettings tls{.authorities = {root.certificate()}};
        return readClientCertificate({folder.filePath(certificate), folder.filePath(u"own.key"_s)},
                                     tls)
               && ask(server.url(), tls);
    };
    QVERIFY(!isLetIn(u"own.pem"_s));
    QVERIFY(isLetIn(u"chain.pem"_s));
}

QTEST_GUILESS_MAIN(TestExchangeTls)
#include "tst_exchange_tls.moc"
