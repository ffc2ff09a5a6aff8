// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

#include <QSignalSpy>

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

class CollectingSink final : public ByteSink
{
public:
    Result<Done> begin(qint64, qint64) override { return Done(); }
    Result<Done> write(QByteArrayView bytes) override
    {
        content += bytes;
        return Done();
    }
    Result<Done> finish() override { return Done(); }

    QByteArray content;
};

} // namespace

/// HttpJob and what is tried again, and what is not.
class TestHttpJobRetries : public QObject
{
    Q_OBJECT

private slots:
    void repeatsWhatMayBeRepeated_data();
    void repeatsWhatMayBeRepeated();
    void repeatsADownloadThatBroughtNothing_data();
    void repeatsADownloadThatBroughtNothing();
    void startsAtTheBeginningWhenARedirectTargetFails();
    void repeatsNoDownloadThatBroughtSomething();
    void sendsNothingOnceItIsCancelled();
    void oneSlowHostDoesNotDelayAnother();
    void waitsForNobodyWhoHasGone();
    void waitsLongerForAChange();

private:
    Network m_network;
};

void TestHttpJobRetries::repeatsWhatMayBeRepeated_data()
{
    QTest::addColumn<Method>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<qsizetype>("count");
    QTest::newRow("SRV-38 GET 500") << Method::Get << 500 << qsizetype(3);
    QTest::newRow("SRV-38 HEAD 502") << Method::Head << 502 << qsizetype(3);
    QTest::newRow("SRV-38 GET 504") << Method::Get << 504 << qsizetype(3);
    QTest::newRow("GET 408") << Method::Get << 408 << qsizetype(3);
    QTest::newRow("GET 403") << Method::Get << 403 << qsizetype(1);
    QTest::newRow("GET 404") << Method::Get << 404 << qsizetype(1);
    QTest::newRow("GET 501") << Method::Get << 501 << qsizetype(1);
    QTest::newRow("DELETE 500") << Method::Delete << 500 << qsizetype(1);
    QTest::newRow("DELETE 502") << Method::Delete << 502 << qsizetype(1);
    QTest::newRow("DEL-22 DELETE 429") << Method::Delete << 429 << qsizetype(3);
    QTest::newRow("DELETE 503") << Method::Delete << 503 << qsizetype(3);
    QTest::newRow("UPL-34 POST 405") << Method::Post << 405 << qsizetype(1);
}

void TestHttpJobRetries::repeatsWhatMayBeRepeated()
{
    QFETCH(Method, method);
    QFETCH(int, status);
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({status, {}, {}, method == Method::Head});
    });
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    const auto response =
        outcomeOf(client.send({.method = method, .url = server.url(), .attempts = 3}));
    QVERIFY(!response);
    QCOMPARE(response.error().httpStatus, status);
    QTEST(server.requests().size(), "count");
}

void TestHttpJobRetries::repeatsADownloadThatBroughtNothing_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::newRow("busy, with words")
        << QByteArray("HTTP/1.1 503 Busy\r\nContent-Length: 2\r\n\r\nno");
    QTest::newRow("empty answer") << QByteArray();
}

void TestHttpJobRetries::repeatsADownloadThatBroughtNothing()
{
    QFETCH(QByteArray, first);
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        if (server.requests().size() > 1)
            return connection.answer({200, "blob"});
        connection.sendRaw(first);
        connection.close();
    });
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    auto sink = std::make_shared<CollectingSink>();
    const auto response = outcomeOf(client.send({.url = server.url(), .sink = sink}));
    QVERIFY2(response, response ? "" : qPrintable(response.error().message));
    QCOMPARE(sink->content, "blob");
}

void TestHttpJobRetries::startsAtTheBeginningWhenARedirectTargetFails()
{
    // SRV-24: a signature may have run out in between, and redirects carry bodies for people.
    TestServer store;
    store.setHandler([&](const TestRequest &, const TestConnection &c) {
        store.requests().size() == 1 ? c.answer({503, "later"}) : c.answer({200, "blob"});
    });
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        const QByteArray number = QByteArray::number(server.requests().size());
        c.answer({307, "<a href=x>Moved</a>", {{"Location", store.url().toEncoded() + number}}});
    });
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    auto sink = std::make_shared<CollectingSink>();
    const auto response = outcomeOf(client.send({.url = server.url(), .sink = sink}));
    QVERIFY2(response, response ? "" : qPrintable(response.error().message));
    QCOMPARE(sink->content, "blob");
    QCOMPARE(store.requestLines(), QStringList({u"GET /1"_s, u"GET /2"_s}));
}

void TestHttpJobRetries::repeatsNoDownloadThatBroughtSomething()
{
    // It falls silent: of what comes together with an end Qt now and then brings nothing.
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &connection) {
        connection.answer({200, "half", {{"Content-Length", "8"}}});
    });
    HttpSettings settings = quickSettings();
    settings.timeouts.idle = 200ms;
    HttpClient client(m_network, Origin::of(server.url()), settings);
    auto sink = std::make_shared<CollectingSink>();
    QVERIFY(!outcomeOf(client.send({.url = server.url(), .sink = sink})));
    QCOMPARE(sink->content, "half");
    QCOMPARE(server.requests().size(), qsizetype(1));
}

void TestHttpJobRetries::sendsNothingOnceItIsCancelled()
{
    // CON-03, and a job that waits for its next attempt.
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) { c.answer({503, "x"}); });
    HttpSettings settings;
    settings.retry.firstDelay = 1h;
    settings.retry.longestDelay = 1h;
    HttpClient client(m_network, Origin::of(server.url()), settings);
    QSignalSpy retries(&client, &HttpClient::retryScheduled);
    QList<QPointer<HttpJob>> jobs;
    for (int i = 0; i < 100; ++i) {
        jobs.append(client.send({.url = server.url()}));
        jobs.last()->start();
    }
    QTRY_VERIFY(retries.count() > 0);
    for (const auto &job : jobs)
        job->cancel();
    const qsizetype sent = server.requests().size();
    QTRY_VERIFY(std::all_of(jobs.begin(), jobs.end(), [](const auto &job) { return !job; }));
    QTRY_COMPARE(client.queue().runningCount(server.host()), 0);
    QCOMPARE(client.queue().waitingCount(), qsizetype(0));
    QVERIFY(server.requests().size() <= sent + 6); // What was on its way.
}

void TestHttpJobRetries::oneSlowHostDoesNotDelayAnother()
{
    // CON-10
    TestServer slow; // Never answers.
    TestServer fast;
    fast.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "x"}); });
    HttpClient client(m_network, Origin::of(fast.url()));
    QList<HttpJob *> waiting;
    for (int i = 0; i < 20; ++i) {
        waiting.append(client.send({.url = slow.url()}));
        waiting.last()->start();
    }
    QTRY_COMPARE(client.queue().runningCount(slow.host()), 6);
    QVERIFY(outcomeOf(client.send({.url = fast.url()})));
    QCOMPARE(client.queue().runningCount(slow.host()), 6);
}

void TestHttpJobRetries::waitsForNobodyWhoHasGone()
{
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) { c.reset(); });
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    const QSignalSpy retries(&client, &HttpClient::retryScheduled);
    const auto isAnswered = [&] { return bool(outcomeOf(client.send({.url = server.url()}))); };
    QVERIFY(!isAnswered());
    QVERIFY(!isAnswered());
    const auto expected = retries.count();
    QVERIFY(expected > 4);
    QVERIFY(!isAnswered()); // Ten in a row were enough: one try each from now on.
    QCOMPARE(retries.count(), expected);
    server.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200}); });
    QVERIFY(isAnswered());
    server.setHandler([](const TestRequest &, const TestConnection &c) { c.reset(); });
    QVERIFY(!isAnswered());
    QVERIFY(retries.count() > expected); // It was there again.
}

void TestHttpJobRetries::waitsLongerForAChange()
{
    TestServer server; // DEL-16: deletions take minutes where a repository is large.
    std::optional<TestConnection> deletion;
    server.setHandler([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method == "DELETE")
            deletion = connection;
    });
    HttpSettings settings;
    settings.timeouts.firstByte = std::chrono::milliseconds(50);
    settings.retry.attempts = 1;
    HttpClient client(m_network, Origin::of(server.url()), settings);
    HttpJob *job = client.send({.method = HttpRequest::Method::Delete, .url = server.url()});
    std::optional<Result<HttpResponse>> outcome;
    job->then(this, [&](const auto &result) { outcome = result; });
    job->start();
    QTRY_VERIFY(deletion);
    const auto read = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Timeout);
    QVERIFY(!outcome);
    deletion->answer({202, {}});
    QTRY_VERIFY(outcome);
    QVERIFY(*outcome);
}

QTEST_GUILESS_MAIN(TestHttpJobRetries)
#include "tst_httpjob_retries.moc"
