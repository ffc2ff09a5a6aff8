// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/ratelimit.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// By a clock of our own; and on the wire, where nothing may come sooner than allowed.
class TestRateLimit : public QObject
{
    Q_OBJECT

private slots:
    void letsEverythingThroughAtFirst();
    void givesNoMoreThanTimeHasBrought();
    void savesNothingForLater();
    void isSharedByAll();
    void changesAtOnce();
    void holdsBackWhatASinkTakes();
    void neverHoldsBackWhatSomebodyWaitsFor();
};

namespace {

class CountingSink final : public ByteSink
{
public:
    Result<Done> begin(qint64, qint64) override { return Done(); }
    Result<Done> write(QByteArrayView bytes) override
    {
        count += bytes.size();
        return Done();
    }
    Result<Done> finish() override { return Done(); }

    std::atomic<qint64> count = 0;
};

} // namespace

void TestRateLimit::letsEverythingThroughAtFirst()
{
    RateLimit limit;
    QCOMPARE(limit.take(1'000'000'000), 1'000'000'000);
    limit.set(1000);
    limit.set(0);
    QCOMPARE(limit.take(1'000'000'000), 1'000'000'000);
    limit.set(-5);
    QCOMPARE(limit.bytesPerSecond(), 0);
}

void TestRateLimit::givesNoMoreThanTimeHasBrought()
{
    RateLimit limit;
    limit.set(1000);
    const auto start = RateLimit::Clock::now();
    QCOMPARE(limit.take(500, start - 1s), 0); // A clock that goes back brings nothing.
    qint64 taken = 0;
    for (int i = 1; i <= 1000; ++i) // In steps that are too short for a byte each.
        taken += limit.take(500, start + i * 500us);
    QVERIFY2(taken >= 490 && taken <= 510, qPrintable(QString::number(taken)));
}

void TestRateLimit::savesNothingForLater()
{
    RateLimit limit;
    limit.set(1000);
    const auto later = RateLimit::Clock::now() + 24h;
    QCOMPARE(limit.take(1'000'000, later), 250);
    QCOMPARE(limit.take(1'000'000, later), 0);
}

void TestRateLimit::isSharedByAll()
{
    RateLimit limit;
    const auto start = RateLimit::Clock::now();
    limit.set(1000, start);
    const auto later = start + 200ms;
    const qint64 first = limit.take(150, later);
    QCOMPARE(first, 150);
    QCOMPARE(limit.take(150, later), 50);
}

void TestRateLimit::changesAtOnce()
{
    RateLimit limit;
    limit.set(1);
    QCOMPARE(limit.bytesPerSecond(), 1);
    limit.set(1'000'000);
    QCOMPARE(limit.take(1000, RateLimit::Clock::now() + 10ms), 1000);
}

void TestRateLimit::holdsBackWhatASinkTakes()
{
    Network network;
    TestServer server;
    const QByteArray body(400'000, 'x');
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.answer({200, body});
    });
    QElapsedTimer timer;
    timer.start();
    rateLimitOf(network.transfers)->set(1'000'000);
    HttpSettings settings;
    settings.timeouts.lowSpeedWindow = 200ms; // That it was told to be slow is no fault.
    settings.timeouts.lowSpeedBytes = 10'000'000;
    HttpClient client(network, Origin::of(server.url()), settings);
    const auto sink = std::make_shared<CountingSink>();
    const auto response = outcomeOf(
        client.send({.url = server.url(), .sink = sink, .priority = JobQueue::Priority::Transfer}));
    const qint64 elapsed = timer.elapsed();
    QVERIFY2(response, response ? "" : qPrintable(response.error().message));
    QCOMPARE(sink->count, body.size());
    QVERIFY2(elapsed >= 390, qPrintable(QString::number(elapsed))); // Never faster than allowed.
}

void TestRateLimit::neverHoldsBackWhatSomebodyWaitsFor()
{
    Network network;
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.answer({200, QByteArray(400'000, 'x')});
    });
    rateLimitOf(network.transfers)->set(1); // It would take for days.
    HttpClient client(network, Origin::of(server.url()));
    const auto sink = std::make_shared<CountingSink>();
    QVERIFY(outcomeOf(client.send({.url = server.url(), .sink = sink})));
    QCOMPARE(sink->count, 400'000);
}

QTEST_GUILESS_MAIN(TestRateLimit)
#include "tst_ratelimit.moc"
