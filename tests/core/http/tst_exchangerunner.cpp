// SPDX-License-Identifier: Apache-2.0
#include "core/http/exchangerunner.h"
#include "core/http/ratelimit.h"
#include "support/testserver.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// The runner in the thread of the test; tst_exchangejob shows it in its own.
class TestExchangeRunner : public QObject
{
    Q_OBJECT

private slots:
    void tellsEachWhatBecameOfItsOwn();
    void isOverBeforeAnybodyHearsOfIt();
    void stopsWithoutAWord();
    void takesItsExchangesAlong();
    void carriesNoCookies();
    void sendsMoreThanOneManagerCan();

private:
    void start(ExchangeRunner &runner, quint64 id, const QUrl &url)
    {
        runner.start(id, {.url = url}, HttpTimeouts(),
                     {{}, [this, id](const Result<HttpResponse> &result) {
                          m_answers.insert(id, result ? result->body : QByteArray("error"));
                      }});
    }

    QMap<quint64, QByteArray> m_answers;

private slots:
    void init() { m_answers.clear(); }
};

void TestExchangeRunner::tellsEachWhatBecameOfItsOwn()
{
    TestServer server;
    server.setHandler([](const TestRequest &request, const TestConnection &c) {
        c.answer({200, request.target});
    });
    ExchangeRunner runner(std::make_shared<RateLimit>());
    start(runner, 1, server.url(u"/one"_s));
    start(runner, 2, server.url(u"/two"_s));
    QTRY_COMPARE(m_answers.size(), qsizetype(2));
    QCOMPARE(m_answers.value(1), "/one");
    QCOMPARE(m_answers.value(2), "/two");
}

void TestExchangeRunner::isOverBeforeAnybodyHearsOfIt()
{
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "x"}); });
    ExchangeRunner runner(std::make_shared<RateLimit>());
    bool isOver = false;
    runner.start(1, {.url = server.url()}, HttpTimeouts(),
                 {{}, [&](const Result<HttpResponse> &) {
                      runner.abort(1); // There is nothing left to be stopped.
                      start(runner, 1, server.url()); // And its number is free.
                      isOver = true;
                  }});
    QTRY_COMPARE(m_answers.value(1), "x");
    QVERIFY(isOver);
}

void TestExchangeRunner::stopsWithoutAWord()
{
    TestServer server;
    TestConnection open(nullptr);
    server.setHandler([&](const TestRequest &request, const TestConnection &c) {
        request.path() == u"/slow"_s ? void(open = c) : c.answer({200, "x"});
    });
    ExchangeRunner runner(std::make_shared<RateLimit>());
    start(runner, 1, server.url(u"/slow"_s));
    QTRY_COMPARE(server.requests().size(), qsizetype(1));
    runner.abort(1);
    runner.abort(1);
    runner.abort(99);
    open.answer({200, "late"});
    start(runner, 2, server.url());
    QTRY_VERIFY(m_answers.contains(2));
    QVERIFY(!m_answers.contains(1));
}

void TestExchangeRunner::takesItsExchangesAlong()
{
    TestServer server; // Never answers.
    auto runner = std::make_unique<ExchangeRunner>(std::make_shared<RateLimit>());
    for (quint64 id = 1; id <= 8; ++id)
        start(*runner, id, server.url());
    QTRY_COMPARE(server.requests().size(), qsizetype(8));
    runner.reset();
    QVERIFY(m_answers.isEmpty());
}

void TestExchangeRunner::carriesNoCookies()
{
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({200, "x", {{"Set-Cookie", "who=me"}}});
    });
    ExchangeRunner runner(std::make_shared<RateLimit>());
    for (quint64 id = 1; id <= 2; ++id) {
        start(runner, id, server.url());
        QTRY_VERIFY(m_answers.contains(id));
    }
    QVERIFY(!server.requests().last().headers.contains("cookie"));
}

void TestExchangeRunner::sendsMoreThanOneManagerCan()
{
    TestServer server; // Never answers.
    ExchangeRunner runner(std::make_shared<RateLimit>());
    for (quint64 id = 1; id <= 13; ++id)
        start(runner, id, server.url());
    QTRY_COMPARE(server.requests().size(), qsizetype(13));
}

QTEST_GUILESS_MAIN(TestExchangeRunner)
#include "tst_exchangerunner.moc"
