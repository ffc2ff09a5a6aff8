// SPDX-License-Identifier: Apache-2.0
#include "core/oci/base64url.h"
#include "core/oci/signingkey.h"
#include "core/registry/registrysession.h"
#include "core/transfer/filecontent.h"
#include "core/transfer/uploadblobjob.h"
#include "support/outcome.h"
#include "support/realregistry.h"
#include "support/testcertificates.h"
#include "support/testserver.h"
#include "support/writtenfile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// A real registry that believes tokens, and a token server of ours that issues them.
class TestTokenAuthentication : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void readsWhatIsPublicWithoutAnAccount();
    void writesAndDeletesWithAnAccount();
    void asksForTheRightThatATokenLacks();
    void givesUpWhenNoTokenGivesTheRight();
    void asksAgainWhenATokenIsOver();
    void usesOneTokenForManyRequests();
    void sendsThePasswordToTheTokenServerAlone();

private:
    [[nodiscard]] QByteArray makeToken(const QStringList &scopes, int lifetime) const;
    void answer(const TestRequest &request, const TestConnection &connection);
    [[nodiscard]] qsizetype tokenCount() const { return m_tokens->requests().size(); }
    /// A blob and a manifest over it, under the tag "1".
    [[nodiscard]] std::optional<Error> push();
    [[nodiscard]] Result<UploadedBlob> upload(const QByteArray &bytes);

    const TestCertificate m_certificate = TestCertificate::authority();
    const RepositoryName m_repository = *RepositoryName::parse(u"team/app");
    QTemporaryDir m_folder;
    Network m_network;
    std::unique_ptr<TestServer> m_tokens;
    std::unique_ptr<RealRegistry> m_registry;
    std::unique_ptr<RegistrySession> m_session;
    int m_tokensWithoutPush = 0; ///< So many give less than was asked for.
    int m_tokensThatAreOver = 0;
};

void TestTokenAuthentication::initTestCase()
{
    if (!RealRegistry::isInstalled())
        QSKIP("docker-registry is not here; tests/run.sh fetches it");
    QFile certificate(m_folder.filePath(u"issuer.pem"_s));
    QVERIFY(certificate.open(QIODevice::WriteOnly));
    certificate.write(m_certificate.pem());
}

void TestTokenAuthentication::init()
{
    m_session.reset();
    m_tokensWithoutPush = 0;
    m_tokensThatAreOver = 0;
    m_tokens = std::make_unique<TestServer>();
    m_tokens->setHandler([this](const TestRequest &request, const TestConnection &connection) {
        answer(request, connection);
    });
    m_registry = std::make_unique<RealRegistry>(RealRegistryOptions{
        .furtherConfiguration =
            "auth:\n  token:\n    realm: " + m_tokens->url(u"/token"_s).toEncoded()
            + "\n    service: the registry\n    issuer: the issuer\n"
              "    rootcertbundle: "
            + m_folder.filePath(u"issuer.pem"_s).toUtf8() + "\n"});
    QVERIFY2(m_registry->failure().isEmpty(), qPrintable(m_registry->failure()));
    m_session = std::make_unique<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
    m_session->setCredentials({u"demo"_s, Secret("secret")});
}

/// RFC 7519, with what the registry wants to see in it (Distribution "Token Authentication").
QByteArray TestTokenAuthentication::makeToken(const QStringList &scopes, int lifetime) const
{
    const auto key = SigningKey::parse(Secret(m_certificate.keyPem()));
    QJsonArray access;
    for (const QString &scope : scopes)
        access.append(QJsonObject{
            {u"type"_s, scope.section(u':', 0, 0)},
            {u"name"_s, scope.section(u':', 1, -2)},
            {u"actions"_s, QJsonArray::fromStringList(scope.section(u':', -1).split(u','))}});
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QJsonObject head{{u"typ"_s, u"JWT"_s}, {u"alg"_s, u"ES256"_s}, {u"kid"_s, key->keyId()}};
    const QJsonObject claims{{u"iss"_s, u"the issuer"_s}, {u"aud"_s, u"the registry"_s},
                             {u"sub"_s, u"demo"_s},       {u"exp"_s, now + lifetime},
                             {u"nbf"_s, now - 1000},      {u"iat"_s, now - 1000},
                             {u"jti"_s, u"1"_s},          {u"access"_s, access}};
    const auto part = [](const QJsonObject &object) {
        return toBase64Url(QJsonDocument(object).toJson(QJsonDocument::Compact));
    };
    const QByteArray message = part(head) + '.' + part(claims);
    return message + '.' + toBase64Url(key->sign(message));
}

void TestTokenAuthentication::answer(const TestRequest &request, const TestConnection &connection)
{
    const QByteArray sent = request.header("authorization");
    if (!sent.isEmpty() && sent != "Basic " + QByteArray("demo:secret").toBase64())
        return connection.answer({401, R"({"details":"wrong password"})"});
    QStringList scopes = QUrlQuery(QUrl::fromEncoded(request.target))
                             .allQueryItemValues(u"scope"_s, QUrl::FullyDecoded);
    const bool givesLess = m_tokensWithoutPush > 0 && m_tokensWithoutPush-- > 0;
    if (sent.isEmpty() || givesLess) {
        for (QString &scope : scopes)
            scope = scope.section(u':', 0, -2) + u":pull"_s;
    }
    const bool isOver = m_tokensThatAreOver > 0 && m_tokensThatAreOver-- > 0;
    const QByteArray token = makeToken(scopes, isOver ? -100 : 300);
    connection.answer({200, R"({"token":")" + token + R"("})"});
}

Result<UploadedBlob> TestTokenAuthentication::upload(const QByteArray &bytes)
{
    const QString file = writtenFile(m_folder.filePath(u"blob"_s), bytes);
    const auto content = FileContent::open(file, CancelFlag(false));
    return outcomeOf(new UploadBlobJob(*m_session, {m_repository, *content}));
}

std::optional<Error> TestTokenAuthentication::push()
{
    const auto blob = upload("{}");
    if (!blob)
        return blob.error();
    const QByteArray text = R"({"schemaVersion":2,"mediaType":)"
                            R"("application/vnd.oci.image.manifest.v1+json","config":{"mediaType":)"
                            R"("application/vnd.oci.image.config.v1+json","size":2,"digest":")"
                            + blob->digest.toString().toLatin1() + R"("},"layers":[]})";
    const auto manifest = parseManifest(text, {});
    const auto pushed =
        outcomeOf(m_session->pushManifest(m_repository, *Tag::parse(u"1"), *manifest));
    return pushed ? std::nullopt : std::optional(pushed.error());
}

void TestTokenAuthentication::readsWhatIsPublicWithoutAnAccount()
{
    QVERIFY(!push());
    m_session->setCredentials({});
    const auto found = outcomeOf(
        m_session->resolve(m_repository, *Tag::parse(u"1"), Session::Priority::Interactive));
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(m_tokens->requests().last().header("authorization"), "");
    const auto refused = upload("mine");
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Forbidden);
}

void TestTokenAuthentication::writesAndDeletesWithAnAccount()
{
    const auto error = push();
    QVERIFY2(!error, error ? qPrintable(error->message) : "");
    const auto found = outcomeOf(
        m_session->resolve(m_repository, *Tag::parse(u"1"), Session::Priority::Interactive));
    QVERIFY(found);
    const auto deleted = outcomeOf(m_session->deleteManifest(m_repository, found->digest));
    QVERIFY2(deleted, deleted ? "" : qPrintable(deleted.error().message));
    QVERIFY(outcomeOf(m_session->listRepositories()));
}

void TestTokenAuthentication::asksForTheRightThatATokenLacks()
{
    m_tokensWithoutPush = 1;
    const auto uploaded = upload("mine");
    QVERIFY2(uploaded, uploaded ? "" : qPrintable(uploaded.error().message));
    QCOMPARE(tokenCount(), 2);
    QVERIFY(m_tokens->requests().last().target.contains("scope=repository:team/app:pull,push"));
}

void TestTokenAuthentication::givesUpWhenNoTokenGivesTheRight()
{
    m_tokensWithoutPush = 100;
    const auto uploaded = upload("mine");
    QVERIFY(!uploaded);
    QCOMPARE(uploaded.error().kind, Error::Kind::Forbidden);
    QVERIFY2(uploaded.error().detail.contains(u"push"_s), qPrintable(uploaded.error().detail));
    QVERIFY(tokenCount() <= 2);
}

void TestTokenAuthentication::asksAgainWhenATokenIsOver()
{
    m_tokensThatAreOver = 1;
    const auto refused = push(); // One that is over as soon as it is given is no use.
    QVERIFY(refused);
    QCOMPARE(refused->kind, Error::Kind::Forbidden); // The sign-in itself was accepted.
    QVERIFY(!push());
    QCOMPARE(tokenCount(), 2);
}

void TestTokenAuthentication::usesOneTokenForManyRequests()
{
    QVERIFY(!push());
    m_session->setCredentials({u"demo"_s, Secret("secret")});
    m_tokens->forgetRequests();
    int done = 0;
    for (int i = 0; i < 8; ++i) {
        auto *job =
            m_session->resolve(m_repository, *Tag::parse(u"1"), Session::Priority::Interactive);
        job->then(this, [&done](const Result<Descriptor> &found) { done += found ? 1 : 0; });
        job->start();
    }
    QTRY_COMPARE(done, 8);
    QCOMPARE(tokenCount(), 1);
}

void TestTokenAuthentication::sendsThePasswordToTheTokenServerAlone()
{
    m_session->setCredentials({u"demo"_s, Secret("wrong")});
    const auto refused = upload("mine");
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Unauthorized);
    QVERIFY(refused.error().message.contains(u"rejected"_s));
    QCOMPARE(tokenCount(), 1); // Servers lock accounts.
}

QTEST_GUILESS_MAIN(TestTokenAuthentication)
#include "tst_tokenauthentication.moc"
