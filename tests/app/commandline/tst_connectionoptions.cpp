// SPDX-License-Identifier: Apache-2.0
#include "support/fakeregistry.h"
#include "support/programrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Options that say by which way a registry is reached, and who may hear of the sign-in.
class TestConnectionOptions : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesThroughTheProxyThatItIsGiven();
    void goesTheDirectWayWhenItIsTold();
    void warnsOfASignInThatEverybodyCanRead();
    void asksForLeaveToSignInElsewhere_data();
    void asksForLeaveToSignInElsewhere();

private:
    [[nodiscard]] ProcessResult run(const QStringList &arguments,
                                    const QByteArray &input = {}) const
    {
        return m_program.run(arguments, input);
    }

    const ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    std::unique_ptr<TestServer> m_proxy;
};

void TestConnectionOptions::init()
{
    qunsetenv("http_proxy");
    m_proxy = std::make_unique<TestServer>();
    m_proxy->setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({200, "{}", {{"Docker-Distribution-Api-Version", "registry/2.0"}}});
    });
}

void TestConnectionOptions::goesThroughTheProxyThatItIsGiven()
{
    const auto result = run({u"ping"_s, u"reg.invalid"_s, u"--plain-http"_s, u"--proxy"_s,
                             u"http://"_s + m_proxy->host()});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(m_proxy->requests().first().target, "http://reg.invalid/v2/");
    QCOMPARE(run({u"ping"_s, u"reg.invalid"_s, u"--proxy"_s, u"https://"_s + m_proxy->host()})
                 .exitStatus,
             7);
}

void TestConnectionOptions::goesTheDirectWayWhenItIsTold()
{
    qputenv("http_proxy", "http://" + m_proxy->host().toLatin1());
    const QStringList ping{u"ping"_s, u"reg.invalid"_s, u"--plain-http"_s};
    QCOMPARE(run(ping).exitStatus, 0);
    QCOMPARE(m_proxy->requests().size(), 1);
    QCOMPARE(run(ping + QStringList{u"--proxy"_s, u"none"_s}).exitStatus, 1);
    QCOMPARE(m_proxy->requests().size(), 1);
}

void TestConnectionOptions::warnsOfASignInThatEverybodyCanRead()
{
    // CRED-11: each time, and only where it is so.
    const QStringList account{u"--username"_s, u"me"_s, u"--password-stdin"_s};
    const QStringList open{u"ping"_s, u"reg.invalid"_s, u"--plain-http"_s, u"--proxy"_s,
                           u"http://"_s + m_proxy->host()};
    for (int round = 0; round < 2; ++round) {
        const auto result = run(open + account, "CANARY");
        QVERIFY2(result.errors.contains("unencrypted"), result.errors.constData());
        QVERIFY(!result.errors.contains("CANARY"));
    }
    QVERIFY(!run(open).errors.contains("unencrypted"));
    QVERIFY(!run(QStringList{u"ping"_s, m_proxy->host()} + account, "CANARY")
                 .errors.contains("unencrypted"));
}

void TestConnectionOptions::asksForLeaveToSignInElsewhere_data()
{
    // CRED-02: there is nobody to ask on the command line, so that it has to be said before.
    QTest::addColumn<QString>("allowed"); // PORT is that of the token server.
    QTest::addColumn<int>("exitStatus");
    QTest::newRow("nobody") << QString() << 7;
    QTest::newRow("the token server") << u"http://localhost:PORT"_s << 0;
    QTest::newRow("the same, but encrypted") << u"localhost:PORT"_s << 7;
    QTest::newRow("another") << u"localhost:1"_s << 7;
    QTest::newRow("another host") << u"example.org"_s << 7;
}

void TestConnectionOptions::asksForLeaveToSignInElsewhere()
{
    QFETCH(QString, allowed);
    FakeRegistry registry;
    registry.addRepository(u"a"_s);
    registry.behaviour.signIn = FakeRegistry::SignIn::Bearer;
    registry.behaviour.realm = QUrl(u"http://localhost:%1/token"_s.arg(registry.port()));
    QStringList arguments{u"tags"_s, registry.host() + u"/a"_s, u"--username"_s, u"user"_s,
                          u"--password-stdin"_s};
    if (!allowed.isEmpty())
        arguments +=
            {u"--token-server"_s, allowed.replace(u"PORT"_s, QString::number(registry.port()))};
    const auto result = run(arguments, "secret");
    QTEST(result.exitStatus, "exitStatus");
    QCOMPARE(registry.count("GET", u"/token"_s) > 0, result.exitStatus == 0);
    if (result.exitStatus != 0) {
        QVERIFY(isOneCleanLine(result.errors));
        QVERIFY2(result.errors.contains("localhost"), result.errors.constData());
    }
}

QTEST_GUILESS_MAIN(TestConnectionOptions)
#include "tst_connectionoptions.moc"
