// SPDX-License-Identifier: Apache-2.0
#include "core/auth/registryauthorizer.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/tlssettings.h"
#include "support/outcome.h"
#include "support/testserver.h"
#include "support/tlslistener.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// CRED-01, CRED-31: what is meant for the registry goes to its origin alone.
class TestHttpJobOrigins : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void leavesSecretsAtHome_data();
    void leavesSecretsAtHome();
    void leavesSecretsAtHomeWhenTheSchemeChanges();
    void neverFollowsIntoTheOpen(); // SRV-19
    void letsARequestSpeakForItself();

private:
    [[nodiscard]] HttpSettings settings() const
    {
        HttpSettings result;
        result.headers = {{"X-Meta", "CANARY"}};
        return result;
    }

    Network m_network;
    const TestCertificate m_certificate{{}};
};

void TestHttpJobOrigins::initTestCase()
{
    // The system trusts the other server too, so that only the origin tells them apart.
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates({m_certificate.certificate()});
    QSslConfiguration::setDefaultConfiguration(configuration);
}

void TestHttpJobOrigins::leavesSecretsAtHome_data()
{
    QTest::addColumn<QString>("target"); // HERE is the port of the registry, THERE another.
    QTest::addColumn<bool>("isHome");
    QTest::newRow("same origin") << u"http://127.0.0.1:HERE/blob"_s << true;
    QTest::newRow("in capitals") << u"HTTP://127.0.0.1:HERE/blob"_s << true;
    QTest::newRow("in another writing") << u"http://0x7f000001:HERE/blob"_s << true;
    QTest::newRow("relative") << u"/blob"_s << true;
    QTest::newRow("another host") << u"http://localhost:HERE/blob"_s << false;
    QTest::newRow("another port") << u"http://127.0.0.1:THERE/blob"_s << false;
    QTest::newRow("another host and port") << u"http://localhost:THERE/blob"_s << false;
}

void TestHttpJobOrigins::leavesSecretsAtHome()
{
    QFETCH(QString, target);
    QFETCH(bool, isHome);
    TestServer there;
    TestServer here;
    target.replace(u"THERE"_s, QString::number(there.port()));
    target.replace(u"HERE"_s, QString::number(here.port()));
    const auto handler = [&](const TestRequest &request, const TestConnection &c) {
        if (request.path() == u"/blob"_s)
            return c.answer({200, "blob", {{"WWW-Authenticate", R"(Basic realm="x")"}}});
        if (!request.headers.contains("authorization"))
            return c.answer({401, {}, {{"WWW-Authenticate", R"(Basic realm="x")"}}});
        c.answer({307, {}, {{"Location", target.toLatin1()}}});
    };
    here.setHandler(handler);
    there.setHandler(handler);
    HttpClient client(m_network, Origin::of(here.url()), settings());
    RegistryAuthorizer authorizer(client);
    client.setAuthorizer(&authorizer);
    authorizer.setCredentials({u"me"_s, Secret("CANARY")});
    const auto response = outcomeOf(client.send({.url = here.url(u"/a"_s)}));
    QVERIFY2(response, response ? "" : qPrintable(response.error().message));
    QCOMPARE(response->body, "blob");
    const TestRequest last = (there.requests().isEmpty() ? here : there).requests().last();
    QCOMPARE(last.path(), u"/blob"_s);
    QCOMPARE(last.headers.contains("authorization"), isHome);
    QCOMPARE(last.headers.contains("x-meta"), isHome);
}

void TestHttpJobOrigins::leavesSecretsAtHomeWhenTheSchemeChanges()
{
    TlsListener there(TlsListener::showing(m_certificate));
    TestServer here;
    here.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({307, {}, {{"Location", there.url().toEncoded()}}});
    });
    HttpClient client(m_network, Origin::of(here.url()), settings());
    HttpRequest request{.url = here.url()};
    request.addHeader("Authorization", "Bearer CANARY");
    const auto response = outcomeOf(client.send(request));
    QVERIFY2(response, response ? "" : qPrintable(response.error().message));
    QCOMPARE(response->body, "ok");
    QVERIFY(here.requests().first().raw.contains("X-Meta: CANARY"));
    QVERIFY(there.received().startsWith("GET / "));
    QVERIFY(!there.received().contains("CANARY"));
}

void TestHttpJobOrigins::neverFollowsIntoTheOpen()
{
    TestServer there;
    TlsListener here(TlsListener::showing(m_certificate));
    here.setHandler([&](QSslSocket &socket) {
        socket.write("HTTP/1.1 307 Moved\r\nContent-Length: 0\r\nLocation: "
                     + there.url().toEncoded() + "\r\n\r\n");
    });
    HttpClient client(m_network, Origin::of(here.url()), settings());
    const auto response = outcomeOf(client.send({.url = here.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Policy);
    QVERIFY(there.requests().isEmpty());
}

void TestHttpJobOrigins::letsARequestSpeakForItself()
{
    // What the person configured replaces nothing that a request needs.
    TestServer here;
    here.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "ok"}); });
    HttpClient client(m_network, Origin::of(here.url()), settings());
    HttpRequest request{.url = here.url()};
    request.addHeader("X-Meta", "mine");
    QVERIFY(outcomeOf(client.send(request)));
    QCOMPARE(here.requests().first().header("x-meta"), "mine");
}

QTEST_GUILESS_MAIN(TestHttpJobOrigins)
#include "tst_httpjob_origins.moc"
