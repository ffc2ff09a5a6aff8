// SPDX-License-Identifier: Apache-2.0
#include "core/auth/findcredentialsjob.h"
#include "core/auth/keychainjob.h"
#include "support/outcome.h"
#include "support/testhome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Against a real gnome-keyring, which with-keyring.sh starts.
class TestKeychainJob : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void answersWhenItIsThere();
    void keepsASecret();
    void replacesASecret();
    void hasNoSecretWhereNoneWasStored();
    void forgetsASecret();
    void tellsAccountsApart();
    void waitsOnlySoLong();
    void storesWhatWasLate();
    void isAskedBeforeTheFiles();

private:
    [[nodiscard]] static Result<Secret> read(const QString &key)
    {
        auto *job = KeychainJob::read(key);
        job->setTimeLimit(30s);
        return outcomeOf(job);
    }
    [[nodiscard]] static Result<Secret> write(const QString &key, const Secret &secret)
    {
        auto *job = KeychainJob::write(key, secret);
        job->setTimeLimit(30s);
        return outcomeOf(job);
    }
};

void TestKeychainJob::initTestCase()
{
    const QString reason = qEnvironmentVariable("LONGSHORE_NO_KEYRING");
    if (!reason.isEmpty())
        QSKIP(qPrintable(reason));
}

void TestKeychainJob::answersWhenItIsThere()
{
    auto *job = KeychainJob::probe();
    job->setTimeLimit(30s);
    QVERIFY(outcomeOf(job));
}

void TestKeychainJob::keepsASecret()
{
    const Secret secret("p\xc3\xa4ss:\"word\"\\");
    QVERIFY(write(u"me@reg.lab:5000"_s, secret));
    const auto kept = read(u"me@reg.lab:5000"_s);
    QVERIFY(kept);
    QVERIFY(*kept == secret);
}

void TestKeychainJob::replacesASecret()
{
    QVERIFY(write(u"replaced"_s, Secret("one")));
    QVERIFY(write(u"replaced"_s, Secret("two")));
    QVERIFY(*read(u"replaced"_s) == Secret("two"));
}

void TestKeychainJob::hasNoSecretWhereNoneWasStored()
{
    const auto kept = read(u"nobody@reg.lab"_s);
    QVERIFY(kept);
    QVERIFY(kept->isEmpty());
}

void TestKeychainJob::forgetsASecret()
{
    QVERIFY(write(u"forgotten"_s, Secret("one")));
    QVERIFY(outcomeOf(KeychainJob::erase(u"forgotten"_s)));
    QVERIFY(read(u"forgotten"_s)->isEmpty());
    QVERIFY(outcomeOf(KeychainJob::erase(u"forgotten"_s)));
}

void TestKeychainJob::tellsAccountsApart()
{
    // CRED-23.
    const QString one = KeychainJob::keyOf(u"reg.lab:5000"_s, u"one"_s);
    const QString two = KeychainJob::keyOf(u"reg.lab:5000"_s, u"two"_s);
    QVERIFY(write(one, Secret("1")));
    QVERIFY(write(two, Secret("2")));
    QVERIFY(*read(one) == Secret("1"));
    QVERIFY(*read(two) == Secret("2"));
}

void TestKeychainJob::waitsOnlySoLong()
{
    auto *job = KeychainJob::read(u"me@reg.lab"_s);
    job->setTimeLimit(0ms);
    const auto answer = outcomeOf(job);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Error::Kind::Timeout);
}

void TestKeychainJob::storesWhatWasLate()
{
    auto *job = KeychainJob::write(u"late"_s, Secret("late"));
    job->setTimeLimit(0ms);
    QVERIFY(!outcomeOf(job));
    QVERIFY(*read(u"late"_s) == Secret("late")); // The service answers in order.
}

void TestKeychainJob::isAskedBeforeTheFiles()
{
    TestHome home;
    home.writeAuth(u".docker/config.json"_s, u"reg.lab"_s, "docker");
    const auto find = [&](const QString &user) {
        return *outcomeOf(new FindCredentialsJob(
            {.host = u"reg.lab"_s, .keychainUser = user, .environment = home.environment()}));
    };
    QVERIFY(write(KeychainJob::keyOf(u"reg.lab"_s, u"kept"_s), Secret("CANARY")));
    QCOMPARE(find(u"kept"_s).credentials, (Credentials{u"kept"_s, Secret("CANARY")}));
    QCOMPARE(find(u"kept"_s).source.toString(), u"from the keychain"_s);
    QCOMPARE(find(u"unknown"_s).credentials.user, u"docker"_s);
    QCOMPARE(find({}).credentials.user, u"docker"_s);
}

QTEST_GUILESS_MAIN(TestKeychainJob)
#include "tst_keychainjob.moc"
