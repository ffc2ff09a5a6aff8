// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/registry/fetchmanifestjob.h"
#include "support/gzip.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QFile>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

class TestFetchManifestJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void fetchesByTagAndByDigest_data();
    void fetchesByTagAndByDigest();
    void asksForEveryKindOfManifest();
    void checksTheDigestThatWasAskedFor();
    void checksTheDigestThatIsAnnounced_data();
    void checksTheDigestThatIsAnnounced();
    void readsSignedManifests();
    void keepsTheNameItWasAskedBy();
    void refusesOtherAnswers_data();
    void refusesOtherAnswers();
    void readsUpToTheLimit();
    void readsWhatAProxyHasCompressed();
    void keepsDocumentsThatItDoesNotUnderstand_data();
    void keepsDocumentsThatItDoesNotUnderstand();
    void keepsNoDocumentWithoutAnEnd();

private:
    [[nodiscard]] Result<Manifest>
    fetch(const Reference &reference,
          FetchManifestJob::Taken taken = FetchManifestJob::Taken::OnlyManifests);
    /// Answers every manifest request so.
    void answerWith(const TestAnswer &answer)
    {
        m_registry->failNext("GET", u"/manifests/"_s, answer, 99);
    }
    [[nodiscard]] TestAnswer image(const QByteArray &digestHeader = {}) const;

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<HttpClient> m_client;
    QByteArray m_bytes;
};

void TestFetchManifestJob::init()
{
    m_client.reset();
    m_registry = std::make_unique<FakeRegistry>();
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_registry->url()), settings);
    m_bytes = TestImages::image(*m_registry, u"a/b"_s);
}

Result<Manifest> TestFetchManifestJob::fetch(const Reference &reference,
                                             FetchManifestJob::Taken taken)
{
    const ManifestTarget target{RegistryUrls(m_registry->url({})), *RepositoryName::parse(u"a/b"),
                                reference};
    return outcomeOf(new FetchManifestJob(*m_client, target, taken));
}

TestAnswer TestFetchManifestJob::image(const QByteArray &digestHeader) const
{
    TestAnswer answer{
        200, m_bytes, {{"Content-Type", "application/vnd.oci.image.manifest.v1+json"}}};
    if (!digestHeader.isEmpty())
        answer.headers.emplaceBack("Docker-Content-Digest", digestHeader);
    return answer;
}

void TestFetchManifestJob::fetchesByTagAndByDigest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<MediaType>("type");
    const QByteArray thing = R"({"mediaType":"unknown/type","size":1,"digest":"x:a"})";
    const QByteArray image = R"({"schemaVersion":2,"config":)" + thing + R"(,"layers":[)" + thing;
    const QByteArray index = R"({"schemaVersion":2,"manifests":[)" + thing;
    QTest::newRow("OCI image") << QByteArray(image + "]}") << MediaType::ociManifest();
    QTest::newRow("Docker image") << QByteArray(image + "]}") << MediaType::dockerManifest();
    QTest::newRow("OCI index") << QByteArray(index + "]}") << MediaType::ociIndex();
    QTest::newRow("Docker list") << QByteArray(index + "]}") << MediaType::dockerManifestList();
    QTest::newRow("artifact") << QByteArray(R"({"blobs":[]})")
                              << MediaType::parse(u"application/vnd.oci.artifact.manifest.v1+json");
}

void TestFetchManifestJob::fetchesByTagAndByDigest()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const MediaType, type);
    const Digest digest = m_registry->addManifest(u"a/b"_s, u"v1"_s, bytes, type);
    for (const Reference &reference : {Reference(*Tag::parse(u"v1")), Reference(digest)}) {
        const auto manifest = fetch(reference);
        QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
        QCOMPARE(manifest->digest, digest);
        QCOMPARE(manifest->bytes, bytes);
        QCOMPARE(manifest->mediaType, type);
        QCOMPARE(m_registry->requests().last().path(),
                 u"/v2/a/b/manifests/"_s + reference.toString());
    }
}

void TestFetchManifestJob::asksForEveryKindOfManifest()
{
    TestImages::addImage(*m_registry, u"a/b"_s, u"v1"_s);
    QVERIFY(fetch(*Tag::parse(u"v1")));
    QCOMPARE(m_registry->requests().last().header("accept"), MediaType::manifestAccept());
}

void TestFetchManifestJob::checksTheDigestThatWasAskedFor()
{
    // DEL-31; also when the server announces the digest of what it sent.
    for (const QByteArray &header :
         {QByteArray(), Digest::ofBytes(m_bytes).toString().toLatin1()}) {
        answerWith(image(header));
        const auto manifest = fetch(Digest::ofBytes("something else"));
        QVERIFY(!manifest);
        QCOMPARE(manifest.error().kind, Kind::DigestMismatch);
    }
    const auto unknown = fetch(*Digest::parse(u"blake3:abc"));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, Kind::Unsupported);
}

void TestFetchManifestJob::checksTheDigestThatIsAnnounced_data()
{
    // SRV-30, SRV-31
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("isTaken");
    FakeRegistry registry;
    const QByteArray bytes = TestImages::image(registry, u"a/b"_s);
    const QByteArray right = Digest::ofBytes(bytes).toString().toLatin1();
    const QByteArray sha512 =
        Digest::ofBytes(bytes, Hasher::Algorithm::Sha512).toString().toLatin1();
    QTest::newRow("none") << QByteArray() << true;
    QTest::newRow("right") << right << true;
    QTest::newRow("right by sha512") << sha512 << true;
    QTest::newRow("unknown algorithm") << QByteArray("blake3:abc") << true;
    QTest::newRow("wrong") << Digest::ofBytes("x").toString().toLatin1() << false;
    QTest::newRow("wrong by sha512") << QByteArray("sha512:" + QByteArray(128, '0')) << false;
    QTest::newRow("upper case") << QByteArray("sha256:" + right.mid(7).toUpper()) << false;
    QTest::newRow("garbage") << QByteArray("garbage") << false;
    QTest::newRow("twice") << QByteArray(right + ", " + right) << false;
}

void TestFetchManifestJob::checksTheDigestThatIsAnnounced()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, isTaken);
    answerWith(image(header));
    const auto manifest = fetch(*Tag::parse(u"v1"));
    QCOMPARE(bool(manifest), isTaken);
    QVERIFY(manifest || manifest.error().kind == Kind::DigestMismatch);
    QVERIFY(!manifest || manifest->digest == Digest::ofBytes(m_bytes));
}

void TestFetchManifestJob::readsSignedManifests()
{
    // Signed anew at each GET: the bytes differ, the digest of the payload stays.
    QFile file(QStringLiteral(TEST_DATA "/libtrust/registry-get.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const QByteArray digest =
        "sha256:34a20776cc42d93ce0c85aa877dc84b28be3122c1f910dec7bb527697375d1ae";
    answerWith({200,
                bytes,
                {{"Content-Type", "application/vnd.docker.distribution.manifest.v1+prettyjws"},
                 {"Docker-Content-Digest", digest}}});
    const Digest parsed = *Digest::parse(QString::fromLatin1(digest));
    for (const Reference &reference : {Reference(*Tag::parse(u"v1")), Reference(parsed)}) {
        const auto manifest = fetch(reference);
        QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
        QCOMPARE(manifest->digest, parsed);
        QCOMPARE(manifest->bytes, bytes);
    }
}

void TestFetchManifestJob::keepsTheNameItWasAskedBy()
{
    // D14: stored under both, but a plan that was made of one must not be judged by the other.
    answerWith(image(Digest::ofBytes(m_bytes).toString().toLatin1()));
    const Digest sha512 = Digest::ofBytes(m_bytes, Hasher::Algorithm::Sha512);
    const auto manifest = fetch(sha512);
    QVERIFY(manifest);
    QCOMPARE(manifest->digest, sha512);
}

void TestFetchManifestJob::refusesOtherAnswers_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *name, const TestAnswer &answer, Kind kind) {
        QTest::newRow(name) << answer << kind;
    };
    row("404", {404, R"({"errors":[{"code":"MANIFEST_UNKNOWN"}]})"}, Kind::NotFound);
    row("404 without words", {404}, Kind::NotFound);
    row("403", {403}, Kind::Forbidden);
    row("429 for a day", {429, {}, {{"Retry-After", "86400"}}}, Kind::RateLimited);
    row("SRV-28 web page", {200, " \n<!DOCTYPE html>", {{"Content-Type", "text/html"}}},
        Kind::Protocol);
    row("empty", {200, ""}, Kind::Protocol);
    row("no content", {204}, Kind::Protocol);
    row("not modified", {304}, Kind::Protocol);
    row("SRV-25 compressed",
        {200,
         QByteArray::fromHex("1f8b0800000000000003"),
         {{"Content-Type", "application/vnd.oci.image.manifest.v1+json"},
          {"Content-Encoding", "gzip"}}},
        Kind::Protocol);
    row("DAT-10 beyond the limit", {200, QByteArray(4 * 1024 * 1024 + 1, ' ')}, Kind::TooLarge);
}

void TestFetchManifestJob::refusesOtherAnswers()
{
    QFETCH(TestAnswer, answer);
    answerWith(answer);
    const auto manifest = fetch(*Tag::parse(u"v1"));
    QVERIFY(!manifest);
    QTEST(manifest.error().kind, "kind");
    QVERIFY(!manifest.error().message.isEmpty());
}

void TestFetchManifestJob::readsUpToTheLimit()
{
    m_bytes += QByteArray(4 * 1024 * 1024 - m_bytes.size(), ' ');
    answerWith(image());
    QVERIFY(fetch(*Tag::parse(u"v1")));
}

void TestFetchManifestJob::readsWhatAProxyHasCompressed()
{
    // SRV-25
    const Digest digest = Digest::ofBytes(m_bytes);
    TestAnswer answer = image(digest.toString().toLatin1());
    answer.body = gzipped(m_bytes);
    answer.headers.emplaceBack("Content-Encoding", "gzip");
    answerWith(answer);
    for (const Reference &reference : {Reference(*Tag::parse(u"v1")), Reference(digest)}) {
        const auto manifest = fetch(reference);
        QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
        QCOMPARE(manifest->bytes, m_bytes);
        QCOMPARE(manifest->digest, digest);
    }
}

void TestFetchManifestJob::keepsDocumentsThatItDoesNotUnderstand_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("DAT-10 above 4 MiB") << QByteArray("{}" + QByteArray(4 * 1024 * 1024, ' '));
    QTest::newRow("DAT-01 ambiguous")
        << QByteArray(R"({"schemaVersion":2,"layers":[],"manifests":[]})");
    QTest::newRow("DAT-14 version 3") << QByteArray(R"({"schemaVersion":3})");
    QTest::newRow("no JSON") << QByteArray("\xff\0{", 3);
}

void TestFetchManifestJob::keepsDocumentsThatItDoesNotUnderstand()
{
    QFETCH(const QByteArray, bytes);
    const Digest digest = Digest::ofBytes(bytes);
    TestAnswer document = image(digest.toString().toLatin1());
    document.body = bytes;
    answerWith(document);
    const auto any = FetchManifestJob::Taken::AnyDocument;
    for (const Reference &reference : {Reference(*Tag::parse(u"v1")), Reference(digest)}) {
        QVERIFY(!fetch(reference));
        const auto kept = fetch(reference, any);
        QVERIFY2(kept, kept ? "" : qPrintable(kept.error().message));
        QCOMPARE(kept->bytes, bytes);
        QCOMPARE(kept->digest, digest);
        QVERIFY(!kept->image() && !kept->index());
    }
    const auto other = fetch(Digest::ofBytes("other"), any);
    QVERIFY(!other);
    QCOMPARE(other.error().kind, Kind::DigestMismatch);
    document.headers.last().second = Digest::ofBytes("other").toString().toLatin1();
    answerWith(document);
    QCOMPARE(fetch(*Tag::parse(u"v1"), any).error().kind, Kind::DigestMismatch);
}

void TestFetchManifestJob::keepsNoDocumentWithoutAnEnd()
{
    // DAT-10
    answerWith({200, QByteArray(65 * 1024 * 1024, ' ')});
    const auto kept = fetch(*Tag::parse(u"v1"), FetchManifestJob::Taken::AnyDocument);
    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, Kind::TooLarge);
}

QTEST_GUILESS_MAIN(TestFetchManifestJob)
#include "tst_fetchmanifestjob.moc"
