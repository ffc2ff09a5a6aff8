// SPDX-License-Identifier: Apache-2.0
#include "core/http/retrypolicy.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private slots:
    void repeatsOnlyWhatMayBeRepeated_data();
    void repeatsOnlyWhatMayBeRepeated();
    void givesUpAfterTheLastAttempt();
    void waitsLongerEachTimeButNeverTooLong();
    void doesWhatTheServerAsks();
    void readsRetryAfter_data();
    void readsRetryAfter();
};

void TestRetryPolicy::repeatsOnlyWhatMayBeRepeated_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("safe");
    QTest::addColumn<bool>("unsafe");
    QTest::newRow("connection") << Kind::Network << 0 << true << false;
    QTest::newRow("timeout") << Kind::Timeout << 0 << true << false;
    QTest::newRow("408") << Kind::Timeout << 408 << true << false;
    QTest::newRow("429") << Kind::RateLimited << 429 << true << true;
    QTest::newRow("500") << Kind::Protocol << 500 << true << false;
    QTest::newRow("502") << Kind::Protocol << 502 << true << false;
    QTest::newRow("503") << Kind::Protocol << 503 << true << true;
    QTest::newRow("504") << Kind::Protocol << 504 << true << false;
    QTest::newRow("404") << Kind::NotFound << 404 << false << false;
    QTest::newRow("TLS") << Kind::Tls << 0 << false << false;
    QTest::newRow("lost answer") << Kind::Ambiguous << 0 << false << false;
    QTest::newRow("cancelled") << Kind::Cancelled << 0 << false << false;
}

void TestRetryPolicy::repeatsOnlyWhatMayBeRepeated()
{
    QFETCH(Kind, kind);
    QFETCH(int, status);
    const Error error{kind, {}, {}, status};
    const RetryPolicy policy;
    QTEST(policy.delayAfter(1, error, true).has_value(), "safe");
    QTEST(policy.delayAfter(1, error, false).has_value(), "unsafe");
}

void TestRetryPolicy::givesUpAfterTheLastAttempt()
{
    const Error error{Kind::Network, {}};
    RetryPolicy policy;
    QCOMPARE(policy.attempts, 5);
    QVERIFY(policy.delayAfter(4, error, true));
    QVERIFY(!policy.delayAfter(5, error, true));
    policy.attempts = 1;
    QVERIFY(!policy.delayAfter(1, error, true));
    // Also when the server says when.
    const Error wait{Kind::RateLimited, {}, {}, 429, {}, 1s};
    QVERIFY(!policy.delayAfter(1, wait, true));
}

void TestRetryPolicy::waitsLongerEachTimeButNeverTooLong()
{
    RetryPolicy policy;
    policy.attempts = 1000;
    const Error error{Kind::Network, {}};
    const auto longestOf = [&](int attempt) {
        std::chrono::milliseconds longest = 0ms;
        for (int i = 0; i < 2000; ++i) {
            const auto delay = *policy.delayAfter(attempt, error, true);
            if (delay < 0ms)
                return -1ms;
            longest = std::max(longest, delay);
        }
        return longest;
    };
    // Full jitter: anything up to the bound, and with 2000 draws close to it.
    QVERIFY(longestOf(1) > 400ms && longestOf(1) <= 500ms);
    QVERIFY(longestOf(2) > 800ms && longestOf(2) <= 1000ms);
    QVERIFY(longestOf(3) > 1600ms && longestOf(3) <= 2000ms);
    for (const int attempt : {7, 20, 64, 999})
        QVERIFY(longestOf(attempt) > 24s && longestOf(attempt) <= 30s);
}

void TestRetryPolicy::doesWhatTheServerAsks()
{
    const RetryPolicy policy;
    Error error{Kind::RateLimited, {}, {}, 429, {}, 2s};
    QCOMPARE(policy.delayAfter(1, error, true), std::optional(2000ms));
    QCOMPARE(policy.delayAfter(1, error, false), std::optional(2000ms));
    error.retryAfter = 0s;
    QCOMPARE(policy.delayAfter(1, error, true), std::optional(0ms));
    error.retryAfter = 3600s;
    QVERIFY(policy.delayAfter(1, error, true));
    error.retryAfter = 3601s;
    QVERIFY(!policy.delayAfter(1, error, true));
    error.retryAfter = std::chrono::seconds::max();
    QVERIFY(!policy.delayAfter(1, error, true));
}

void TestRetryPolicy::readsRetryAfter_data()
{
    // SRV-36; -1 stands for nothing.
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("2") << QByteArray("2") << qint64(2);
    QTest::newRow("spaces") << QByteArray(" 2 ") << qint64(2);
    QTest::newRow("0") << QByteArray("0") << qint64(0);
    QTest::newRow("10^12") << QByteArray("1000000000000") << qint64(1'000'000'000'000);
    QTest::newRow("-1") << QByteArray("-1") << qint64(-1);
    QTest::newRow("1.5") << QByteArray("1.5") << qint64(-1);
    QTest::newRow("abc") << QByteArray("abc") << qint64(-1);
    QTest::newRow("10^30") << QByteArray("1" + QByteArray(30, '0')) << qint64(-1);
    QTest::newRow("empty") << QByteArray() << qint64(-1);
    QTest::newRow("date") << QByteArray("Thu, 01 Jan 2026 00:01:00 GMT") << qint64(60);
    QTest::newRow("now") << QByteArray("Thu, 01 Jan 2026 00:00:00 GMT") << qint64(0);
    QTest::newRow("past") << QByteArray("Wed, 31 Dec 2025 23:59:59 GMT") << qint64(-1);
    QTest::newRow("wrong weekday") << QByteArray("Mon, 01 Jan 2026 00:01:00 GMT") << qint64(-1);
    QTest::newRow("two headers") << QByteArray("2, 3") << qint64(-1);
}

void TestRetryPolicy::readsRetryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(qint64, seconds);
    const QDateTime now(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    QCOMPARE(parseRetryAfter(value, now).value_or(-1s).count(), seconds);
}

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
