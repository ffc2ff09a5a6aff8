// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/fakeconnection.h"
#include "support/gzip.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestRegistrySession : public QObject
{
    Q_OBJECT

private slots:
    void listsRepositories();
    void tellsAnEmptyListFromNone_data();
    void tellsAnEmptyListFromNone();
    void saysThatTheServerKeepsItsRepositoriesToItself_data();
    void saysThatTheServerKeepsItsRepositoriesToItself();
    void tellsALastingRefusalFromAMissingSignIn_data();
    void tellsALastingRefusalFromAMissingSignIn();
    void notesWhatOrdinaryRequestsTell();
    void asksNoMissingEndpointAgain();
    void readsDocumentsWhateverAProxyDoesToThem_data();
    void readsDocumentsWhateverAProxyDoesToThem();
    void readsNoOtherDocuments_data();
    void readsNoOtherDocuments();
    void believesNoLengthOfACompressedAnswer();
    void remembersWhatThePingWasAsked_data();
    void remembersWhatThePingWasAsked();

private:
    Network m_network;
};

void TestRegistrySession::listsRepositories()
{
    FakeRegistry registry;
    registry.addRepository(u"a/b"_s);
    registry.addRepository(u"c"_s);
    RegistrySession session(m_network, *RegistryAddress::parse(registry.host()), u"http"_s);
    ListNamesJob *job = session.listRepositories();
    QStringList names;
    connect(job, &ListNamesJob::namesListed, this, [&](const QStringList &page) { names += page; });
    const auto summary = outcomeOf(job);
    QVERIFY(summary);
    QCOMPARE(names, QStringList({u"a/b"_s, u"c"_s}));
    QCOMPARE(registry.requests().size(), qsizetype(1)); // H10: no ping that nobody asked for.
}

void TestRegistrySession::tellsAnEmptyListFromNone_data()
{
    using Failure = std::optional<Error::Kind>;
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Failure>("failure");
    QTest::newRow("empty") << TestAnswer{200, R"({"repositories":[]})"} << Failure();
    QTest::newRow("null") << TestAnswer{200, R"({"repositories":null})"} << Failure();
    QTest::newRow("a web page") << TestAnswer{200, "<html>"} << Failure(Error::Kind::Unsupported);
    QTest::newRow("nothing") << TestAnswer{200} << Failure(Error::Kind::Protocol);
    QTest::newRow("a sign-in is wanted") << TestAnswer{401} << Failure(Error::Kind::Unauthorized);
}

void TestRegistrySession::tellsAnEmptyListFromNone()
{
    QFETCH(const TestAnswer, answer);
    QFETCH(const std::optional<Error::Kind>, failure);
    FakeRegistry registry;
    registry.failNext("GET", u"/_catalog"_s, answer, 9);
    RegistrySession session(m_network, *RegistryAddress::parse(registry.host()), u"http"_s);
    const auto summary = outcomeOf(session.listRepositories());
    QCOMPARE(!summary, failure.has_value());
    if (summary)
        QCOMPARE(summary->count, qsizetype(0));
    else
        QCOMPARE(summary.error().kind, *failure);
}

void TestRegistrySession::saysThatTheServerKeepsItsRepositoriesToItself_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("not allowed") << 403 << Error::Kind::Forbidden;
    QTest::newRow("no such endpoint") << 404 << Error::Kind::Unsupported;
    QTest::newRow("turned off") << 405 << Error::Kind::Unsupported;
    QTest::newRow("not as a list") << 406 << Error::Kind::Unsupported;
}

void TestRegistrySession::saysThatTheServerKeepsItsRepositoriesToItself()
{
    QFETCH(const int, status);
    QFETCH(const Error::Kind, kind);
    FakeRegistry registry;
    registry.behaviour.catalogStatus = status;
    RegistrySession session(m_network, *RegistryAddress::parse(registry.host()), u"http"_s);
    const auto summary = outcomeOf(session.listRepositories());
    QVERIFY(!summary);
    QCOMPARE(summary.error().kind, kind);
    QCOMPARE(summary.error().httpStatus, status);
    QVERIFY(summary.error().message.contains(u"does not list its repositories"_s));
}

void TestRegistrySession::tellsALastingRefusalFromAMissingSignIn_data()
{
    using SignIn = FakeRegistry::SignIn;
    QTest::addColumn<SignIn>("signIn");
    QTest::addColumn<Credentials>("credentials");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<bool>("isLasting");
    const Credentials user{u"user"_s, Secret("secret")};
    const Credentials wrong{u"user"_s, Secret("wrong")};
    const QByteArray scope = R"(,error="insufficient_scope")";
    QTest::newRow("Bearer, with a sign-in") << SignIn::Bearer << user << QByteArray() << true;
    QTest::newRow("Bearer, wrong") << SignIn::Bearer << wrong << QByteArray() << false;
    QTest::newRow("Bearer, anonymous") << SignIn::Bearer << Credentials() << QByteArray() << false;
    QTest::newRow("Bearer, anonymous, no right")
        << SignIn::Bearer << Credentials() << scope << true;
    QTest::newRow("Basic, wrong") << SignIn::Basic << wrong << QByteArray() << false;
    QTest::newRow("Basic, anonymous") << SignIn::Basic << Credentials() << QByteArray() << false;
}

void TestRegistrySession::tellsALastingRefusalFromAMissingSignIn()
{
    // Docker Hub and GitLab keep the list to themselves by a 401.
    QFETCH(const FakeRegistry::SignIn, signIn);
    QFETCH(const Credentials, credentials);
    QFETCH(const QByteArray, reason);
    QFETCH(const bool, isLasting);
    FakeConnection connection;
    connection.registry.behaviour.signIn = signIn;
    connection.session.setCredentials(credentials);
    const QByteArray way =
        signIn == FakeRegistry::SignIn::Basic
            ? QByteArray(R"(Basic realm="fake")")
            : R"(Bearer realm=")" + connection.registry.url(u"/token"_s).toEncoded() + '"';
    connection.registry.failNext("GET", u"/_catalog"_s,
                                 {401, {}, {{"WWW-Authenticate", way + reason}}}, 99);
    const auto summary = outcomeOf(connection.session.listRepositories());
    QVERIFY(!summary);
    QCOMPARE(summary.error().kind, isLasting ? Error::Kind::Forbidden : Error::Kind::Unauthorized);
    QCOMPARE(summary.error().message.contains(u"does not list its repositories"_s), isLasting);
    const auto support = outcomeOf(connection.session.probe({Capability::Catalog}));
    QCOMPARE(bool(support), isLasting);
    QVERIFY(!support || *support == Support::No);
}

void TestRegistrySession::notesWhatOrdinaryRequestsTell()
{
    FakeConnection connection;
    const auto &known = connection.session.capabilities();
    connection.registry.failNext("GET", u"/_catalog"_s, {500}, 2);
    QVERIFY(!outcomeOf(connection.session.listRepositories()));
    QCOMPARE(known.of(Capability::Catalog), Support::Unknown);
    QVERIFY(outcomeOf(connection.session.listRepositories()));
    QCOMPARE(known.of(Capability::Catalog), Support::Yes);
    connection.registry.behaviour.catalogStatus = 405;
    QVERIFY(!outcomeOf(connection.session.listRepositories()));
    QCOMPARE(known.of(Capability::Catalog), Support::No);
}

void TestRegistrySession::asksNoMissingEndpointAgain()
{
    FakeConnection connection;
    const RepositoryName repository = *RepositoryName::parse(u"a");
    const auto list = [&] {
        return outcomeOf(connection.session.listReferrers(repository, Digest::ofBytes("x")));
    };
    // Kept from this account in this repository: another may have it.
    connection.registry.failNext("GET", u"/referrers/"_s, {403});
    QVERIFY(list());
    QCOMPARE(connection.session.capabilities().of(Capability::Referrers), Support::Unknown);
    QVERIFY(list());
    QCOMPARE(connection.session.capabilities().of(Capability::Referrers), Support::No);
    connection.registry.forgetRequests();
    QVERIFY(list());
    QCOMPARE(connection.registry.count("GET", u"/referrers/"_s), 0);
    connection.session.setCredentials({u"me"_s, Secret("x")});
    QVERIFY(list());
    QCOMPARE(connection.registry.count("GET", u"/referrers/"_s), 1);
}

void TestRegistrySession::readsDocumentsWhateverAProxyDoesToThem_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("coding");
    QTest::newRow("as it is") << QByteArray("{}") << QByteArray("{}") << QByteArray();
    QTest::newRow("SRV-25 compressed") << QByteArray("{}") << gzipped("{}") << QByteArray("gzip");
    QTest::newRow("SRV-26 called so") << gzipped("{}") << gzipped("{}") << QByteArray("gzip");
}

void TestRegistrySession::readsDocumentsWhateverAProxyDoesToThem()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, sent);
    QFETCH(const QByteArray, coding);
    FakeRegistry registry;
    const Descriptor blob = registry.addBlob(u"a"_s, content);
    registry.failNext("GET", u"/blobs/"_s, {200, sent, {{"Content-Encoding", coding}}});
    RegistrySession session(m_network, *RegistryAddress::parse(registry.host()), u"http"_s);
    const auto bytes = outcomeOf(
        session.fetchBlob(*RepositoryName::parse(u"a"), blob, Session::Priority::Interactive));
    QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().message));
    QCOMPARE(*bytes, content);
}

void TestRegistrySession::readsNoOtherDocuments_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Error::Kind>("kind");
    using Kind = Error::Kind;
    QTest::newRow("shorter") << TestAnswer{200, "conten"} << Kind::SizeMismatch;
    QTest::newRow("longer") << TestAnswer{200, "content!"} << Kind::SizeMismatch;
    QTest::newRow("much longer") << TestAnswer{200, QByteArray(9999, 'x')} << Kind::TooLarge;
    QTest::newRow("other") << TestAnswer{200, "CONTENT"} << Kind::DigestMismatch;
    QTest::newRow("other, compressed")
        << TestAnswer{200, gzipped("CONTENT"), {{"Content-Encoding", "gzip"}}}
        << Kind::DigestMismatch;
}

void TestRegistrySession::readsNoOtherDocuments()
{
    QFETCH(const TestAnswer, answer);
    FakeRegistry registry;
    const Descriptor blob = registry.addBlob(u"a"_s, "content");
    registry.failNext("GET", u"/blobs/"_s, answer);
    RegistrySession session(m_network, *RegistryAddress::parse(registry.host()), u"http"_s);
    const auto bytes = outcomeOf(
        session.fetchBlob(*RepositoryName::parse(u"a"), blob, Session::Priority::Interactive));
    QVERIFY(!bytes);
    QTEST(bytes.error().kind, "kind");
}

void TestRegistrySession::believesNoLengthOfACompressedAnswer()
{
    FakeRegistry registry;
    const Descriptor blob = registry.addBlob(u"a"_s, "content");
    registry.failNext("HEAD", u"/blobs/"_s,
                      {200, "compressed", {{"Content-Encoding", "gzip"}}, true});
    RegistrySession session(m_network, *RegistryAddress::parse(registry.host()), u"http"_s);
    const auto presence = outcomeOf(session.blobExists(*RepositoryName::parse(u"a"), blob.digest));
    QVERIFY(presence);
    QVERIFY(presence->exists);
    QCOMPARE(presence->size, qint64(-1));
}

void TestRegistrySession::remembersWhatThePingWasAsked_data()
{
    QTest::addColumn<FakeRegistry::SignIn>("signIn");
    QTest::newRow("basic") << FakeRegistry::SignIn::Basic;
    QTest::newRow("bearer") << FakeRegistry::SignIn::Bearer;
}

void TestRegistrySession::remembersWhatThePingWasAsked()
{
    // GCR refuses other requests without saying how to sign in.
    QFETCH(const FakeRegistry::SignIn, signIn);
    FakeConnection connection;
    connection.registry.behaviour.signIn = signIn;
    connection.registry.setTag(u"a"_s, u"1"_s, Digest::ofBytes("x"));
    connection.session.setCredentials({u"user"_s, Secret("secret")});
    QVERIFY(outcomeOf(connection.session.ping()));
    connection.registry.failNext("GET", u"/tags/list"_s, {401});
    const auto list = outcomeOf(connection.session.listTags(*RepositoryName::parse(u"a")));
    QVERIFY2(list, list ? "" : qPrintable(list.error().message));
    // And it is no reason to show the password before it is asked for.
    QVERIFY(connection.registry.requestLines().at(1).startsWith(u"GET /v2/a/tags/list"_s));
    QVERIFY(!connection.registry.requests().at(1).headers.contains("authorization"));
}

QTEST_GUILESS_MAIN(TestRegistrySession)
#include "tst_registrysession.moc"
