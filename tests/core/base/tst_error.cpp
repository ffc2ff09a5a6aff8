// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/result.h"
#include "core/base/secret.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestError : public QObject
{
    Q_OBJECT

private slots:
    void everyKindHasANameOfItsOwn();
    void knowsWhatMayWorkLater_data();
    void knowsWhatMayWorkLater();
    void resultHoldsAValueOrAnError();
    void resultGivesItsValueAway();
    void secretsAreNotPrinted();
};

void TestError::everyKindHasANameOfItsOwn()
{
    static const QRegularExpression words(u"\\A[a-z]+(-[a-z]+)*\\z"_s);
    QSet<QString> names;
    for (int kind = 0; kind <= static_cast<int>(Kind::InvalidInput); ++kind) {
        const QString name = Error::kindName(static_cast<Kind>(kind));
        QVERIFY2(words.match(name).hasMatch(), qPrintable(name));
        names.insert(name);
    }
    QCOMPARE(names.size(), static_cast<int>(Kind::InvalidInput) + 1);
    QCOMPARE(Error::kindName(Kind::DigestMismatch), u"digest-mismatch"_s);
}

void TestError::knowsWhatMayWorkLater_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isRetryable");
    QTest::newRow("network") << Kind::Network << 0 << true;
    QTest::newRow("timeout") << Kind::Timeout << 0 << true;
    QTest::newRow("408") << Kind::Timeout << 408 << true;
    QTest::newRow("429") << Kind::RateLimited << 429 << true;
    QTest::newRow("SRV-38 500") << Kind::Protocol << 500 << true;
    QTest::newRow("SRV-38 502") << Kind::Protocol << 502 << true;
    QTest::newRow("SRV-38 503") << Kind::Protocol << 503 << true;
    QTest::newRow("SRV-38 504") << Kind::Protocol << 504 << true;
    QTest::newRow("501") << Kind::Protocol << 501 << false;
    QTest::newRow("505") << Kind::Protocol << 505 << false;
    QTest::newRow("TLS") << Kind::Tls << 0 << false;
    QTest::newRow("400") << Kind::Protocol << 400 << false;
    QTest::newRow("401") << Kind::Unauthorized << 401 << false;
    QTest::newRow("403") << Kind::Forbidden << 403 << false;
    QTest::newRow("404") << Kind::NotFound << 404 << false;
    QTest::newRow("405") << Kind::Unsupported << 405 << false;
    QTest::newRow("413") << Kind::TooLarge << 413 << false;
    QTest::newRow("416") << Kind::Protocol << 416 << false;
    QTest::newRow("policy") << Kind::Policy << 0 << false;
    QTest::newRow("disk") << Kind::LocalFile << 0 << false;
    QTest::newRow("digest") << Kind::DigestMismatch << 0 << false;
    QTest::newRow("lost answer") << Kind::Ambiguous << 0 << false;
    QTest::newRow("cancelled") << Kind::Cancelled << 0 << false;
}

void TestError::knowsWhatMayWorkLater()
{
    QFETCH(Kind, kind);
    QFETCH(int, status);
    QFETCH(bool, isRetryable);
    const Error error{kind, {}, {}, status};
    QCOMPARE(error.isRetryable(), isRetryable);
}

void TestError::resultHoldsAValueOrAnError()
{
    const Result<int> value = 7;
    QVERIFY(value && value.has_value());
    QCOMPARE(*value, 7);
    const Result<int> error = Error::cancelled();
    QVERIFY(!error);
    QVERIFY(error.error().isCancelled());
    // A value that looks like nothing is still a value.
    QVERIFY(Result<QString>(QString()));
    QVERIFY(Result<bool>(false));
}

void TestError::resultGivesItsValueAway()
{
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
    const std::unique_ptr<int> taken = *std::move(result);
    QCOMPARE(*taken, 3);
}

void TestError::secretsAreNotPrinted()
{
    // CRED-26
    const Secret secret("CANARY");
    QString text;
    QDebug(&text) << secret;
    QVERIFY(!text.contains(u"CANARY"_s));
    QCOMPARE(secret.reveal(), "CANARY");
    QVERIFY(Secret().isEmpty());
    QVERIFY(!secret.isEmpty());
}

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
