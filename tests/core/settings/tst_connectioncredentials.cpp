// SPDX-License-Identifier: Apache-2.0
#include "core/auth/keychainjob.h"
#include "core/settings/connectioncredentials.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using SignIn = SavedConnection::SignIn;

class TestConnectionCredentials : public QObject
{
    Q_OBJECT

private slots:
    void looksWhereTheConnectionSays_data();
    void looksWhereTheConnectionSays();
    void asksForTheWholeRegistry();
    void asksTheKeychainForThePersonAlone();
    void hasAKeyOnlyInTheKeychain_data();
    void hasAKeyOnlyInTheKeychain();

private:
    [[nodiscard]] static SavedConnection connection(SignIn signIn, const QString &address)
    {
        SavedConnection result{u"1"_s, u"lab"_s, address, u"me"_s};
        result.signIn = signIn;
        return result;
    }
    [[nodiscard]] static std::optional<FindCredentialsJob::Question>
    question(SignIn signIn, const QString &address = u"reg.lab:5000/team/app"_s)
    {
        return credentialQuestion(connection(signIn, address), *RegistryAddress::parse(address));
    }
};

void TestConnectionCredentials::looksWhereTheConnectionSays_data()
{
    QTest::addColumn<SignIn>("signIn");
    QTest::addColumn<bool>("looks");
    QTest::newRow("anonymous") << SignIn::Anonymous << false;
    QTest::newRow("typed") << SignIn::Session << false;
    QTest::newRow("keychain") << SignIn::Keychain << true;
    QTest::newRow("Docker") << SignIn::Configuration << true;
}

void TestConnectionCredentials::looksWhereTheConnectionSays()
{
    QFETCH(SignIn, signIn);
    QTEST(question(signIn).has_value(), "looks");
}

void TestConnectionCredentials::asksForTheWholeRegistry()
{
    const auto asked = question(SignIn::Configuration);
    QCOMPARE(asked->host, u"reg.lab:5000"_s);
    QCOMPARE(asked->repository, QString()); // Parts have accounts of their own.
    QVERIFY(!asked->onlyKeychain);
    QVERIFY(asked->keychainUser.isEmpty());
}

void TestConnectionCredentials::asksTheKeychainForThePersonAlone()
{
    const auto asked = question(SignIn::Keychain);
    QCOMPARE(asked->host, u"reg.lab:5000"_s);
    QCOMPARE(asked->keychainUser, u"me"_s);
    QVERIFY(asked->onlyKeychain); // Docker may know somebody else.
}

void TestConnectionCredentials::hasAKeyOnlyInTheKeychain_data()
{
    QTest::addColumn<SignIn>("signIn");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("hasKey");
    QTest::newRow("keychain") << SignIn::Keychain << u"https://reg.lab:5000/v2/"_s << true;
    QTest::newRow("typed") << SignIn::Session << u"reg.lab:5000"_s << false;
    QTest::newRow("Docker") << SignIn::Configuration << u"reg.lab:5000"_s << false;
    QTest::newRow("no address") << SignIn::Keychain << u"no address"_s << false;
}

void TestConnectionCredentials::hasAKeyOnlyInTheKeychain()
{
    QFETCH(SignIn, signIn);
    QFETCH(QString, address);
    QFETCH(bool, hasKey);
    QCOMPARE(keychainKeyOf(connection(signIn, address)),
             hasKey ? KeychainJob::keyOf(u"reg.lab:5000"_s, u"me"_s) : QString());
}

QTEST_GUILESS_MAIN(TestConnectionCredentials)
#include "tst_connectioncredentials.moc"
