// SPDX-License-Identifier: Apache-2.0
#include "core/session/readmanifestsjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using MissingEntry = ReadManifestsJob::MissingEntry;

class TestReadManifestsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsNothing();
    void readsEverythingThatAnIndexIsMadeOf();
    void readsWhatTwoIndexesShareOnce();
    void treatsAMissingEntryAsItIsTold();
    void failsWithoutARoot();
    void failsWhenAnEntryIsDamaged();
    void endsWhereIndexesHaveNoEnd();

private:
    [[nodiscard]] Result<Manifests> read(const QList<Digest> &roots,
                                         MissingEntry missing = MissingEntry::Fail)
    {
        return outcomeOf(new ReadManifestsJob(m_connection->session, *RepositoryName::parse(u"a"),
                                              roots, missing));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    Digest addIndexOf(const Digest &entry, const MediaType &type = MediaType::ociIndex());

    std::unique_ptr<FakeConnection> m_connection;
};

void TestReadManifestsJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
}

Digest TestReadManifestsJob::addIndexOf(const Digest &entry, const MediaType &type)
{
    const QByteArray text = R"({"schemaVersion":2,"manifests":[{"size":9,"mediaType":")"
                            + type.toString().toLatin1() + R"(","digest":")"
                            + entry.toString().toLatin1() + R"("}]})";
    return registry().addManifest(u"a"_s, {}, text, MediaType::ociIndex());
}

void TestReadManifestsJob::readsNothing()
{
    const auto manifests = read({});
    QVERIFY(manifests);
    QVERIFY(manifests->isEmpty());
}

void TestReadManifestsJob::readsEverythingThatAnIndexIsMadeOf()
{
    const Digest inner = TestImages::addIndex(registry(), u"a"_s, {});
    const Digest outer = addIndexOf(inner);
    const auto manifests = read({outer});
    QVERIFY(manifests);
    QCOMPARE(manifests->size(), qsizetype(5)); // Two indexes, two images, an attestation.
    for (auto one = manifests->begin(); one != manifests->end(); ++one)
        QVERIFY(one.key().matches(one->bytes));
}

void TestReadManifestsJob::readsWhatTwoIndexesShareOnce()
{
    const Digest image = TestImages::addImage(registry(), u"a"_s, {});
    const Digest one = addIndexOf(image, MediaType::ociManifest());
    const Digest two = addIndexOf(one);
    registry().forgetRequests();
    QCOMPARE(read({one, two})->size(), qsizetype(3));
    QCOMPARE(registry().requests().size(), qsizetype(3));
}

void TestReadManifestsJob::treatsAMissingEntryAsItIsTold()
{
    const Digest index = addIndexOf(Digest::ofBytes("gone"), MediaType::ociManifest());
    const auto failed = read({index}, MissingEntry::Fail);
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, Kind::NotFound);
    const auto skipped = read({index}, MissingEntry::Skip);
    QVERIFY(skipped);
    QCOMPARE(skipped->keys(), QList<Digest>{index});
}

void TestReadManifestsJob::failsWithoutARoot()
{
    const auto manifests = read({Digest::ofBytes("gone")}, MissingEntry::Skip);
    QVERIFY(!manifests);
    QCOMPARE(manifests.error().kind, Kind::NotFound);
}

void TestReadManifestsJob::failsWhenAnEntryIsDamaged()
{
    const Digest image = TestImages::addImage(registry(), u"a"_s, {});
    const Digest index = addIndexOf(image, MediaType::ociManifest());
    const QByteArray other = TestImages::image(registry(), u"a"_s, {.layers = {"other"}});
    const QByteArray type = MediaType::ociManifest().toString().toLatin1();
    registry().failNext("GET", image.toString(), {200, other, {{"Content-Type", type}}}, 9);
    const auto manifests = read({index}, MissingEntry::Skip);
    QVERIFY(!manifests);
    QCOMPARE(manifests.error().kind, Kind::DigestMismatch);
}

void TestReadManifestsJob::endsWhereIndexesHaveNoEnd()
{
    Digest index = TestImages::addIndex(registry(), u"a"_s, {});
    for (int i = 0; i < 20; ++i)
        index = addIndexOf(index);
    const auto manifests = read({index});
    QVERIFY(!manifests);
    QCOMPARE(manifests.error().kind, Kind::TooLarge);
}

QTEST_GUILESS_MAIN(TestReadManifestsJob)
#include "tst_readmanifestsjob.moc"
