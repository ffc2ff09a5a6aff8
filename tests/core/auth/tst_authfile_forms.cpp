// SPDX-License-Identifier: Apache-2.0
#include "core/auth/authfile.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What is no file of today: a variable, and the form of long ago.
class TestAuthFileForms : public QObject
{
    Q_OBJECT

private slots:
    void takesLittleFromTheVariable_data();
    void takesLittleFromTheVariable();
    void readsTheLegacyForm();
};

void TestAuthFileForms::takesLittleFromTheVariable_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("usual") << QByteArray(R"({"auths":{"reg.lab":{"auth":"bWU6cA=="}}})") << true;
    QTest::newRow("a helper") << QByteArray(
        R"({"auths":{"reg.lab":{"auth":"bWU6cA=="}},"credsStore":"x"})")
                              << false;
    QTest::newRow("another member")
        << QByteArray(R"({"auths":{"reg.lab":{"auth":"bWU6cA==","identitytoken":"x"}}})") << false;
    QTest::newRow("no object") << QByteArray("1") << false;
}

void TestAuthFileForms::takesLittleFromTheVariable()
{
    QFETCH(QByteArray, bytes);
    QTEST(AuthFile::parse(bytes, AuthFile::Form::Variable).has_value(), "isTaken");
}

void TestAuthFileForms::readsTheLegacyForm()
{
    const auto file =
        AuthFile::parse(R"({"https://reg.lab/v1/":{"auth":"bWU6cA=="}})", AuthFile::Form::Legacy);
    QVERIFY(file && file->find(u"reg.lab"_s));
    QCOMPARE(file->find(u"reg.lab"_s)->credentials->user, u"me"_s);
}

QTEST_GUILESS_MAIN(TestAuthFileForms)
#include "tst_authfile_forms.moc"
