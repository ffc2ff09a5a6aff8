// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// CRED-13: sign-ins for parts of a registry, as Podman keeps them.
class TestPartsAuthorizer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void usesAnAccountForItsPartAlone_data();
    void usesAnAccountForItsPartAlone();
    void theMostSpecificWins_data();
    void theMostSpecificWins();
    void saysNothingOfItToTheWholeRegistry_data();
    void saysNothingOfItToTheWholeRegistry();
    void keepsToThePartOfTheTarget();
    void goesNowhereOnceSomebodyElseSignsIn();
    void saysWhereEachCameFrom();
    void signsInBeforeTheBodyOfAPart();

private:
    static void addSchemes()
    {
        QTest::addColumn<bool>("isBearer");
        QTest::newRow("basic") << false;
        QTest::newRow("bearer") << true;
    }
    void answer(const TestRequest &request, const TestConnection &connection) const;
    /// Whom the registry knew when the tags of \a repository were read; "nobody" for anonymous.
    [[nodiscard]] QByteArray readerOf(const QString &repository);
    /// Whose password was shown at all.
    [[nodiscard]] QByteArrayList seen() const;
    [[nodiscard]] static PartCredentials part(const QString &prefix, const QString &user)
    {
        return {prefix, {user, Secret("secret")}, {CredentialSource::Kind::File, u"/"_s + user}};
    }

    Network m_network;
    std::unique_ptr<TestServer> m_registry;
    std::unique_ptr<RegistrySession> m_session;
    bool m_isBearer = false;
};

/// "me" of "Basic ...", and of the tokens that the handler makes of it.
static QByteArray userIn(const QByteArray &header)
{
    const QByteArray value = header.mid(header.indexOf(' ') + 1);
    return header.isEmpty() ? QByteArray("nobody")
                            : QByteArray::fromBase64(value).split(':').first();
}

void TestPartsAuthorizer::init()
{
    m_session.reset();
    m_isBearer = false;
    m_registry = std::make_unique<TestServer>();
    m_registry->setHandler(
        [this](const TestRequest &request, const TestConnection &c) { answer(request, c); });
    m_session = std::make_unique<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
}

void TestPartsAuthorizer::answer(const TestRequest &request, const TestConnection &connection) const
{
    const QByteArray user = userIn(request.header("authorization"));
    if (request.path() == "/token"_L1)
        return connection.answer(
            {200, R"({"token":")" + QByteArray(user + ":x").toBase64() + R"("})"});
    const QByteArray realm = m_registry->url(u"/token"_s).toEncoded();
    const QByteArray challenge = (m_isBearer ? "Bearer" : "Basic") + " realm=\""_ba + realm + '"';
    if (request.header("authorization").isEmpty())
        return connection.answer({401, "{}", {{"WWW-Authenticate", challenge}}});
    connection.answer({200, R"({"tags":[],"repositories":[]})"});
}

QByteArray TestPartsAuthorizer::readerOf(const QString &repository)
{
    const auto list = outcomeOf(m_session->listTags(*RepositoryName::parse(repository)));
    if (!list)
        return "nobody";
    return userIn(m_registry->requests().last().header("authorization"));
}

QByteArrayList TestPartsAuthorizer::seen() const
{
    QByteArrayList users;
    for (const TestRequest &request : m_registry->requests()) {
        const QByteArray user = userIn(request.header("authorization"));
        if (!users.contains(user))
            users.append(user);
    }
    return users;
}

void TestPartsAuthorizer::usesAnAccountForItsPartAlone_data()
{
    addSchemes();
}

void TestPartsAuthorizer::usesAnAccountForItsPartAlone()
{
    QFETCH(const bool, isBearer);
    m_isBearer = isBearer;
    m_session->setAccount({{}, {}, {}, {part(u"team"_s, u"me"_s)}});
    QCOMPARE(readerOf(u"team"_s), "me");
    QCOMPARE(readerOf(u"team/app"_s), "me");
    m_registry->forgetRequests();
    for (const QString &other : {u"team2"_s, u"tea"_s, u"other/team"_s, u"other"_s})
        QCOMPARE(readerOf(other), "nobody");
    QCOMPARE(seen(), QByteArrayList{"nobody"});
}

void TestPartsAuthorizer::theMostSpecificWins_data()
{
    addSchemes();
}

void TestPartsAuthorizer::theMostSpecificWins()
{
    QFETCH(const bool, isBearer);
    m_isBearer = isBearer;
    m_session->setAccount({{u"whole"_s, Secret("secret")},
                           {},
                           {},
                           {part(u"team"_s, u"team"_s), part(u"team/app/x"_s, u"x"_s),
                            part(u"team/app"_s, u"app"_s)}});
    QCOMPARE(readerOf(u"team/app"_s), "app");
    QCOMPARE(readerOf(u"team/app/x"_s), "x");
    QCOMPARE(readerOf(u"team/app/y"_s), "app");
    QCOMPARE(readerOf(u"team/other"_s), "team");
    QCOMPARE(readerOf(u"team2"_s), "whole");
    QCOMPARE(readerOf(u"team/app"_s), "app"); // And again, with what is remembered.
}

void TestPartsAuthorizer::saysNothingOfItToTheWholeRegistry_data()
{
    addSchemes();
}

void TestPartsAuthorizer::saysNothingOfItToTheWholeRegistry()
{
    QFETCH(const bool, isBearer);
    m_isBearer = isBearer;
    m_session->setAccount({{}, {}, {}, {part(u"team"_s, u"me"_s)}});
    QVERIFY(outcomeOf(m_session->ping()));
    QVERIFY(!outcomeOf(m_session->checkSignIn()) || m_isBearer);
    QVERIFY(!outcomeOf(m_session->listRepositories()) || m_isBearer);
    QCOMPARE(seen(), QByteArrayList{"nobody"});
    QVERIFY(m_session->credentials().isEmpty());
}

void TestPartsAuthorizer::keepsToThePartOfTheTarget()
{
    // A mount names two repositories, and is a change of the first.
    m_session->setAccount({{}, {}, {}, {part(u"team"_s, u"team"_s), part(u"other"_s, u"other"_s)}});
    const StartUploadJob::Mount mount{Digest::ofBytes("x"), RepositoryName::parse(u"other/a")};
    QVERIFY(!outcomeOf(m_session->startUpload(*RepositoryName::parse(u"team/a"), mount)));
    QCOMPARE(seen(), (QByteArrayList{"nobody", "team"}));
}

void TestPartsAuthorizer::goesNowhereOnceSomebodyElseSignsIn()
{
    m_session->setAccount({{}, {}, {}, {part(u"team"_s, u"me"_s)}});
    QCOMPARE(readerOf(u"team/app"_s), "me");
    m_registry->forgetRequests();
    m_session->setCredentials({u"you"_s, Secret("secret")});
    QCOMPARE(readerOf(u"team/app"_s), "you");
    m_session->setCredentials({});
    QCOMPARE(readerOf(u"team/app"_s), "nobody");
    QVERIFY(!seen().contains("me"));
}

void TestPartsAuthorizer::saysWhereEachCameFrom()
{
    using Kind = CredentialSource::Kind;
    m_session->setAccount(
        {{u"whole"_s, Secret("secret")}, {Kind::Keychain}, {}, {part(u"team"_s, u"me"_s)}});
    const auto team = *RepositoryName::parse(u"team/app");
    const auto other = *RepositoryName::parse(u"other");
    QCOMPARE(m_session->credentialSource().kind, Kind::Keychain);
    QCOMPARE(m_session->credentialSourceFor(other).kind, Kind::Keychain);
    QCOMPARE(m_session->credentialSourceFor(team).path, u"/me"_s);
    QCOMPARE(m_session->credentialsFor(team).user, u"me"_s);
    QCOMPARE(m_session->credentialsFor(other).user, u"whole"_s);
    m_session->setCredentials({u"me"_s, Secret("secret")});
    QCOMPARE(m_session->credentialSourceFor(team).kind, Kind::Given);
    m_session->setCredentials({});
    QCOMPARE(m_session->credentialSource().kind, Kind::None);
}

void TestPartsAuthorizer::signsInBeforeTheBodyOfAPart()
{
    // What the ping was asked is known to accounts that come later, too.
    QVERIFY(outcomeOf(m_session->ping()));
    m_session->setAccount({{}, {}, {}, {part(u"team"_s, u"me"_s)}});
    m_registry->forgetRequests();
    const auto manifest = parseManifest(
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]})",
        {});
    m_registry->setHandler([&](const TestRequest &request, const TestConnection &c) {
        if (request.method != "PUT" || request.header("authorization").isEmpty())
            return answer(request, c);
        const QByteArray digest = manifest->digest.toString().toLatin1();
        c.answer({201, {}, {{"Docker-Content-Digest", digest}}});
    });
    QVERIFY(outcomeOf(m_session->pushManifest(*RepositoryName::parse(u"team/app"),
                                              *Tag::parse(u"1"), *manifest)));
    QCOMPARE(m_registry->count("PUT"), 1);
    QVERIFY(!m_registry->requestLines().contains(u"GET /v2/"_s));
}

QTEST_GUILESS_MAIN(TestPartsAuthorizer)
#include "tst_partsauthorizer.moc"
