// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpresponse.h"
#include "core/registry/uploadsession.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestUploadSession : public QObject
{
    Q_OBJECT

private slots:
    void resolvesLocations_data(); // UPL-02
    void resolvesLocations();
    void refusesLocations_data(); // UPL-03
    void refusesLocations();
    void appendsTheDigest_data(); // UPL-02
    void appendsTheDigest();
    void readsHowMuchIsThere_data(); // UPL-09
    void readsHowMuchIsThere();

private:
    static Result<UploadSession> read(const QByteArray &asked, const QByteArray &location)
    {
        HttpResponse response;
        response.status = 202;
        response.url = QUrl::fromEncoded(asked);
        response.headers.insert("Location", location);
        return readUploadSession(response);
    }
};

void TestUploadSession::resolvesLocations_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("resolved");
    const auto row = [](const char *name, const char *asked, const char *location,
                        const char *resolved) {
        QTest::newRow(name) << QByteArray(asked) << QByteArray(location) << QByteArray(resolved);
    };
    const auto *registry = "https://r.example/v2/a/blobs/uploads/";
    row("absolute", registry, "https://r.example/up/1?s=2", "https://r.example/up/1?s=2");
    row("of another host", registry, "https://store.example/1?sig=a%2Bb%3D",
        "https://store.example/1?sig=a%2Bb%3D");
    row("a path", registry, "/v2/a/blobs/uploads/1", "https://r.example/v2/a/blobs/uploads/1");
    row("a name", registry, "1?x=%2F", "https://r.example/v2/a/blobs/uploads/1?x=%2F");
    row("a query", registry, "?x=1", "https://r.example/v2/a/blobs/uploads/?x=1");
    row("state as it is", registry, "/u?_state=a+b%2Fc%3D=&z=%C3%A4",
        "https://r.example/u?_state=a+b%2Fc%3D=&z=%C3%A4");
    row("a proxy that speaks TLS for it", registry, "http://r.example/u?a=b",
        "https://r.example/u?a=b");
    row("the same with a port", "https://r.example:5000/v2/", "http://r.example:5000/u",
        "https://r.example:5000/u");
    row("the same without its port", "https://r.example:5000/v2/", "http://r.example/u",
        "https://r.example:5000/u");
    row("plain as asked", "http://r.example/v2/", "http://r.example/u", "http://r.example/u");
}

void TestUploadSession::resolvesLocations()
{
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, location);
    const auto session = read(asked, location);
    QVERIFY2(session, session ? "" : qPrintable(session.error().message));
    QTEST(session->location.toEncoded(), "resolved");
}

void TestUploadSession::refusesLocations_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<Error::Kind>("kind");
    const auto policy = Error::Kind::Policy;
    QTest::newRow("none") << QByteArray() << Error::Kind::Protocol;
    QTest::newRow("broken") << QByteArray("https://r.example/%zz") << Error::Kind::Protocol;
    QTest::newRow("to plain HTTP elsewhere") << QByteArray("http://other.example/u") << policy;
    QTest::newRow("to plain HTTP at another port") << QByteArray("http://r.example:81/u") << policy;
    QTest::newRow("to this machine") << QByteArray("https://127.0.0.1/u") << policy;
    QTest::newRow("into this machine") << QByteArray("https://127.0.0.1/u") << policy;
    QTest::newRow("with a user") << QByteArray("https://u:p@r.example/u") << policy;
    QTest::newRow("to a file") << QByteArray("file:///etc/passwd") << policy;
    QTest::newRow("with a line break") << QByteArray("/u?a=%0D%0A") << policy;
}

void TestUploadSession::refusesLocations()
{
    QFETCH(QByteArray, location);
    const auto session = read("https://r.example/v2/a/blobs/uploads/", location);
    QVERIFY(!session);
    QTEST(session.error().kind, "kind");
}

void TestUploadSession::appendsTheDigest_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("without a query") << QByteArray("https://r/u") << QByteArray("https://r/u?");
    QTest::newRow("to an empty query") << QByteArray("https://r/u?") << QByteArray("https://r/u?");
    QTest::newRow("to a query") << QByteArray("https://r/u?a+b=%2F%3D")
                                << QByteArray("https://r/u?a+b=%2F%3D&");
}

void TestUploadSession::appendsTheDigest()
{
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, before);
    const Digest digest = Digest::ofBytes("x");
    const QByteArray encoded = "digest=sha256%3A" + digest.encoded().toLatin1();
    QCOMPARE(finalLocation(QUrl::fromEncoded(location), digest).toEncoded(), before + encoded);
}

void TestUploadSession::readsHowMuchIsThere_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<std::optional<qint64>>("received");
    using Received = std::optional<qint64>;
    QTest::newRow("ten bytes") << QByteArray("0-9") << Received(10);
    QTest::newRow("with a unit") << QByteArray("bytes=0-9") << Received(10);
    QTest::newRow("nothing, says Docker's") << QByteArray("0-0") << Received(0);
    QTest::newRow("nothing, says Quay") << QByteArray("bytes=0--1") << Received(0);
    for (const auto *nonsense :
         {"", "1-9", "0-", "0--2", "0-9/10", "9", "0-x", " 0-9", "0-9999999999999999999"})
        QTest::newRow(nonsense) << QByteArray(nonsense) << Received();
}

void TestUploadSession::readsHowMuchIsThere()
{
    QFETCH(QByteArray, range);
    QTEST(parseReceived(range), "received");
}

QTEST_GUILESS_MAIN(TestUploadSession)
#include "tst_uploadsession.moc"
