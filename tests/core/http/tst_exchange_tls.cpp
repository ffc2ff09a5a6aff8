// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"

#include <QFile>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

namespace {

QString dataPath(const QString &name)
{
    return QStringLiteral(TEST_DATA) + u"/tls/"_s + name;
}

/// Answers everything over TLS, and keeps what it was asked.
class TlsServer
{
public:
    explicit TlsServer(const QString &certificate)
    {
        QFile key(dataPath(u"server.key"_s));
        if (!key.open(QIODevice::ReadOnly))
            qFatal("There is no key for the server.");
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
        configuration.setLocalCertificateChain(QSslCertificate::fromPath(dataPath(certificate)));
        m_server.setSslConfiguration(configuration);
        QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server,
                         [this] { answer(m_server.nextPendingConnection()); });
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("A test server cannot listen.");
    }

    [[nodiscard]] QUrl url() const
    {
        return QUrl(u"https://127.0.0.1:%1/"_s.arg(m_server.serverPort()));
    }
    [[nodiscard]] const QByteArray &received() const { return m_received; }

private:
    void answer(QTcpSocket *socket)
    {
        QObject::connect(socket, &QTcpSocket::readyRead, &m_server, [this, socket] {
            m_received += socket->readAll();
            if (m_received.endsWith("\r\n\r\n"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
    }

    QByteArray m_received;
    QSslServer m_server;
};

} // namespace

/// Exchange and the certificates of servers.
class TestExchangeTls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void talksToAServerWhoseCertificateNamesIt();
    void refusesCertificatesThatNameNoHost();
    void refusesCertificatesOfNobodyKnown();

private:
    /// What becomes of requests that carry a secret.
    [[nodiscard]] Result<HttpResponse> ask(const TlsServer &server);

    std::unique_ptr<Network> m_network;
};

void TestExchangeTls::initTestCase()
{
    QSslConfiguration trusting = QSslConfiguration::defaultConfiguration();
    trusting.addCaCertificates(dataPath(u"ca.pem"_s));
    QSslConfiguration::setDefaultConfiguration(trusting);
    m_network = std::make_unique<Network>();
}

Result<HttpResponse> TestExchangeTls::ask(const TlsServer &server)
{
    HttpSettings settings;
    settings.retry.attempts = 1;
    HttpClient client(*m_network, Origin::of(server.url()), settings);
    HttpRequest request{.url = server.url()};
    request.addHeader("Authorization", "Bearer CANARY");
    // Others wait for a connection of their own, and may not use this one either.
    for (int i = 0; i < 7; ++i)
        client.send(request)->start();
    return outcomeOf(client.send(request));
}

void TestExchangeTls::talksToAServerWhoseCertificateNamesIt()
{
    const TlsServer server(u"server.pem"_s);
    const auto answer = ask(server);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message + answer.error().detail));
    QCOMPARE(answer->body, "ok");
    QVERIFY(server.received().contains("CANARY"));
}

void TestExchangeTls::refusesCertificatesThatNameNoHost()
{
    // Q22: Qt accepts the common name in place of it.
    const TlsServer server(u"commonname.pem"_s);
    const auto answer = ask(server);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Kind::Tls);
    QVERIFY2(answer.error().message.contains(u"subject alternative name"_s),
             qPrintable(answer.error().message));
    QCOMPARE(server.received(), "");
}

void TestExchangeTls::refusesCertificatesOfNobodyKnown()
{
    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    QSslConfiguration strict = before;
    strict.setCaCertificates({});
    QSslConfiguration::setDefaultConfiguration(strict);
    const TlsServer server(u"server.pem"_s);
    const auto answer = ask(server);
    QSslConfiguration::setDefaultConfiguration(before);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Kind::Tls);
    QVERIFY(!answer.error().detail.isEmpty()); // Says what is wrong with it.
    QCOMPARE(server.received(), "");
}

QTEST_GUILESS_MAIN(TestExchangeTls)
#include "tst_exchange_tls.moc"
