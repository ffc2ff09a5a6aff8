// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/tlssettings.h"
#include "core/registry/openregistryjob.h"
#include "core/registry/registrysession.h"
#include "support/outcome.h"
#include "support/testproxy.h"
#include "support/testserver.h"
#include "support/tlslistener.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

/// Exchange and servers that speak TLS in another way, not at all, or not to the end.
class TestExchangeHandshakes : public QObject
{
    Q_OBJECT

private slots:
    void speaksTodaysVersions_data(); // TLS-06
    void speaksTodaysVersions();
    void neverFallsBackToPlainHttp_data(); // TLS-07
    void neverFallsBackToPlainHttp();
    void saysThatAServerSpeaksNoHttp(); // TLS-07
    void triesAgainWhenAHandshakeBreaks_data(); // TLS-08
    void triesAgainWhenAHandshakeBreaks();
    void takesNoHalfBody_data(); // TLS-12
    void takesNoHalfBody();
    void takesNoHalfDocument_data(); // TLS-12
    void takesNoHalfDocument();
    void offersHttpOneAlone_data(); // TLS-16
    void offersHttpOneAlone();

private:
    [[nodiscard]] HttpSettings trusting() const
    {
        HttpSettings settings;
        settings.retry.firstDelay = 1ms;
        settings.tls = std::make_shared<TlsSettings>(
            TlsSettings{.authorities = {m_certificate.certificate()}});
        return settings;
    }
    [[nodiscard]] Result<HttpResponse> ask(quint16 port)
    {
        const QUrl url(u"https://127.0.0.1:%1/"_s.arg(port));
        HttpClient client(m_network, Origin::of(url), trusting());
        HttpRequest request{.url = url};
        request.addHeader("Authorization", "Bearer CANARY");
        return outcomeOf(client.send(request));
    }

    Network m_network;
    const TestCertificate m_certificate{{}};
};

void TestExchangeHandshakes::speaksTodaysVersions_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("isSpoken");
    QTest::newRow("TLS 1.0") << QByteArray("TLSv1") << false;
    QTest::newRow("TLS 1.1") << QByteArray("TLSv1.1") << false;
    QTest::newRow("TLS 1.2") << QByteArray("TLSv1.2") << true;
    QTest::newRow("TLS 1.3") << QByteArray("TLSv1.3") << true;
}

void TestExchangeHandshakes::speaksTodaysVersions()
{
    QFETCH(QByteArray, version);
    QFETCH(bool, isSpoken);
    QSslConfiguration configuration = TlsListener::showing(m_certificate);
    configuration.setProtocol(QSsl::AnyProtocol);
    configuration.setBackendConfiguration({{"MinProtocol", version},
                                           {"MaxProtocol", version},
                                           {"CipherString", QByteArray("ALL:@SECLEVEL=0")}});
    TlsListener server(configuration);
    const auto answer = ask(server.port());
    QCOMPARE(bool(answer), isSpoken);
    if (!answer) {
        QCOMPARE(answer.error().kind, Kind::Tls);
        QCOMPARE(server.received(), "");
    }
}

void TestExchangeHandshakes::neverFallsBackToPlainHttp_data()
{
    QTest::addColumn<QByteArray>("greeting");
    QTest::newRow("HTTP") << QByteArray();
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    QTest::newRow("a page") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n<html>");
}

void TestExchangeHandshakes::neverFallsBackToPlainHttp()
{
    QFETCH(QByteArray, greeting);
    TestServer http; // Answers TLS as HTTP.
    QTcpServer talker;
    QVERIFY(talker.listen(QHostAddress::LocalHost));
    connect(&talker, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = talker.nextPendingConnection();
        socket->write(greeting);
    });
    const quint16 port = greeting.isEmpty() ? http.port() : talker.serverPort();
    OpenRegistryJob::Options options{*RegistryAddress::parse(u"https://127.0.0.1:%1"_s.arg(port))};
    options.credentials = {u"me"_s, Secret("CANARY")};
    options.settings.timeouts.connect = 5s;
    const auto opened = outcomeOf(new OpenRegistryJob(m_network, options));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Kind::Tls);
    QVERIFY2(opened.error().message.contains(u"does not speak TLS"_s),
             qPrintable(opened.error().message));
    QVERIFY(http.requests().isEmpty());
}

void TestExchangeHandshakes::saysThatAServerSpeaksNoHttp()
{
    TlsListener server(TlsListener::showing(m_certificate));
    const QUrl url(u"http://127.0.0.1:%1/"_s.arg(server.port()));
    HttpClient client(m_network, Origin::of(url), trusting());
    HttpRequest request{.url = url, .attempts = 1};
    const auto answer = outcomeOf(client.send(request));
    QVERIFY(!answer);
    QVERIFY(answer.error().kind == Kind::Protocol || answer.error().kind == Kind::Network);
    QCOMPARE(server.received(), "");
}

void TestExchangeHandshakes::triesAgainWhenAHandshakeBreaks_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("at once") << qint64(0);
    QTest::newRow("in the first flight") << qint64(40);
    QTest::newRow("in the certificate") << qint64(300);
    QTest::newRow("behind the handshake") << qint64(2500);
}

void TestExchangeHandshakes::triesAgainWhenAHandshakeBreaks()
{
    QFETCH(qint64, bytes);
    TlsListener server(TlsListener::showing(m_certificate));
    server.setHandler([](QSslSocket &socket) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + QByteArray(4000, 'x'));
    });
    TestProxy wire(TestProxy::Form::Wire, server.port());
    wire.setLimit(bytes);
    const auto answer = ask(wire.port());
    QVERIFY(!answer);
    QVERIFY(answer.error().kind == Kind::Network || answer.error().kind == Kind::Tls);
    // Qt itself may come twice where nothing was answered.
    QVERIFY2(wire.connectionCount() <= 2 * 5,
             QByteArray::number(wire.connectionCount()).constData());
    if (answer.error().kind == Kind::Network)
        QVERIFY(wire.connectionCount() >= 5);
    wire.setLimit(-1);
    QVERIFY(ask(wire.port()));
}

void TestExchangeHandshakes::takesNoHalfBody_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("saysGoodbye");
    QTest::addColumn<bool>("isWhole");
    const QByteArray open = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\npart";
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n";
    QTest::newRow("ended by the connection") << open << true << true;
    QTest::newRow("a chunk too few") << chunked << true << false;
    QTest::newRow("a chunk too few, cut") << chunked << false << false;
    QTest::newRow("shorter than announced, cut")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart") << false << false;
}

void TestExchangeHandshakes::takesNoHalfBody()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, saysGoodbye);
    TlsListener server(TlsListener::showing(m_certificate));
    server.setHandler([&](QSslSocket &socket) {
        socket.write(answer);
        if (saysGoodbye)
            return socket.disconnectFromHost();
        socket.waitForBytesWritten();
        socket.abort(); // Closes without the farewell of TLS.
    });
    const auto response = ask(server.port());
    QTEST(bool(response), "isWhole");
    if (!response)
        QCOMPARE(response.error().kind, Kind::Network);
}

void TestExchangeHandshakes::takesNoHalfDocument_data()
{
    // Only the end of the connection says that the body is whole, and Qt does not tell a farewell
    // from a cut. What was cut is no document then.
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<bool>("isWhole");
    QTest::newRow("whole") << QByteArray(R"({"name":"a","tags":["1","2"]})") << true;
    QTest::newRow("half a list") << QByteArray(R"({"name":"a","tags":["1","2")") << false;
    QTest::newRow("all but its end") << QByteArray(R"({"name":"a","tags":["1","2"])") << false;
    QTest::newRow("nothing of it") << QByteArray() << false;
}

void TestExchangeHandshakes::takesNoHalfDocument()
{
    QFETCH(QByteArray, document);
    TlsListener server(TlsListener::showing(m_certificate));
    server.setHandler([&](QSslSocket &socket) {
        socket.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + document);
        socket.waitForBytesWritten();
        socket.abort(); // Closes without the farewell of TLS.
    });
    RegistrySession session(m_network, *RegistryAddress::parse(server.url().authority()),
                            u"https"_s, trusting());
    const auto list = outcomeOf(session.listTags(*RepositoryName::parse(u"a")));
    QTEST(bool(list), "isWhole");
}

void TestExchangeHandshakes::offersHttpOneAlone_data()
{
    QTest::addColumn<QList<QByteArray>>("spoken");
    QTest::newRow("both") << QList<QByteArray>{"h2", "http/1.1"};
    QTest::newRow("HTTP/2 only") << QList<QByteArray>{"h2"};
}

void TestExchangeHandshakes::offersHttpOneAlone()
{
    QFETCH(QList<QByteArray>, spoken);
    QSslConfiguration configuration = TlsListener::showing(m_certificate);
    configuration.setAllowedNextProtocols(spoken);
    TlsListener server(configuration);
    QByteArray agreed = "nothing";
    server.setHandler([&](QSslSocket &socket) {
        agreed = socket.sslConfiguration().nextNegotiatedProtocol();
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
    const auto answer = ask(server.port());
    // Where the server insists, it is told, and not understood as HTTP/2.
    QVERIFY2(answer || answer.error().kind == Kind::Tls || answer.error().kind == Kind::Network,
             answer ? "" : qPrintable(answer.error().message));
    QVERIFY(agreed != "h2");
    if (answer)
        QVERIFY(server.received().startsWith("GET / HTTP/1.1\r\n"));
}

QTEST_GUILESS_MAIN(TestExchangeHandshakes)
#include "tst_exchange_handshakes.moc"
