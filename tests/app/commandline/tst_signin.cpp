// SPDX-License-Identifier: Apache-2.0
#include "core/auth/keychainjob.h"
#include "support/fakeregistry.h"
#include "support/helperfolder.h"
#include "support/outcome.h"
#include "support/programrunner.h"
#include "support/testhome.h"

#include <QJsonArray>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Whom longshorectl signs in as, when nobody says. The registry is Debian's, with a password; the
/// keychain a real one, which with-keyring.sh starts.
class TestSignIn : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void comesAnonymouslyWhereNobodyIsKnown();
    void readsTheConfigurationOfDocker();
    void readsTheConfigurationOfPodmanForARepository();
    void signsInToEachPartOfARegistry();
    void asksTheHelperThatTheConfigurationNames();
    void asksTheKeychainFirst();
    void usesNothingForAnonymousAccess();
    void takesTheOptionsBeforeTheConfiguration();
    void aMissingHelperKeepsNobodyOut();
    void changesNoFileOfDocker();
    void saysWhereTheSignInCameFrom();
    void saysWhereThoseForPartsCameFrom();

private:
    /// Runs the program in the home folder; and looks for the password wherever it must not be.
    ProcessResult run(const QStringList &arguments, const QByteArray &input = {});
    void writeConfiguration(const QByteArray &content,
                            const QString &name = u".docker/config.json"_s);
    [[nodiscard]] QByteArray host() const { return m_registry->host().toUtf8(); }
    [[nodiscard]] QByteArray entry() const;

    const QByteArray m_auth = QByteArray("demo:secret").toBase64();
    std::unique_ptr<RealRegistry> m_registry;
    std::unique_ptr<HelperFolder> m_helpers;
    std::unique_ptr<ProgramRunner> m_runner;
};

void TestSignIn::initTestCase()
{
    m_registry = std::make_unique<RealRegistry>(RealRegistryOptions{.hasPassword = true});
    if (!m_registry->failure().isEmpty())
        QSKIP(qPrintable(m_registry->failure()));
    m_helpers = std::make_unique<HelperFolder>();
    qputenv("PATH", QFile::encodeName(m_helpers->path()) + ':' + qgetenv("PATH"));
    for (const char *name : {"DOCKER_CONFIG", "DOCKER_AUTH_CONFIG", "REGISTRY_AUTH_FILE"})
        qunsetenv(name);
    for (const QString &repository : {u"team/app"_s, u"other/app"_s})
        QVERIFY(!m_registry->push(repository, u"1"_s, {"layer"}).isEmpty());
}

void TestSignIn::init()
{
    m_runner = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
}

QByteArray TestSignIn::entry() const
{
    return '"' + host() + R"(":{"auth":")" + m_auth + R"("})";
}

ProcessResult TestSignIn::run(const QStringList &arguments, const QByteArray &input)
{
    const ProcessResult result = m_runner->run(arguments + QStringList{u"--verbose"_s}, input);
    const QByteArray said = result.output + result.errors;
    if (said.contains("secret") || said.contains(m_auth))
        return {-1, "the password was told", said};
    return result;
}

void TestSignIn::writeConfiguration(const QByteArray &content, const QString &name)
{
    const QString path = m_runner->filePath(name);
    QVERIFY(QDir().mkpath(QFileInfo(path).absolutePath()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

void TestSignIn::comesAnonymouslyWhereNobodyIsKnown()
{
    QCOMPARE(run({u"repos"_s, m_registry->host()}).exitStatus, 3);
}

void TestSignIn::readsTheConfigurationOfDocker()
{
    writeConfiguration(R"({"auths":{)" + entry() + "}}");
    const auto result = run({u"repos"_s, m_registry->host()});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(result.output, "other/app\nteam/app\n");
}

void TestSignIn::readsTheConfigurationOfPodmanForARepository()
{
    writeConfiguration(R"({"auths":{")" + host() + R"(/team":{"auth":")" + m_auth + R"("}}})",
                       u"config/containers/auth.json"_s);
    const auto result = run({u"tags"_s, m_registry->host() + u"/team/app"});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(result.output, "1\n");
    QCOMPARE(run({u"tags"_s, m_registry->host() + u"/team2/app"}).exitStatus, 3);
    QCOMPARE(run({u"repos"_s, m_registry->host()}).exitStatus, 3);
}

void TestSignIn::signsInToEachPartOfARegistry()
{
    const auto part = [this](const char *name) {
        return QByteArray('"' + host() + '/' + name + R"(":{"auth":")" + m_auth + R"("})");
    };
    const QStringList both{u"cleanup"_s, m_registry->host() + u"/team/app"_s,
                           m_registry->host() + u"/other/app"_s, u"--keep"_s, u"1"_s};
    writeConfiguration(R"({"auths":{)" + part("team") + "}}", u"config/containers/auth.json"_s);
    QCOMPARE(run(both).exitStatus, 3);
    writeConfiguration(R"({"auths":{)" + part("team") + ',' + part("other/app") + "}}",
                       u"config/containers/auth.json"_s);
    const auto result = run(both);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
}

void TestSignIn::asksTheHelperThatTheConfigurationNames()
{
    m_helpers->add(u"canary"_s, R"(cat > "$FOLDER/input"; echo secret >&2
echo '{"Username":"demo","Secret":"secret"}')");
    writeConfiguration(R"({"credsStore":"canary"})");
    const auto result = run({u"repos"_s, m_registry->host()});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(m_helpers->content(u"input"_s), host());
}

void TestSignIn::asksTheKeychainFirst()
{
    const QString reason = qEnvironmentVariable("LONGSHORE_NO_KEYRING");
    if (!reason.isEmpty())
        QSKIP(qPrintable(reason));
    const QString key = KeychainJob::keyOf(m_registry->host(), u"demo"_s);
    QVERIFY(outcomeOf(KeychainJob::write(key, Secret("secret"))));
    writeConfiguration(R"({"auths":{")" + host() + R"(":{"auth":"bWU6d3Jvbmc="}}})");
    QCOMPARE(run({u"repos"_s, m_registry->host()}).exitStatus, 3);
    writeConfiguration(R"({"version":1,"connections":[{"id":"a","name":"a","address":")" + host()
                           + R"(","user":"demo","signIn":"keychain"}]})",
                       u"config/longshore/connections.json"_s);
    const auto result = run({u"repos"_s, m_registry->host()});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY(result.errors.contains("from the keychain"));
}

void TestSignIn::usesNothingForAnonymousAccess()
{
    m_helpers->add(u"canary"_s, R"(touch "$FOLDER/ran")");
    writeConfiguration(R"({"credsStore":"canary","auths":{)" + entry() + "}}");
    QCOMPARE(run({u"repos"_s, m_registry->host(), u"--anonymous"_s}).exitStatus, 3);
    QVERIFY(!m_helpers->has(u"ran"_s));
}

void TestSignIn::takesTheOptionsBeforeTheConfiguration()
{
    writeConfiguration(R"({"auths":{")" + host() + R"(":{"auth":"bWU6d3Jvbmc="}}})");
    const QStringList asDemo{u"repos"_s, m_registry->host(), u"--username"_s, u"demo"_s,
                             u"--password-stdin"_s};
    QCOMPARE(run({u"repos"_s, m_registry->host()}).exitStatus, 3);
    QCOMPARE(run(asDemo, "secret\n").exitStatus, 0);
    writeConfiguration(R"({"auths":{)" + entry() + "}}");
    QCOMPARE(run(asDemo, "wrong\n").exitStatus, 3);
}

void TestSignIn::aMissingHelperKeepsNobodyOut()
{
    FakeRegistry open;
    open.addRepository(u"app"_s);
    writeConfiguration(R"({"credsStore":"missing"})");
    const auto result = m_runner->run({u"repos"_s, open.host()});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, "app\n");
    QVERIFY(result.errors.contains("docker-credential-missing is not installed"));
    QCOMPARE(result.errors.count('\n'), 1);
    QCOMPARE(m_runner->run({u"repos"_s, open.host(), u"--quiet"_s}).errors, QByteArray());
}

void TestSignIn::changesNoFileOfDocker()
{
    const QByteArray content = R"({"auths":{)" + entry() + R"(},"unknown":[ 1,  2 ]})";
    writeConfiguration(content);
    QCOMPARE(run({u"repos"_s, m_registry->host()}).exitStatus, 0);
    QCOMPARE(m_runner->content(u".docker/config.json"_s), content);
    QCOMPARE(m_runner->files(u".docker"_s), QStringList{u"config.json"_s});
    QCOMPARE(m_runner->files(u"config/longshore"_s), QStringList());
}

void TestSignIn::saysWhereTheSignInCameFrom()
{
    writeConfiguration(R"({"auths":{)" + entry() + "}}");
    const auto result = run({u"repos"_s, m_registry->host()});
    QVERIFY2(result.errors.contains("from ~/.docker/config.json"), result.errors.constData());
    const QString host = m_registry->host();
    QVERIFY(run({u"ping"_s, host}).output.contains("Credentials: from ~/.docker/config.json."));
    const auto sourceOf = [](const ProcessResult &ping) {
        return documentOf(ping).object()[u"credentials"_s].toObject();
    };
    QCOMPARE(sourceOf(run({u"ping"_s, host, u"--json"_s})),
             (QJsonObject{{u"source"_s, u"file"_s},
                          {u"path"_s, m_runner->filePath(u".docker/config.json"_s)}}));
    QCOMPARE(sourceOf(run({u"ping"_s, host, u"--json"_s, u"--anonymous"_s})),
             (QJsonObject{{u"source"_s, u"none"_s}}));
    QCOMPARE(sourceOf(run(
                 {u"ping"_s, host, u"--json"_s, u"--username"_s, u"demo"_s, u"--password-stdin"_s},
                 "secret")),
             (QJsonObject{{u"source"_s, u"given"_s}}));
}

void TestSignIn::saysWhereThoseForPartsCameFrom()
{
    // Nobody needs one for the whole registry.
    writeConfiguration(R"({"auths":{")" + host() + R"(/team":{"auth":")" + m_auth + R"("},")"
                           + host() + R"(/other/app":{"auth":")" + m_auth + R"("}}})",
                       u"config/containers/auth.json"_s);
    const QString registry = m_registry->host();
    const auto result = run({u"ping"_s, registry});
    QCOMPARE(result.exitStatus, 0);
    QList<QByteArray> lines = result.output.trimmed().split('\n');
    QVERIFY2(lines.takeFirst().endsWith("Credentials: anonymous."), result.output.constData());
    std::sort(lines.begin(), lines.end());
    const QByteArray from = ": from ~/config/containers/auth.json.";
    QCOMPARE(lines, (QList<QByteArray>{"Credentials for " + host() + "/other/app" + from,
                                       "Credentials for " + host() + "/team" + from}));
    const auto credentials =
        documentOf(run({u"ping"_s, registry, u"--json"_s})).object()[u"credentials"_s].toObject();
    QCOMPARE(credentials[u"source"_s].toString(), u"none"_s);
    const QJsonArray parts = credentials[u"parts"_s].toArray();
    QCOMPARE(parts.size(), 2);
    const QJsonObject team{{u"prefix"_s, u"team"_s},
                           {u"source"_s, u"file"_s},
                           {u"path"_s, m_runner->filePath(u"config/containers/auth.json"_s)}};
    QVERIFY(parts.contains(team));
    QVERIFY(!documentOf(run({u"ping"_s, registry, u"--json"_s, u"--anonymous"_s}))
                 .object()[u"credentials"_s]
                 .toObject()
                 .contains(u"parts"_s));
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
