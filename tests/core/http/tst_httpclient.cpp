// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/requestauthorizer.h"
#include "support/manualjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

#include <QSignalSpy>

#include <atomic>

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

/// Remembers the thread in which the bytes arrived.
class ThreadSink final : public ByteSink
{
public:
    Result<Done> begin(qint64, qint64) override { return Done(); }
    Result<Done> write(QByteArrayView) override
    {
        thread = QThread::currentThread();
        return Done();
    }
    Result<Done> finish() override { return Done(); }

    std::atomic<QThread *> thread = nullptr;
};

/// Signs in with the same word, and counts.
class OneWordAuthorizer final : public QObject, public RequestAuthorizer
{
public:
    ResultJob<Secret> *authorize(const HttpRequest &) override
    {
        ++count;
        auto *job = new ManualJob<Secret>(this);
        QMetaObject::invokeMethod(
            job, [job] { job->finishWith(Secret("word")); }, Qt::QueuedConnection);
        return job;
    }
    ResultJob<Secret> *answerChallenge(const HttpRequest &request, const HttpResponse &,
                                       const Secret &) override
    {
        return authorize(request);
    }
    bool canSignIn(const HttpRequest &) const override { return true; }
    Error explainRefusal(const HttpRequest &, const Error &refusal, const Secret &) override
    {
        return refusal;
    }

    int count = 0;
};

} // namespace

/// What all requests of one connection have in common; tst_httpjob shows what becomes of each.
class TestHttpClient : public QObject
{
    Q_OBJECT

private slots:
    void sendsNothingBeforeTheJobIsStarted();
    void remembersItsHomeAndItsLimits();
    void sendsNoMoreAtOnceThanItMay();
    void lastWaitersLeaveWithTheClient();
    void keepsBytesInBulkOutOfTheThreadOfSmallRequests_data();
    void keepsBytesInBulkOutOfTheThreadOfSmallRequests();
    void asksNobodyForCredentialsUnlessTold();
    void asksTheAuthorizerForItsHomeAlone();
    void givesUpOnASilentHostAlone();
    void takesARefusalForAnAnswer();
    void saysWhyARequestIsTriedAgain();

private:
    Network m_network;
};

void TestHttpClient::sendsNothingBeforeTheJobIsStarted()
{
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "x"}); });
    HttpClient client(m_network, Origin::of(server.url()));
    HttpJob *idle = client.send({.url = server.url(u"/idle"_s)});
    QVERIFY(outcomeOf(client.send({.url = server.url(u"/started"_s)})));
    QVERIFY(!idle->isFinished());
    QCOMPARE(server.requestLines(), QStringList{u"GET /started"_s});
    QVERIFY(outcomeOf(idle));
}

void TestHttpClient::remembersItsHomeAndItsLimits()
{
    HttpSettings settings;
    settings.isReadOnly = true;
    const HttpClient client(m_network, Origin::of(QUrl(u"https://Reg.lab/v2/"_s)), settings);
    QCOMPARE(client.home().hostAndPort(), u"reg.lab"_s);
    QVERIFY(client.settings().isReadOnly);
}

void TestHttpClient::sendsNoMoreAtOnceThanItMay()
{
    TestServer server; // Answers when told.
    QList<TestConnection> open;
    server.setHandler([&](const TestRequest &, const TestConnection &c) { open.append(c); });
    HttpSettings settings = quickSettings();
    settings.parallelRequests = 3;
    HttpClient client(m_network, Origin::of(server.url()), settings);
    int answered = 0;
    for (int i = 0; i < 8; ++i) {
        HttpJob *job = client.send({.url = server.url()});
        job->then(this, [&](const auto &result) { answered += result ? 1 : 0; });
        job->start();
    }
    QTRY_COMPARE(open.size(), qsizetype(3));
    QCOMPARE(client.queue().runningCount(server.host()), 3);
    QCOMPARE(client.queue().waitingCount(), qsizetype(5));
    for (qsizetype i = 0; i < 8; ++i) {
        QTRY_VERIFY(open.size() > i);
        QVERIFY(client.queue().runningCount(server.host()) <= 3);
        open.at(i).answer({200, "x"});
    }
    QTRY_COMPARE(answered, 8);
    QCOMPARE(client.queue().runningCount(server.host()), 0);
}

void TestHttpClient::lastWaitersLeaveWithTheClient()
{
    TestServer server; // Never answers.
    HttpSettings settings;
    settings.parallelRequests = 1;
    auto client = std::make_unique<HttpClient>(m_network, Origin::of(server.url()), settings);
    QObject owner; // As when composite jobs have adopted them.
    int cancelled = 0;
    for (int i = 0; i < 3; ++i) {
        HttpJob *job = client->send({.url = server.url()});
        job->setParent(&owner);
        job->then(&owner, [&](const auto &result) {
            cancelled += !result && result.error().isCancelled() ? 1 : 0;
        });
        job->start();
    }
    QTRY_COMPARE(server.requests().size(), qsizetype(1));
    client.reset();
    QTRY_COMPARE(cancelled, 3);
    QCOMPARE(server.requests().size(), qsizetype(1));
}

void TestHttpClient::keepsBytesInBulkOutOfTheThreadOfSmallRequests_data()
{
    QTest::addColumn<JobQueue::Priority>("priority");
    QTest::addColumn<bool>("isTransfer");
    QTest::newRow("somebody waits") << JobQueue::Priority::Interactive << false;
    QTest::newRow("details") << JobQueue::Priority::Background << false;
    QTest::newRow("blob") << JobQueue::Priority::Transfer << true;
}

void TestHttpClient::keepsBytesInBulkOutOfTheThreadOfSmallRequests()
{
    QFETCH(JobQueue::Priority, priority);
    QFETCH(bool, isTransfer);
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "x"}); });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto sink = std::make_shared<ThreadSink>();
    QVERIFY(outcomeOf(client.send({.url = server.url(), .sink = sink, .priority = priority})));
    NetworkThread &expected = isTransfer ? m_network.transfers : m_network.requests;
    QCOMPARE(sink->thread.load(), expected.thread());
}

void TestHttpClient::asksNobodyForCredentialsUnlessTold()
{
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({401, {}, {{"WWW-Authenticate", R"(Basic realm="x")"}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Unauthorized);
    QCOMPARE(server.requests().size(), qsizetype(1));
    QVERIFY(!server.requests().first().headers.contains("authorization"));
}

void TestHttpClient::asksTheAuthorizerForItsHomeAlone()
{
    TestServer home;
    TestServer other;
    for (TestServer *server : {&home, &other})
        server->setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200}); });
    HttpClient client(m_network, Origin::of(home.url()));
    OneWordAuthorizer authorizer;
    client.setAuthorizer(&authorizer);
    QVERIFY(outcomeOf(client.send({.url = home.url()})));
    QVERIFY(outcomeOf(client.send({.url = other.url()})));
    QCOMPARE(authorizer.count, 1);
    QCOMPARE(home.requests().first().header("authorization"), "word");
    QVERIFY(!other.requests().first().headers.contains("authorization"));
}

void TestHttpClient::givesUpOnASilentHostAlone()
{
    TestServer silent;
    silent.setHandler([](const TestRequest &, const TestConnection &c) { c.reset(); });
    TestServer shaky; // Busy at the first try of each request.
    shaky.setHandler([&](const TestRequest &, const TestConnection &c) {
        shaky.requests().size() % 2 == 0 ? c.answer({200}) : c.answer({503});
    });
    HttpClient client(m_network, Origin::of(shaky.url()), quickSettings());
    const QSignalSpy retries(&client, &HttpClient::retryScheduled);
    for (int i = 0; i < 10; ++i)
        QVERIFY(!outcomeOf(client.send({.url = silent.url()})));
    const auto before = retries.count();
    QVERIFY(!outcomeOf(client.send({.url = silent.url()})));
    QCOMPARE(retries.count(), before); // Nobody waits for it any more.
    QVERIFY(outcomeOf(client.send({.url = shaky.url()})));
    QCOMPARE(retries.count(), before + 1);
    QVERIFY(!outcomeOf(client.send({.url = silent.url()}))); // And it is no better for that.
    QCOMPARE(retries.count(), before + 1);
}

void TestHttpClient::takesARefusalForAnAnswer()
{
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({503}); });
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    const QSignalSpy retries(&client, &HttpClient::retryScheduled);
    const auto triesOf = [&] {
        const auto before = retries.count();
        return outcomeOf(client.send({.url = server.url()})) ? -1 : retries.count() - before;
    };
    const auto usual = triesOf();
    QVERIFY(usual > 0);
    for (int i = 0; i < 6; ++i) // More than ten answers in a row.
        QCOMPARE(triesOf(), usual);
}

void TestHttpClient::saysWhyARequestIsTriedAgain()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({server.requests().size() == 1 ? 503 : 200, R"({"message":"<b>busy</b>"})"});
    });
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    QList<std::pair<Error, std::chrono::milliseconds>> retries;
    connect(&client, &HttpClient::retryScheduled, this, [&](const Error &reason, auto delay) {
        retries.append({reason, delay});
    });
    QVERIFY(outcomeOf(client.send({.url = server.url()})));
    QCOMPARE(retries.size(), qsizetype(1));
    QCOMPARE(retries.first().first.httpStatus, 503);
    QCOMPARE(retries.first().first.detail, u"<b>busy</b>"_s); // As sent: it is shown as text.
    QVERIFY(retries.first().second >= 0ms);
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
