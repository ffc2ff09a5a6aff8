// SPDX-License-Identifier: Apache-2.0
#include "core/registry/putmanifestjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestPutManifestJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sendsExactlyTheBytesAndTheType();
    void signsInBeforeTheBody_data();
    void signsInBeforeTheBody();
    void storesUnderATagAndUnderADigest();
    void readsBackWhatNobodyNamed();
    void refusesAnotherDigest();
    void sendsNothingUnderAForeignDigest();
    void believesNoPage();
    void tellsWhetherReferrersAreListed();
    void tellsWhatTheRegistryMisses(); // UPL-23
    void tellsWhyItIsRefused_data();
    void tellsWhyItIsRefused();
    void asksAfterALostAnswer_data(); // UPL-25
    void asksAfterALostAnswer();
    void putsOnceMoreWhatAGatewayLost_data();
    void putsOnceMoreWhatAGatewayLost();
    void refusesToWriteOverWhatHasChanged();

private:
    [[nodiscard]] PutManifestJob *job(const Reference &reference) const
    {
        return new PutManifestJob(
            m_connection->session.client(),
            {m_connection->session.urls(), *RepositoryName::parse(u"a"), reference}, *m_manifest);
    }
    Result<StoredManifest> put(const Reference &reference) { return outcomeOf(job(reference)); }

    std::unique_ptr<FakeConnection> m_connection;
    std::optional<Manifest> m_manifest;
    const Tag m_tag = *Tag::parse(u"1");
};

void TestPutManifestJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    // With spaces that no writer of JSON would put there.
    const auto manifest = parseManifest(
        R"( {"schemaVersion" : 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests":[]} )",
        {});
    QVERIFY(manifest);
    m_manifest = *manifest;
}

void TestPutManifestJob::sendsExactlyTheBytesAndTheType()
{
    const auto stored = put(m_tag);
    QVERIFY2(stored, stored ? "" : qPrintable(stored.error().message));
    QCOMPARE(stored->digest, m_manifest->digest);
    const auto &requests = m_connection->registry.requests();
    QCOMPARE(requests.size(), 1); // What was confirmed is not read back.
    QCOMPARE(requests.first().body, m_manifest->bytes);
    QCOMPARE(requests.first().header("content-type"), "application/vnd.oci.image.index.v1+json");
}

void TestPutManifestJob::signsInBeforeTheBody_data()
{
    using SignIn = FakeRegistry::SignIn;
    QTest::addColumn<SignIn>("signIn");
    QTest::addColumn<bool>("hasAccount");
    QTest::addColumn<bool>("isPinged");
    QTest::newRow("basic") << SignIn::Basic << true << true;
    QTest::newRow("bearer") << SignIn::Bearer << true << true;
    QTest::newRow("basic, without a ping") << SignIn::Basic << true << false;
    QTest::newRow("bearer, without a ping") << SignIn::Bearer << true << false;
    QTest::newRow("bearer, anonymous") << SignIn::Bearer << false << true;
    QTest::newRow("nothing, without a ping") << SignIn::None << true << false;
}

void TestPutManifestJob::signsInBeforeTheBody()
{
    QFETCH(const FakeRegistry::SignIn, signIn);
    m_connection->registry.behaviour.signIn = signIn;
    QFETCH(const bool, hasAccount);
    QFETCH(const bool, isPinged);
    if (hasAccount)
        m_connection->session.setCredentials({u"user"_s, Secret("secret")});
    if (isPinged)
        QVERIFY(outcomeOf(m_connection->session.ping()));
    const auto stored = put(m_tag);
    QVERIFY2(stored, stored ? "" : qPrintable(stored.error().message));
    QCOMPARE(m_connection->registry.count("PUT"), 1);
    QVERIFY(put(m_tag)); // And what was asked once is known from then on.
    QCOMPARE(m_connection->registry.count("PUT"), 2);
    QVERIFY(m_connection->registry.requestLines().count(u"GET /v2/"_s) <= 1);
}

void TestPutManifestJob::storesUnderATagAndUnderADigest()
{
    QVERIFY(put(m_tag));
    QCOMPARE(m_connection->registry.tags(u"a"_s), QStringList{u"1"_s});
    QVERIFY(put(m_manifest->digest));
    QVERIFY(put(Digest::ofBytes(m_manifest->bytes, Hasher::Algorithm::Sha512)));
    QVERIFY(m_connection->registry.hasManifest(u"a"_s, m_manifest->digest));
}

void TestPutManifestJob::readsBackWhatNobodyNamed()
{
    m_connection->registry.behaviour.sendsDigest = false;
    const auto stored = put(m_tag);
    QVERIFY2(stored, stored ? "" : qPrintable(stored.error().message));
    QVERIFY(m_connection->registry.count("GET", u"/manifests/1"_s) > 0);
}

void TestPutManifestJob::refusesAnotherDigest()
{
    const QByteArray other = Digest::ofBytes("other").toString().toLatin1();
    m_connection->registry.failNext("PUT", u"/manifests/"_s,
                                    {201, {}, {{"Docker-Content-Digest", other}}});
    const auto stored = put(m_tag);
    QVERIFY(!stored);
    QCOMPARE(stored.error().kind, Error::Kind::DigestMismatch);
}

void TestPutManifestJob::sendsNothingUnderAForeignDigest()
{
    const auto stored = put(Digest::ofBytes("other"));
    QVERIFY(!stored);
    QCOMPARE(stored.error().kind, Error::Kind::DigestMismatch);
    QCOMPARE(m_connection->registry.requests().size(), 0);
}

void TestPutManifestJob::believesNoPage()
{
    m_connection->registry.failNext("PUT", u"/manifests/"_s,
                                    {200, "<html>", {{"Content-Type", "text/html"}}});
    const auto stored = put(m_tag);
    QVERIFY(!stored);
    QCOMPARE(stored.error().kind, Error::Kind::Protocol);
}

void TestPutManifestJob::tellsWhetherReferrersAreListed()
{
    m_manifest = *parseManifest(
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[],)"
        R"("subject":{"mediaType":"application/vnd.oci.image.index.v1+json","size":2,"digest":")"
            + m_manifest->digest.toString().toLatin1() + R"("}})",
        {});
    auto stored = put(m_tag);
    QVERIFY(stored);
    QVERIFY(!stored->listsReferrer);
    m_connection->registry.behaviour.listsReferrers = true;
    stored = put(m_tag);
    QVERIFY(stored);
    QVERIFY(stored->listsReferrer);
}

void TestPutManifestJob::tellsWhatTheRegistryMisses()
{
    const auto missing = [](const QByteArray &digest) -> QByteArray {
        return R"({"code":"MANIFEST_BLOB_UNKNOWN","message":"blob unknown to registry","detail":")"
               + digest + "\"}";
    };
    const QByteArray both = missing("sha256:123") + ',' + missing("sha256:456");
    m_connection->registry.failNext("PUT", u"/manifests/"_s, {400, R"({"errors":[)" + both + "]}"});
    const auto stored = put(m_tag);
    QVERIFY(!stored);
    QCOMPARE(stored.error().serverCode, u"MANIFEST_BLOB_UNKNOWN"_s);
    QVERIFY(stored.error().detail.contains(u"sha256:123"_s));
    QVERIFY(stored.error().detail.contains(u"sha256:456"_s));
}

void TestPutManifestJob::tellsWhyItIsRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<Error::Kind>("kind");
    using Kind = Error::Kind;
    QTest::newRow("a tag that may not move")
        << 409 << QByteArray("TAG_IMMUTABLE") << Kind::Protocol;
    QTest::newRow("too large") << 413 << QByteArray("SIZE_INVALID") << Kind::TooLarge;
    QTest::newRow("a type that is not taken")
        << 415 << QByteArray("MANIFEST_INVALID") << Kind::Protocol;
    QTest::newRow("no right") << 403 << QByteArray("DENIED") << Kind::Forbidden;
}

void TestPutManifestJob::tellsWhyItIsRefused()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, code);
    m_connection->registry.failNext("PUT", u"/manifests/"_s,
                                    registryRefusal(status, code, "the reason"), 9);
    const auto stored = put(m_tag);
    QVERIFY(!stored);
    QTEST(stored.error().kind, "kind");
    QCOMPARE(stored.error().httpStatus, status);
    QCOMPARE(stored.error().serverCode, QString::fromLatin1(code));
    QCOMPARE(stored.error().detail, u"the reason"_s);
    // What is refused is neither sent again nor looked for.
    QCOMPARE(m_connection->registry.requests().size(), 1);
}

void TestPutManifestJob::asksAfterALostAnswer_data()
{
    QTest::addColumn<bool>("isStored");
    QTest::addColumn<bool>("hasOther");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::optional<Error::Kind>>("failure");
    using Failure = std::optional<Error::Kind>;
    QTest::newRow("lost, stored") << true << false << 0 << Failure();
    QTest::newRow("lost, not stored") << false << false << 0 << Failure(Error::Kind::Network);
    QTest::newRow("lost, another there") << false << true << 0 << Failure(Error::Kind::Ambiguous);
    QTest::newRow("500, stored") << true << false << 500 << Failure();
    QTest::newRow("500, not stored") << false << false << 500 << Failure(Error::Kind::Protocol);
}

void TestPutManifestJob::asksAfterALostAnswer()
{
    QFETCH(bool, isStored);
    QFETCH(bool, hasOther);
    QFETCH(int, status);
    QFETCH(std::optional<Error::Kind>, failure);
    FakeRegistry &registry = m_connection->registry;
    if (hasOther)
        registry.addManifest(u"a"_s, u"1"_s, m_manifest->bytes + ' ', m_manifest->mediaType);
    registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PUT")
            return false;
        if (isStored)
            registry.answerNormally(request, TestConnection(nullptr));
        if (status == 0)
            connection.reset();
        else
            connection.answer({status});
        return true;
    });
    const auto stored = put(m_tag);
    QCOMPARE(bool(stored), !failure);
    if (failure)
        QCOMPARE(stored.error().kind, *failure);
}

void TestPutManifestJob::putsOnceMoreWhatAGatewayLost_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("times"); // That the gateway fails.
    QTest::addColumn<bool>("hasOther");
    QTest::addColumn<qsizetype>("sent");
    QTest::addColumn<bool>("isStored");
    QTest::newRow("502") << 502 << 1 << false << qsizetype(2) << true;
    QTest::newRow("504") << 504 << 1 << false << qsizetype(2) << true;
    QTest::newRow("504, twice") << 504 << 2 << false << qsizetype(2) << false;
    QTest::newRow("of the registry") << 500 << 1 << false << qsizetype(1) << false;
    QTest::newRow("another there") << 504 << 1 << true << qsizetype(1) << false;
}

void TestPutManifestJob::putsOnceMoreWhatAGatewayLost()
{
    QFETCH(int, status);
    QFETCH(int, times);
    QFETCH(bool, hasOther);
    QFETCH(bool, isStored);
    FakeRegistry &registry = m_connection->registry;
    if (hasOther) // Nobody knows whether it is the one before ours.
        registry.addManifest(u"a"_s, u"1"_s, m_manifest->bytes + ' ', m_manifest->mediaType);
    registry.failNext("PUT", u"/manifests/"_s, {status}, times);
    QCOMPARE(bool(put(m_tag)), isStored);
    QTEST(registry.count("PUT"), "sent");
}

void TestPutManifestJob::refusesToWriteOverWhatHasChanged()
{
    QVERIFY(put(m_tag));
    PutManifestJob *again = job(m_tag);
    again->setExpectedEntity("\"another\"");
    const auto stored = outcomeOf(again);
    QVERIFY(!stored);
    QCOMPARE(stored.error().httpStatus, 412);
}

QTEST_GUILESS_MAIN(TestPutManifestJob)
#include "tst_putmanifestjob.moc"
