// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/registry/fetchmanifestjob.h"
#include "support/gzip.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

/// SRV-25, where what a proxy has compressed, or says so, does not arrive as it was.
class TestFetchManifestJobCompressed : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void refusesWhatIsDamaged_data();
    void refusesWhatIsDamaged();
    void refusesWhatWasExchanged_data();
    void refusesWhatWasExchanged();
    void takesNoMoreThanTheLimit();

private:
    using Taken = FetchManifestJob::Taken;

    [[nodiscard]] static QByteArray manifest()
    {
        FakeRegistry registry;
        return TestImages::image(registry, u"a/b"_s);
    }
    /// Answers every manifest request with \a body and the label "gzip".
    void answerWith(const QByteArray &body, const QByteArray &digestHeader)
    {
        TestAnswer answer{200,
                          body,
                          {{"Content-Type", "application/vnd.oci.image.manifest.v1+json"},
                           {"Content-Encoding", "gzip"}}};
        if (!digestHeader.isEmpty())
            answer.headers.emplaceBack("Docker-Content-Digest", digestHeader);
        m_registry->forgetInterceptors();
        m_registry->failNext("GET", u"/manifests/"_s, answer, 99);
    }
    [[nodiscard]] Result<Manifest> fetch(const Reference &reference, Taken taken)
    {
        const ManifestTarget target{RegistryUrls(m_registry->url({})),
                                    *RepositoryName::parse(u"a/b"), reference};
        return outcomeOf(new FetchManifestJob(*m_client, target, taken));
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<HttpClient> m_client;
    const Tag m_tag = *Tag::parse(u"v1");
    const QByteArray m_bytes = manifest();
    const Digest m_digest = Digest::ofBytes(m_bytes);
};

void TestFetchManifestJobCompressed::init()
{
    m_client.reset();
    m_registry = std::make_unique<FakeRegistry>();
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_registry->url()), settings);
}

void TestFetchManifestJobCompressed::refusesWhatIsDamaged_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray whole = gzipped(manifest());
    QByteArray changed = whole;
    changed[whole.size() / 2] = static_cast<char>(changed.at(whole.size() / 2) ^ 0x55);
    QTest::newRow("head only") << whole.first(10);
    QTest::newRow("half of it") << whole.first(whole.size() / 2);
    QTest::newRow("without its last byte") << whole.chopped(1);
    QTest::newRow("without its checksum") << whole.chopped(8);
    QTest::newRow("a byte changed") << changed;
    QTest::newRow("something behind it") << whole + '\n';
    QTest::newRow("twice") << whole + whole;
    QTest::newRow("none, but its first bytes") << QByteArray("\x1f\x8b" + manifest());
    QTest::newRow("none at all") << QByteArray(100, '\xff');
    QTest::newRow("the end of it") << whole.sliced(2);
}

void TestFetchManifestJobCompressed::refusesWhatIsDamaged()
{
    // As a document that need not be a manifest, nothing but its digest tells that it is damaged.
    QFETCH(const QByteArray, body);
    const QByteArray announced = m_digest.toString().toLatin1();
    for (const Taken taken : {Taken::OnlyManifests, Taken::AnyDocument}) {
        answerWith(body, announced);
        const auto byTag = fetch(m_tag, taken);
        QVERIFY(!byTag);
        QVERIFY(byTag.error().kind == Kind::Protocol || byTag.error().kind == Kind::DigestMismatch);
        const auto byDigest = fetch(m_digest, taken);
        QVERIFY(!byDigest);
        QCOMPARE(byDigest.error().kind, Kind::DigestMismatch);
    }
    answerWith(body, {});
    const auto unnamed = fetch(m_tag, Taken::OnlyManifests);
    QVERIFY(!unnamed);
    QCOMPARE(unnamed.error().kind, Kind::Protocol);
    QCOMPARE(fetch(m_digest, Taken::AnyDocument).error().kind, Kind::DigestMismatch);
}

void TestFetchManifestJobCompressed::refusesWhatWasExchanged_data()
{
    const QByteArray other =
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]})";
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("compressed") << gzipped(other);
    QTest::newRow("only called so") << other;
    QTest::newRow("compressed twice") << gzipped(gzipped(manifest()));
}

void TestFetchManifestJobCompressed::refusesWhatWasExchanged()
{
    QFETCH(const QByteArray, body);
    answerWith(body, m_digest.toString().toLatin1());
    for (const Reference &reference : {Reference(m_tag), Reference(m_digest)}) {
        const auto kept = fetch(reference, Taken::AnyDocument);
        QVERIFY(!kept);
        QCOMPARE(kept.error().kind, Kind::DigestMismatch);
        QVERIFY(!fetch(reference, Taken::OnlyManifests));
    }
}

void TestFetchManifestJobCompressed::takesNoMoreThanTheLimit()
{
    // DAT-10: a few kilobytes that stand for many megabytes.
    const QByteArray bomb = gzipped(QByteArray(5 * 1024 * 1024, ' '));
    answerWith(bomb, {});
    const auto manifest = fetch(m_tag, Taken::OnlyManifests);
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind, Kind::TooLarge);
}

QTEST_GUILESS_MAIN(TestFetchManifestJobCompressed)
#include "tst_fetchmanifestjob_compressed.moc"
