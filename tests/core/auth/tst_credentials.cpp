// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentials.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestCredentials : public QObject
{
    Q_OBJECT

private slots:
    void buildsTheHeaderOfBasic();
    void knowsWhatBasicCanSend();
    void isEmptyOnlyWithoutAnything();
    void tellsIdentityTokensFromPasswords();
    void objectsToUsersWithAColon();
};

void TestCredentials::buildsTheHeaderOfBasic()
{
    // RFC 7617, 2.
    const Credentials aladdin{u"Aladdin"_s, Secret("open sesame")};
    QCOMPARE(aladdin.basicHeader().reveal(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    // 2.1: UTF-8.
    const Credentials test{u"test"_s, Secret("123\u00a3")};
    QCOMPARE(test.basicHeader().reveal(), "Basic dGVzdDoxMjPCow==");
}

void TestCredentials::knowsWhatBasicCanSend()
{
    QVERIFY((Credentials{u"me"_s, Secret("x")}).hasPassword());
    QVERIFY((Credentials{u"me"_s, {}}).hasPassword()); // An empty one.
    QVERIFY(!(Credentials{u"me"_s, {}, Secret("token")}).hasPassword());
    QVERIFY(!Credentials().hasPassword());
}

void TestCredentials::isEmptyOnlyWithoutAnything()
{
    QVERIFY(Credentials().isEmpty());
    QVERIFY(!(Credentials{u"me"_s, {}}).isEmpty());
    QVERIFY(!(Credentials{{}, Secret("x")}).isEmpty());
    QVERIFY(!(Credentials{{}, {}, Secret("x")}).isEmpty());
}

void TestCredentials::tellsIdentityTokensFromPasswords()
{
    const Credentials person = Credentials::ofAccount(u"me"_s, Secret("x"));
    QVERIFY((person == Credentials{u"me"_s, Secret("x")}));
    QCOMPARE(person.accountSecret().reveal(), "x");
    const Credentials token = Credentials::ofAccount(u"<token>"_s, Secret("x"));
    QVERIFY((token == Credentials{{}, {}, Secret("x")}));
    QCOMPARE(token.accountSecret().reveal(), "x");
}

void TestCredentials::objectsToUsersWithAColon()
{
    QVERIFY(!objectionTo({u"me"_s, Secret("a:b")}));
    QVERIFY(!objectionTo({}));
    const auto objection = objectionTo({u"me:CANARY"_s, Secret("x")});
    QVERIFY(objection);
    QCOMPARE(objection->kind, Error::Kind::InvalidInput);
    QVERIFY2(objection->message.contains(u"colon"_s), qPrintable(objection->message));
    QVERIFY(!objection->message.contains(u"CANARY"_s)); // It may be the password.
}

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
