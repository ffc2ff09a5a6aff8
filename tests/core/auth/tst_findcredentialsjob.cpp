// SPDX-License-Identifier: Apache-2.0
#include "core/auth/findcredentialsjob.h"
#include "support/helperfolder.h"
#include "support/outcome.h"
#include "support/testhome.h"

#include <QLoggingCategory>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = CredentialSource::Kind;

class TestFindCredentialsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void comesAnonymouslyWhereNobodyIsKnown();
    void prefersTheVariable();
    void keepsToThePartThatTheyAreFor();
    void asksTheHelperAndSaysSo();
    void triesBothNamesOfDockerHub();
    void takesAnIdentityTokenFromAHelper();
    void goesOnWithoutAHelperThatIsOfNoUse_data();
    void goesOnWithoutAHelperThatIsOfNoUse();
    void asksTheNextFileWhenAHelperKnowsNothing();
    void takesNoOtherRegistrysPasswordWhenAHelperFails();
    void goesOnWithoutAKeychain();
    void logsNoSecret();

private:
    [[nodiscard]] FoundCredentials find(const QString &host = u"reg.lab"_s)
    {
        return *outcomeOf(new FindCredentialsJob(question(host)));
    }
    [[nodiscard]] FindCredentialsJob::Question question(const QString &host) const
    {
        return {.host = host, .environment = m_home->environment(), .helperLimit = m_limit};
    }

    std::chrono::milliseconds m_limit = 60s;
    std::unique_ptr<TestHome> m_home;
    std::unique_ptr<HelperFolder> m_helpers;
};

void TestFindCredentialsJob::init()
{
    m_limit = 60s;
    m_home = std::make_unique<TestHome>();
    m_helpers = std::make_unique<HelperFolder>();
    m_home->set("PATH", m_helpers->path() + ":/usr/bin:/bin"_L1);
}

void TestFindCredentialsJob::comesAnonymouslyWhereNobodyIsKnown()
{
    const auto found = find();
    QVERIFY(found.credentials.isEmpty());
    QCOMPARE(found.source.kind, Kind::None);
    QCOMPARE(found.notices, QStringList());
    QCOMPARE(found.source.toString(), u"anonymous"_s);
}

void TestFindCredentialsJob::prefersTheVariable()
{
    m_home->writeAuth(u".docker/config.json"_s, u"reg.lab"_s, "docker");
    QCOMPARE(find().credentials, (Credentials{u"docker"_s, Secret("secret")}));
    m_home->set("DOCKER_AUTH_CONFIG", uR"({"auths":{"reg.lab":{"auth":"bWU6cA=="}}})"_s);
    QCOMPARE(find().credentials, (Credentials{u"me"_s, Secret("p")}));
    QCOMPARE(find().source.kind, Kind::Variable);
    QCOMPARE(find(u"b.lab"_s).source.kind, Kind::None);
}

void TestFindCredentialsJob::keepsToThePartThatTheyAreFor()
{
    m_helpers->add(u"x"_s, R"(touch "$FOLDER/ran"; echo '{"Username":"whole","Secret":"s"}')");
    m_home->writeAuth(u"run/containers/auth.json"_s, u"reg.lab/team"_s, "first");
    m_home->writeAuth(u"config/containers/auth.json"_s, u"reg.lab/team/app"_s, "second");
    m_home->write(u".docker/config.json"_s, R"({"credsStore":"x"})");
    m_home->write(u".dockercfg"_s, R"({"reg.lab/late":{"auth":"bWU6cA=="}})");
    FindCredentialsJob::Question asked = question(u"reg.lab"_s);
    asked.repository = u"team/app"_s;
    const auto one = *outcomeOf(new FindCredentialsJob(asked));
    QVERIFY(one.credentials.isEmpty() && one.source.kind == Kind::None);
    QCOMPARE(one.parts.size(), 1);
    QCOMPARE(one.parts.first().prefix, u"team"_s);
    QCOMPARE(one.parts.first().credentials.user, u"first"_s);
    QVERIFY(one.parts.first().source.path.endsWith(u"run/containers/auth.json"_s));
    QVERIFY(!m_helpers->has(u"ran"_s)); // Nobody has to be asked any more.
    // The whole, and the parts that stand before it.
    const auto all = find();
    QCOMPARE(all.credentials.user, u"whole"_s);
    QCOMPARE(all.parts.size(), 1);
    QCOMPARE(all.partFor(u"team/app")->credentials.user, u"first"_s);
    QVERIFY(!all.partFor(u"late") && !all.partFor(u"team2"));
}

void TestFindCredentialsJob::asksTheHelperAndSaysSo()
{
    m_helpers->add(u"x"_s, R"(cat > "$FOLDER/input"; echo '{"Username":"me","Secret":"s"}')");
    const QString path =
        m_home->write(u".docker/config.json"_s, R"({"credHelpers":{"reg.lab:5000":"x"}})");
    const auto found = find(u"reg.lab:5000"_s);
    QCOMPARE(found.credentials, (Credentials{u"me"_s, Secret("s")}));
    QVERIFY((found.source == CredentialSource{Kind::File, path, u"docker-credential-x"_s}));
    QVERIFY(found.source.toString().endsWith(u"by docker-credential-x"_s));
    QCOMPARE(m_helpers->content(u"input"_s), "reg.lab:5000");
}

void TestFindCredentialsJob::triesBothNamesOfDockerHub()
{
    m_helpers->add(u"x"_s, R"(read -r KEY; echo "$KEY" >> "$FOLDER/keys"
[ "$KEY" = docker.io ] && echo '{"Username":"me","Secret":"s"}' && exit 0
echo credentials not found in native keychain; exit 1)");
    m_home->write(u".docker/config.json"_s, R"({"credsStore":"x"})");
    QCOMPARE(find(u"docker.io"_s).credentials.user, u"me"_s);
    QCOMPARE(m_helpers->content(u"keys"_s), "https://index.docker.io/v1/\ndocker.io\n");
}

void TestFindCredentialsJob::takesAnIdentityTokenFromAHelper()
{
    m_helpers->add(u"x"_s, R"(echo '{"Username":"<token>","Secret":"it"}')");
    m_home->write(u".docker/config.json"_s, R"({"credsStore":"x"})");
    QCOMPARE(find().credentials, (Credentials{{}, {}, Secret("it")}));
}

void TestFindCredentialsJob::goesOnWithoutAHelperThatIsOfNoUse_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("notice");
    QTest::newRow("missing") << u"missing"_s << QByteArray() << u"not installed"_s;
    QTest::newRow("no name") << u"../x"_s << QByteArray("touch $FOLDER/ran")
                             << u"nothing was run"_s;
    QTest::newRow("failed") << u"x"_s << QByteArray("echo the keyring is locked; exit 1")
                            << u"the keyring is locked"_s;
    QTest::newRow("hangs") << u"x"_s << QByteArray("sleep 600") << u"does not answer"_s;
    QTest::newRow("garbage") << u"x"_s << QByteArray("echo CANARY") << u"no sign-in"_s;
}

void TestFindCredentialsJob::goesOnWithoutAHelperThatIsOfNoUse()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, script);
    QFETCH(QString, notice);
    if (notice.contains(u"does not answer"_s))
        m_limit = 100ms;
    if (!script.isEmpty())
        m_helpers->add(u"x"_s, script);
    m_home->write(u".docker/config.json"_s, R"({"credsStore":")" + name.toUtf8() + R"("})");
    const auto found = find();
    QVERIFY(found.credentials.isEmpty());
    QCOMPARE(found.source.kind, Kind::None);
    QCOMPARE(found.notices.size(), 1);
    QVERIFY2(found.notices.first().contains(notice), qPrintable(found.notices.first()));
    QVERIFY(!found.notices.first().contains(u"CANARY"_s));
    QVERIFY(!m_helpers->has(u"ran"_s));
}

void TestFindCredentialsJob::asksTheNextFileWhenAHelperKnowsNothing()
{
    // CRED-18.
    m_helpers->add(u"x"_s, "echo credentials not found in native keychain; exit 1");
    m_home->write(u"run/containers/auth.json"_s, R"({"credHelpers":{"reg.lab":"x"}})");
    m_home->writeAuth(u".docker/config.json"_s, u"reg.lab"_s, "docker");
    const auto found = find();
    QCOMPARE(found.credentials.user, u"docker"_s);
    QCOMPARE(found.notices, QStringList());
}

void TestFindCredentialsJob::takesNoOtherRegistrysPasswordWhenAHelperFails()
{
    m_helpers->add(u"x"_s, "exit 1");
    m_home->write(u".docker/config.json"_s, R"({"credsStore":"x","auths":{
        "reg.lab":{"auth":"bWU6cA=="},"https://index.docker.io/v1/":{"auth":"bWU6cA=="}}})");
    QVERIFY(find().credentials.isEmpty());
}

void TestFindCredentialsJob::goesOnWithoutAKeychain()
{
    m_home->writeAuth(u".docker/config.json"_s, u"reg.lab"_s, "docker");
    auto asked = question(u"reg.lab"_s);
    asked.keychainUser = u"me"_s;
    const auto found = *outcomeOf(new FindCredentialsJob(asked));
    QCOMPARE(found.credentials.user, u"docker"_s);
    QCOMPARE(found.notices.size(), 1);
}

static QStringList loggedLines;

void TestFindCredentialsJob::logsNoSecret()
{
    m_helpers->add(u"x"_s, "echo CANARY >&2; echo '{\"Username\":\"me\",\"Secret\":\"CANARY\"}'");
    m_home->write(u".docker/config.json"_s, R"({"credsStore":"x"})");
    m_home->write(u"config/containers/auth.json"_s, R"({"auths":{"reg.lab":{"auth":"CANARY"}}})");
    QLoggingCategory::setFilterRules(u"longshore.*=true"_s);
    const auto before =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &message) {
            loggedLines.append(message);
        });
    const auto found = find();
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules({});
    QCOMPARE(found.credentials.password.reveal(), "CANARY");
    QVERIFY(!loggedLines.isEmpty());
    QVERIFY(!loggedLines.join(u'\n').contains(u"CANARY"_s));
    QVERIFY(loggedLines.join(u'\n').contains(u"docker-credential-x"_s));
}

QTEST_GUILESS_MAIN(TestFindCredentialsJob)
#include "tst_findcredentialsjob.moc"
