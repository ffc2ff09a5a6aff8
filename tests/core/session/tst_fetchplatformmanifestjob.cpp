// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "core/session/fetchplatformmanifestjob.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestFetchPlatformManifestJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void takesTheEntryOfAnIndex();
    void namesWhatAnIndexOffersInstead();
    void takesAnImageMadeForThePlatform();
    void refusesAnImageMadeForAnother();
    void endsInIndexesWithoutEnd();

private:
    [[nodiscard]] Result<Manifest> fetch(const QString &tag, const QString &platform)
    {
        return outcomeOf<Manifest>(
            new FetchPlatformManifestJob(*m_session, *RepositoryName::parse(u"a"), *Tag::parse(tag),
                                         *Platform::parse(platform)));
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<RegistrySession> m_session;
};

void TestFetchPlatformManifestJob::init()
{
    m_session.reset();
    m_registry = std::make_unique<FakeRegistry>();
    m_session = std::make_unique<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
}

void TestFetchPlatformManifestJob::takesTheEntryOfAnIndex()
{
    TestImages::addIndex(*m_registry, u"a"_s, u"many"_s);
    const auto manifest = fetch(u"many"_s, u"linux/arm64"_s);
    QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
    const QByteArray arm = TestImages::image(*m_registry, u"a"_s, {.architecture = u"arm64"_s});
    QCOMPARE(manifest->bytes, arm);
}

void TestFetchPlatformManifestJob::namesWhatAnIndexOffersInstead()
{
    TestImages::addIndex(*m_registry, u"a"_s, u"many"_s);
    const auto manifest = fetch(u"many"_s, u"linux/riscv64"_s);
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind, Error::Kind::NotFound);
    QVERIFY(manifest.error().message.contains(u"linux/amd64, linux/arm64"_s));
    QVERIFY(!manifest.error().message.contains(u"unknown"_s));
}

void TestFetchPlatformManifestJob::takesAnImageMadeForThePlatform()
{
    TestImages::addImage(*m_registry, u"a"_s, u"one"_s);
    QVERIFY(fetch(u"one"_s, u"linux/amd64"_s));
}

void TestFetchPlatformManifestJob::refusesAnImageMadeForAnother()
{
    TestImages::addImage(*m_registry, u"a"_s, u"one"_s);
    const auto manifest = fetch(u"one"_s, u"linux/arm64"_s);
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind, Error::Kind::NotFound);
    QVERIFY(manifest.error().message.contains(u"linux/amd64"_s));
}

// Nobody can name the digest of what contains it; a chain of indexes is the nearest thing.
void TestFetchPlatformManifestJob::endsInIndexesWithoutEnd()
{
    Digest inner = TestImages::addIndex(*m_registry, u"a"_s, u"inner"_s);
    for (int depth = 0; depth < 20; ++depth) {
        const QByteArray bytes =
            R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",)"
            R"("manifests":[{"mediaType":"application/vnd.oci.image.index.v1+json","size":1,)"
            R"("platform":{"os":"linux","architecture":"amd64"},"digest":")"
            + inner.toString().toLatin1() + R"("}]})";
        inner = m_registry->addManifest(u"a"_s, u"deep"_s, bytes, MediaType::ociIndex());
    }
    const auto manifest = fetch(u"deep"_s, u"linux/amd64"_s);
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind, Error::Kind::TooLarge);
}

QTEST_GUILESS_MAIN(TestFetchPlatformManifestJob)
#include "tst_fetchplatformmanifestjob.moc"
