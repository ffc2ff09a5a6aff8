// SPDX-License-Identifier: Apache-2.0
#include "core/auth/findcredentialsjob.h"
#include "core/auth/keychainjob.h"
#include "core/registry/openregistryjob.h"
#include "core/registry/registrysession.h"
#include "core/transfer/filecontent.h"
#include "core/transfer/uploadblobjob.h"
#include "support/canary.h"
#include "support/fakeregistry.h"
#include "support/helperfolder.h"
#include "support/outcome.h"
#include "support/testhome.h"

#include <QDirIterator>
#include <QStandardPaths>

using namespace Longshore;
using namespace Qt::StringLiterals;

using SignIn = FakeRegistry::SignIn;

namespace {

/// What people have, with characters that every encoding changes.
const QByteArray canary = "CANARY/s3cr+t?&%";

/// What a token server gives: a token for the registry, and one for itself.
const QByteArray issued = "CANARY/issu+ed~token";
const QByteArray renewed = "CANARY/renew+ed~token";

QByteArray logged;

bool holdsAny(const QByteArray &bytes)
{
    return holdsSecret(bytes, canary) || holdsSecret(bytes, issued) || holdsSecret(bytes, renewed);
}

} // namespace

/// CRED-26: a secret from each source of credentials, and what a token server gives for it, is seen by
/// whom it is for, and by nobody else: no other server, no log, no message, no file.
class TestCanary : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void isSeenAtHomeOnly_data();
    void isSeenAtHomeOnly();

private:
    void prepare(const QString &source);
    [[nodiscard]] FoundCredentials find();
    /// Does what leads to other servers; what it is told is text for people.
    void work(const FoundCredentials &account);
    template <typename T>
    void note(const Result<T> &result)
    {
        if (!result)
            m_texts += (result.error().message + result.error().detail).toUtf8() + '\n';
    }
    void upload(RegistrySession &session);
    [[nodiscard]] QStringList filesWithSecrets() const;
    /// Empty for nobody.
    void expectOnlyAt(const QString &entitled, const QByteArray &secret) const;

    std::unique_ptr<TestHome> m_home;
    std::unique_ptr<HelperFolder> m_helpers;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestServer> m_tokens; ///< Of the registry.
    std::unique_ptr<TestServer> m_store; ///< Where blobs are, and where they go.
    std::unique_ptr<TestServer> m_stranger; ///< Whom the registry names for everything else.
    Network m_network;
    QString m_keychainUser;
    QStringList m_sources; ///< Files that hold the secret rightly.
    QByteArray m_texts;
    QtMessageHandler m_before = nullptr;
};

void TestCanary::init()
{
    m_home = std::make_unique<TestHome>();
    m_helpers = std::make_unique<HelperFolder>();
    m_home->set("PATH", m_helpers->path() + ":/usr/bin:/bin"_L1);
    m_registry = std::make_unique<FakeRegistry>();
    m_tokens = std::make_unique<TestServer>();
    m_store = std::make_unique<TestServer>();
    m_stranger = std::make_unique<TestServer>();
    m_keychainUser.clear();
    m_sources.clear();
    m_texts.clear();
    logged.clear();
    m_store->setHandler([](const TestRequest &request, const TestConnection &c) {
        c.answer({request.method == "PUT" ? 201 : 200, "blob", {{"Location", "/x"}}});
    });
    m_stranger->setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({401, "{}", {{"WWW-Authenticate", R"(Basic realm="me too")"}}});
    });
    m_tokens->setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({200, R"({"token":")" + issued + R"(","refresh_token":")" + renewed + R"("})"});
    });
    QLoggingCategory::setFilterRules(u"longshore.*=true"_s);
    m_before =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &message) {
            logged += message.toUtf8() + '\n';
        });
}

void TestCanary::cleanup()
{
    qInstallMessageHandler(m_before);
    QLoggingCategory::setFilterRules({});
}

void TestCanary::isSeenAtHomeOnly_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<SignIn>("scheme");
    QTest::addColumn<QString>("entitled");
    const QString registry = u"registry"_s;
    const QString tokens = u"token server"_s;
    for (const char *source : {"typed", "variable", "docker file", "podman file", "named file",
                               "file of old", "helper", "part of a registry", "keychain"}) {
        QTest::addRow("%s, Basic", source)
            << QString::fromLatin1(source) << SignIn::Basic << registry;
        QTest::addRow("%s, Bearer", source)
            << QString::fromLatin1(source) << SignIn::Bearer << tokens;
    }
    QTest::newRow("identity token") << u"identity token"_s << SignIn::Bearer << tokens;
    QTest::newRow("identity token, Basic") << u"identity token"_s << SignIn::Basic << QString();
    QTest::newRow("helper's identity token")
        << u"helper's identity token"_s << SignIn::Bearer << tokens;
    QTest::newRow("registry token") << u"registry token"_s << SignIn::Bearer << registry;
    QTest::newRow("header") << u"header"_s << SignIn::Bearer << registry;
}

void TestCanary::prepare(const QString &source)
{
    const QByteArray host = m_registry->host().toUtf8();
    const QByteArray pair = QByteArray("me:" + canary).toBase64();
    const QByteArray entry = R"({")" + host + R"(":{"auth":")" + pair + R"("}})";
    const QByteArray auth = R"({"auths":)" + entry + '}';
    const auto member = [&](const char *name) {
        return QByteArray(R"({"auths":{")" + host + R"(":{")" + name + R"(":")" + canary
                          + R"("}}})");
    };
    const QString docker = u".docker/config.json"_s;
    if (source == "variable"_L1)
        m_home->set("DOCKER_AUTH_CONFIG", QString::fromUtf8(auth));
    else if (source == "docker file"_L1)
        m_sources.append(m_home->write(docker, auth));
    else if (source == "podman file"_L1)
        m_sources.append(m_home->write(u"config/containers/auth.json"_s, auth));
    else if (source == "named file"_L1)
        m_home->set("REGISTRY_AUTH_FILE", m_sources.emplaceBack(m_home->write(u"named"_s, auth)));
    else if (source == "file of old"_L1)
        m_sources.append(m_home->write(u".dockercfg"_s, entry));
    else if (source == "part of a registry"_L1)
        m_sources.append(m_home->write(u"config/containers/auth.json"_s,
                                       QByteArray(auth).replace(host, QByteArray(host + "/a"))));
    else if (source == "identity token"_L1)
        m_sources.append(m_home->write(docker, member("identitytoken")));
    else if (source == "registry token"_L1)
        m_sources.append(m_home->write(docker, member("registrytoken")));
    else if (source == "header"_L1)
        m_sources.append(m_home->write(docker, R"({"HttpHeaders":{"X-Key":")" + canary + R"("}})"));
    else if (source.startsWith("helper"_L1)) {
        const QByteArray user = source == "helper"_L1 ? "me" : "<token>";
        m_helpers->add(u"x"_s, "echo '" + canary + "' >&2\necho '{\"Username\":\"" + user
                                   + "\",\"Secret\":\"" + canary + "\"}'");
        m_home->write(docker, R"({"credsStore":"x"})");
    } else if (source == "keychain"_L1) {
        const QString key = KeychainJob::keyOf(m_registry->host(), u"me"_s);
        if (!outcomeOf(KeychainJob::write(key, Secret(canary))))
            QSKIP("there is no keychain here");
        m_keychainUser = u"me"_s;
    }
}

FoundCredentials TestCanary::find()
{
    const auto found = outcomeOf(new FindCredentialsJob({.host = m_registry->host(),
                                                         .keychainUser = m_keychainUser,
                                                         .environment = m_home->environment()}));
    m_texts += (found->notices.join(u'\n') + found->source.toString()).toUtf8();
    return *found;
}

void TestCanary::upload(RegistrySession &session)
{
    const QString path = m_home->write(u"blob"_s, "mine");
    const auto content = FileContent::open(path, CancelFlag(false));
    m_registry->intercept([this](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "POST" || !request.headers.contains("authorization"))
            return false;
        connection.answer({202, {}, {{"Location", m_store->url(u"/upload?sig=1"_s).toEncoded()}}});
        return true;
    });
    note(outcomeOf(new UploadBlobJob(session, {*RepositoryName::parse(u"a"), *content})));
}

void TestCanary::work(const FoundCredentials &account)
{
    OpenRegistryJob::Options options{*RegistryAddress::parse(m_registry->host())};
    options.setAccount(account);
    options.environment = m_home->environment();
    options.settings.retry.attempts = 1;
    const auto opened = outcomeOf(new OpenRegistryJob(m_network, options));
    note(opened);
    if (!opened)
        return;
    RegistrySession &session = *opened->session;
    m_texts += opened->notices.join(u'\n').toUtf8();
    const auto repository = *RepositoryName::parse(u"a");
    note(outcomeOf(session.checkSignIn()));
    // A blob that is elsewhere, a list that goes on elsewhere, an upload that goes elsewhere.
    m_registry->behaviour.blobRedirect = m_store->url(u"/blobs"_s);
    note(outcomeOf(session.fetchBlob(repository, m_registry->addBlob(u"a"_s, "blob"),
                                     Session::Priority::Interactive)));
    m_registry->setTag(u"a"_s, u"1"_s, Digest::ofBytes("x"));
    m_registry->failNext("GET", u"/tags/list"_s,
                         {200,
                          R"({"tags":["1"]})",
                          {{"Link", '<' + m_stranger->url(u"/v2/a/tags/list?n=1"_s).toEncoded()
                                        + ">; rel=\"next\""}}});
    note(outcomeOf(session.listTags(repository)));
    upload(session);
    m_registry->failNext("GET", u"/_catalog"_s,
                         {307, {}, {{"Location", m_stranger->url(u"/v2/"_s).toEncoded()}}});
    note(outcomeOf(session.listRepositories()));
    // And another token server, on what is another host as far as names tell.
    const QByteArray realm = "http://localhost:" + QByteArray::number(m_stranger->port()) + "/t";
    m_registry->failNext("GET", u"/v2/"_s,
                         {401, "{}", {{"WWW-Authenticate", "Bearer realm=\"" + realm + '"'}}}, 9);
    note(outcomeOf(session.checkSignIn()));
}

QStringList TestCanary::filesWithSecrets() const
{
    QStringList found;
    QStringList folders{m_home->filePath({})};
    for (const auto place : {QStandardPaths::AppConfigLocation, QStandardPaths::AppDataLocation,
                             QStandardPaths::CacheLocation})
        folders.append(QStandardPaths::writableLocation(place));
    for (const QString &folder : folders) {
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!m_sources.contains(file.fileName()) && file.open(QIODevice::ReadOnly)
                && holdsAny(file.readAll()))
                found.append(file.fileName());
        }
    }
    return found;
}

void TestCanary::expectOnlyAt(const QString &entitled, const QByteArray &secret) const
{
    QCOMPARE(holdsSecret(*m_registry, secret), entitled == "registry"_L1);
    QCOMPARE(holdsSecret(*m_tokens, secret), entitled == "token server"_L1);
    QVERIFY(!holdsSecret(*m_store, secret));
    QVERIFY(!holdsSecret(*m_stranger, secret));
}

void TestCanary::isSeenAtHomeOnly()
{
    QFETCH(QString, source);
    QFETCH(SignIn, scheme);
    QFETCH(QString, entitled);
    m_registry->behaviour.signIn = scheme;
    m_registry->behaviour.user = "me";
    m_registry->behaviour.password = canary;
    m_registry->behaviour.realm = m_tokens->url(u"/token"_s);
    m_registry->behaviour.readyToken = source == "registry token"_L1 ? canary : issued;
    prepare(source);
    if (QTest::currentTestFailed() || (source == "keychain"_L1 && m_keychainUser.isEmpty()))
        return;
    work(source == "typed"_L1 ? FoundCredentials{{u"me"_s, Secret(canary)}} : find());
    expectOnlyAt(entitled, canary);
    const bool asksForTokens = scheme == SignIn::Bearer && source != "registry token"_L1;
    expectOnlyAt(asksForTokens ? u"registry"_s : QString(), issued);
    const bool isExchanged = scheme == SignIn::Bearer && source.endsWith("identity token"_L1);
    expectOnlyAt(isExchanged ? u"token server"_s : QString(), renewed);
    QVERIFY2(!holdsAny(m_texts), m_texts.constData());
    QVERIFY(logged.contains("longshore") || logged.contains("GET "));
    QVERIFY2(!holdsAny(logged), "the log holds the secret");
    QCOMPARE(filesWithSecrets(), QStringList());
}

QTEST_GUILESS_MAIN(TestCanary)
#include "tst_canary.moc"
