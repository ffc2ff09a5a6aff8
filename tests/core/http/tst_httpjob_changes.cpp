// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/openupload.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;
using Method = HttpRequest::Method;

namespace {

HttpSettings quickSettings()
{
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    return settings;
}

} // namespace

/// HttpJob and changes whose server is not there: what surely never left is tried again.
class TestHttpJobChanges : public QObject
{
    Q_OBJECT

private slots:
    void repeatsAChangeThatNeverLeft_data();
    void repeatsAChangeThatNeverLeft();
    void repeatsNoChangeThatFoundNobodyTheSecondTime_data();
    void repeatsNoChangeThatFoundNobodyTheSecondTime();

private:
    Network m_network;
};

void TestHttpJobChanges::repeatsAChangeThatNeverLeft_data()
{
    // NET-01
    QTest::addColumn<Method>("method");
    QTest::addColumn<qsizetype>("size"); // Of the body; negative for one from a source.
    QTest::newRow("DELETE") << Method::Delete << qsizetype(0);
    QTest::newRow("POST") << Method::Post << qsizetype(0);
    QTest::newRow("PUT") << Method::Put << qsizetype(100);
    QTest::newRow("PUT from a source") << Method::Put << qsizetype(-100);
    QTest::newRow("PUT of much") << Method::Put << qsizetype(-2'000'000);
}

void TestHttpJobChanges::repeatsAChangeThatNeverLeft()
{
    QFETCH(Method, method);
    QFETCH(qsizetype, size);
    QTcpServer nobody; // Has a port that is free, and closes it.
    QVERIFY(nobody.listen(QHostAddress::LocalHost));
    const QUrl url(u"http://127.0.0.1:%1/"_s.arg(nobody.serverPort()));
    nobody.close();
    HttpRequest request{.method = method, .url = url, .attempts = 2};
    if (size < 0)
        request.source = std::make_shared<MemorySource>(QByteArray(-size, 'x'));
    else
        request.body = QByteArray(size, 'x');
    HttpClient client(m_network, Origin::of(url), quickSettings());
    const QSignalSpy retries(&client, &HttpClient::retryScheduled);
    const auto response = outcomeOf(client.send(request));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Network);
    QCOMPARE(retries.count(), 1);
}

void TestHttpJobChanges::repeatsNoChangeThatFoundNobodyTheSecondTime_data()
{
    QTest::addColumn<Method>("method");
    QTest::addColumn<qsizetype>("size");
    QTest::newRow("DELETE") << Method::Delete << qsizetype(0);
    QTest::newRow("PUT") << Method::Put << qsizetype(100);
    QTest::newRow("PUT of more than goes at once") << Method::Put << qsizetype(1'000'000);
}

void TestHttpJobChanges::repeatsNoChangeThatFoundNobodyTheSecondTime()
{
    // Qt connects again when a connection was closed that it had used before: what it was refused
    // then has left already.
    QFETCH(Method, method);
    QFETCH(qsizetype, size);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    int received = 0;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&, socket] {
            socket->readAll();
            if (++received == 1) {
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            server.close();
            socket->abort();
        });
    });
    const QUrl url(u"http://127.0.0.1:%1/"_s.arg(server.serverPort()));
    HttpClient client(m_network, Origin::of(url), quickSettings());
    const QSignalSpy retries(&client, &HttpClient::retryScheduled);
    QVERIFY(outcomeOf(client.send({.url = url})));
    const auto response =
        outcomeOf(client.send({.method = method, .url = url, .body = QByteArray(size, 'x')}));
    QVERIFY(!response);
    QVERIFY(received >= 2);
    QCOMPARE(retries.count(), 0);
}

QTEST_GUILESS_MAIN(TestHttpJobChanges)
#include "tst_httpjob_changes.moc"
