// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

HttpSettings quickSettings()
{
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    return settings;
}

} // namespace

class TestHttpJob : public QObject
{
    Q_OBJECT

private slots:
    void sendsWhatRegistriesNeed();
    void reportsTheRegistrysOwnWords();
    void leavesCredentialsAtHomeWhenRedirected();
    void followsAsManyRedirectsAsItMay();
    void stopsAtEndlessRedirects();
    void stopsAtRedirectsInACircle();
    void refusesRedirects_data();
    void refusesRedirects();
    void followsNoRedirectOfAChange();
    void triesAgainWhenTheServerIsBusy();
    void waitsAsLongAsTheServerSays();
    void doesNotRepeatAChangeWhoseAnswerIsLost();
    void sendsNothingButReadsWhenReadOnly();
    void endsWhenItsClientGoes();
    void cancelStopsTheExchange();

private:
    Network m_network;
};

void TestHttpJob::sendsWhatRegistriesNeed()
{
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "ok"}); });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url(u"/a%2Fb?x=%3D+%2B"_s)}));
    QVERIFY(response);
    QCOMPARE(response->body, "ok");
    const TestRequest &request = server.requests().first();
    QCOMPARE(request.target, "/a%2Fb?x=%3D+%2B");
    QCOMPARE(request.header("accept-encoding"), "identity");
    QVERIFY(request.header("user-agent").startsWith("Longshore/"));
    QVERIFY(!request.headers.contains("authorization"));
}

void TestHttpJob::reportsTheRegistrysOwnWords()
{
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({404, R"({"errors":[{"code":"NAME_UNKNOWN","message":"no \u001b[31m such"}]})"});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::NotFound);
    QCOMPARE(response.error().httpStatus, 404);
    QCOMPARE(response.error().serverCode, u"NAME_UNKNOWN"_s);
    QVERIFY(response.error().detail.contains(u"\\u{1B}"_s));
    QVERIFY(response.error().message.contains(server.host()));
}

void TestHttpJob::leavesCredentialsAtHomeWhenRedirected()
{
    TestServer other;
    other.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "blob"}); });
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({307, {}, {{"Location", other.url(u"/x?sig=a%2Bb%3D"_s).toEncoded()}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    HttpRequest request{.url = server.url()};
    request.addHeader("Authorization", "Bearer CANARY");
    request.addHeader("X-Meta", "mine");
    request.addHeader("Range", "bytes=1-");
    const auto response = outcomeOf(client.send(request));
    QVERIFY(response);
    QCOMPARE(response->body, "blob");
    QCOMPARE(other.requests().first().target, "/x?sig=a%2Bb%3D");
    QVERIFY(!other.requests().first().raw.contains("CANARY"));
    QVERIFY(!other.requests().first().headers.contains("x-meta"));
    QCOMPARE(other.requests().first().header("range"), "bytes=1-");
    QCOMPARE(other.requests().first().header("accept-encoding"), "identity");
}

void TestHttpJob::followsAsManyRedirectsAsItMay()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        const qsizetype count = server.requests().size();
        c.answer({count > 5 ? 200 : 302, "x", {{"Location", "/" + QByteArray::number(count)}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY2(response, response ? "" : qPrintable(response.error().message));
    QCOMPARE(response->url, server.url(u"/5"_s));
}

void TestHttpJob::stopsAtEndlessRedirects()
{
    TestServer server;
    int count = 0;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({302, {}, {{"Location", "/" + QByteArray::number(++count)}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Policy);
    QCOMPARE(server.requests().size(), qsizetype(6));
}

void TestHttpJob::stopsAtRedirectsInACircle()
{
    TestServer server;
    server.setHandler([&](const TestRequest &request, const TestConnection &c) {
        c.answer({302, {}, {{"Location", request.path() == u"/a"_s ? "/b" : "/a"}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url(u"/a"_s)}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Policy);
    QCOMPARE(server.requestLines(), QStringList({u"GET /a"_s, u"GET /b"_s}));
}

void TestHttpJob::refusesRedirects_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
    QTest::newRow("ftp") << QByteArray("ftp://example.org/");
    QTest::newRow("data") << QByteArray("data:,x");
    QTest::newRow("script") << QByteArray("javascript:alert(1)");
    QTest::newRow("no host") << QByteArray("//");
    QTest::newRow("user name without a scheme") << QByteArray("//me@127.0.0.1/");
    QTest::newRow("line break") << QByteArray("/x%0d%0aX-Evil:%20yes");
    QTest::newRow("user name") << QByteArray("http://me:pw@127.0.0.1/");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("too long") << QByteArray("/" + QByteArray(9000, 'a'));
}

void TestHttpJob::refusesRedirects()
{
    QFETCH(QByteArray, location);
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({302, {}, {{"Location", location}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QVERIFY(response.error().kind == Error::Kind::Policy
            || response.error().kind == Error::Kind::Protocol);
    QCOMPARE(server.requests().size(), qsizetype(1));
}

void TestHttpJob::followsNoRedirectOfAChange()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({307, {}, {{"Location", "/elsewhere"}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response =
        outcomeOf(client.send({.method = HttpRequest::Method::Delete, .url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Policy);
    QCOMPARE(server.requests().size(), qsizetype(1));
}

void TestHttpJob::triesAgainWhenTheServerIsBusy()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({server.requests().size() < 3 ? 503 : 200, "x"});
    });
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    QVERIFY(outcomeOf(client.send({.url = server.url()})));
    QCOMPARE(server.requests().size(), qsizetype(3));
}

void TestHttpJob::waitsAsLongAsTheServerSays()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer(
            {429, "slow down", {{"Retry-After", server.requests().size() < 2 ? "0" : "7200"}}});
    });
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    QSignalSpy waits(&client, &HttpClient::retryScheduled);
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::RateLimited);
    QCOMPARE(response.error().retryAfter, std::optional(7200s));
    QCOMPARE(waits.count(), 1); // Two hours are more than anybody waits.
}

void TestHttpJob::doesNotRepeatAChangeWhoseAnswerIsLost()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) { c.reset(); });
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    const auto response =
        outcomeOf(client.send({.method = HttpRequest::Method::Delete, .url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Ambiguous);
    // Qt itself sends a request twice when the connection dies before the first byte.
    QVERIFY(server.requests().size() <= 2);
}

void TestHttpJob::sendsNothingButReadsWhenReadOnly()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) { c.answer({200, "x"}); });
    HttpSettings settings;
    settings.isReadOnly = true;
    HttpClient client(m_network, Origin::of(server.url()), settings);
    for (const auto method : {HttpRequest::Method::Delete, HttpRequest::Method::Put,
                              HttpRequest::Method::Post, HttpRequest::Method::Patch}) {
        const auto response = outcomeOf(client.send({.method = method, .url = server.url()}));
        QVERIFY(!response);
        QCOMPARE(response.error().kind, Error::Kind::Policy);
    }
    QVERIFY(server.requests().isEmpty());
    QVERIFY(outcomeOf(client.send({.url = server.url()})));
}

void TestHttpJob::endsWhenItsClientGoes()
{
    TestServer server;
    auto client = std::make_unique<HttpClient>(m_network, Origin::of(server.url()));
    QSignalSpy requested(&server, &TestServer::requested);
    HttpJob *job = client->send({.url = server.url()});
    job->setParent(this); // As when a composite job has adopted it.
    std::optional<Result<HttpResponse>> outcome;
    job->then(this, [&](const auto &result) { outcome = result; });
    job->start();
    QTRY_COMPARE(requested.count(), 1);
    client.reset();
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->error().isCancelled());
}

void TestHttpJob::cancelStopsTheExchange()
{
    TestServer server;
    QPointer<QObject> gone;
    HttpClient client(m_network, Origin::of(server.url()));
    QSignalSpy requested(&server, &TestServer::requested);
    HttpJob *job = client.send({.url = server.url()});
    std::optional<Result<HttpResponse>> outcome;
    job->then(this, [&](const auto &result) { outcome = result; });
    job->start();
    QTRY_COMPARE(requested.count(), 1);
    job->cancel();
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->error().isCancelled());
    QTRY_COMPARE(client.queue().runningCount(server.host()), 0);
}

QTEST_GUILESS_MAIN(TestHttpJob)
#include "tst_httpjob.moc"
