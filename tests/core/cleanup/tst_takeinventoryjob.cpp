// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/takeinventoryjob.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Depth = InventoryDepth;

class TestTakeInventoryJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsWhatRulesAskForOfAnImage();
    void readsNoConfigurationThatNobodyAsksFor();
    void readsEachManifestOnce();
    void joinsTheImagesOfAnIndex();
    void findsWhatAnArtifactIsAbout();
    void takesTheDateOfAnArtifactFromItsAnnotation();
    void knowsNothingOfWhatCannotBeRead();
    void doesNotMissAPartThatIsNotThere();
    void failsWhenTheRepositoryCannotBeListed();
    void asksForAFewAtOnce();
    void endsWhenCancelled();
    void knowsWhatRulesAskFor();

private:
    [[nodiscard]] TakeInventoryJob *job(Depth depth = Depth::Configurations)
    {
        return new TakeInventoryJob(m_connection->session, *RepositoryName::parse(u"a"), depth);
    }
    [[nodiscard]] RepositoryInventory take(Depth depth = Depth::Configurations)
    {
        const auto inventory = outcomeOf<RepositoryInventory>(job(depth));
        if (!inventory)
            qFatal("no inventory: %s", qPrintable(inventory.error().message));
        return *inventory;
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    Digest addManifest(const QString &tag, const QJsonObject &config, const QString &configType,
                       const QJsonObject &more);

    std::unique_ptr<FakeConnection> m_connection;
};

void TestTakeInventoryJob::init()
{
    m_connection = std::make_unique<FakeConnection>(1);
}

Digest TestTakeInventoryJob::addManifest(const QString &tag, const QJsonObject &config,
                                         const QString &configType, const QJsonObject &more)
{
    const Descriptor blob = registry().addBlob(u"a"_s, QJsonDocument(config).toJson(), configType);
    QJsonObject manifest{{u"schemaVersion"_s, 2},
                         {u"mediaType"_s, MediaType::ociManifest().toString()},
                         {u"config"_s, QJsonObject{{u"mediaType"_s, configType},
                                                   {u"digest"_s, blob.digest.toString()},
                                                   {u"size"_s, blob.size}}},
                         {u"layers"_s, QJsonArray()}};
    for (auto member = more.begin(); member != more.end(); ++member)
        manifest.insert(member.key(), *member);
    return registry().addManifest(u"a"_s, tag, QJsonDocument(manifest).toJson(),
                                  MediaType::ociManifest());
}

void TestTakeInventoryJob::readsWhatRulesAskForOfAnImage()
{
    const Digest plain = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const Digest labelled =
        addManifest(u"2"_s,
                    {{u"os"_s, u"linux"_s},
                     {u"architecture"_s, u"arm64"_s},
                     {u"created"_s, u"2025-05-01T10:00:00+02:00"_s},
                     {u"config"_s, QJsonObject{{u"Labels"_s, QJsonObject{{u"keep"_s, u"yes"_s}}}}}},
                    u"application/vnd.oci.image.config.v1+json"_s, {});
    const RepositoryInventory inventory = take();
    QCOMPARE(inventory.snapshot.tags.size(), qsizetype(2));
    const ManifestDetails one = inventory.details.value(plain);
    QCOMPARE(one.created, QDateTime(QDate(2025, 3, 1), QTime(12, 0), Qt::UTC));
    QCOMPARE(one.platforms, QStringList{u"linux/amd64"_s});
    QCOMPARE(one.mediaType, MediaType::ociManifest());
    QCOMPARE(one.documentSize, registry().manifestBytes(u"a"_s, plain).size());
    QCOMPARE(one.blobs.size(), qsizetype(3));
    QCOMPARE(one.blobs.value(Digest::ofBytes("layer one")), qint64(9));
    QVERIFY(one.size > 18);
    const ManifestDetails two = inventory.details.value(labelled);
    QVERIFY(two.isConfigKnown);
    QCOMPARE(two.labels.value(u"keep"_s), u"yes"_s);
    QCOMPARE(two.created, QDateTime(QDate(2025, 5, 1), QTime(8, 0), Qt::UTC));
}

void TestTakeInventoryJob::readsNoConfigurationThatNobodyAsksFor()
{
    const Digest plain = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const RepositoryInventory inventory = take(Depth::ManifestsOnly);
    QCOMPARE(registry().count("GET", u"/blobs/"_s), qsizetype(0));
    QVERIFY(!inventory.details.value(plain).isConfigKnown);
    QVERIFY(!inventory.details.value(plain).created.isValid());
    QVERIFY(inventory.details.value(plain).size > 0);
}

void TestTakeInventoryJob::readsEachManifestOnce()
{
    const Digest plain = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    registry().setTag(u"a"_s, u"latest"_s, plain);
    registry().setTag(u"a"_s, u"stable"_s, plain);
    QCOMPARE(take().details.size(), qsizetype(1));
    QCOMPARE(registry().count("GET", u"/manifests/"_s), qsizetype(1));
    QCOMPARE(registry().count("GET", u"/blobs/"_s), qsizetype(1));
}

void TestTakeInventoryJob::joinsTheImagesOfAnIndex()
{
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    const RepositoryInventory inventory = take();
    QCOMPARE(inventory.details.size(), qsizetype(4));
    const ManifestDetails details = inventory.details.value(index);
    QCOMPARE(details.created, QDateTime(QDate(2025, 3, 1), QTime(12, 0), Qt::UTC));
    QCOMPARE(details.platforms, (QStringList{u"linux/amd64"_s, u"linux/arm64"_s}));
    QVERIFY(details.isConfigKnown);
    QVERIFY(details.blobs.isEmpty());
    qint64 sum = 0;
    QHash<Digest, qint64> blobs;
    for (const ManifestDetails &one : inventory.details)
        blobs.insert(one.blobs);
    for (const qint64 size : blobs)
        sum += size;
    QCOMPARE(details.size, sum); // What the images share counts once.
}

void TestTakeInventoryJob::findsWhatAnArtifactIsAbout()
{
    const Digest image = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const Digest artifact = addManifest(
        u"sbom"_s, {}, u"application/vnd.oci.empty.v1+json"_s,
        {{u"subject"_s, QJsonObject{{u"mediaType"_s, MediaType::ociManifest().toString()},
                                    {u"digest"_s, image.toString()},
                                    {u"size"_s, 10}}}});
    const RepositoryInventory inventory = take(Depth::ManifestsOnly);
    QCOMPARE(inventory.details.value(artifact).subject, image);
    QCOMPARE(inventory.details.value(image).subject, std::nullopt);
}

void TestTakeInventoryJob::takesTheDateOfAnArtifactFromItsAnnotation()
{
    const Digest artifact = addManifest(
        u"chart"_s, {}, u"application/vnd.cncf.helm.config.v1+json"_s,
        {{u"annotations"_s,
          QJsonObject{{u"org.opencontainers.image.created"_s, u"2025-05-01T10:00:00Z"_s}}}});
    const ManifestDetails details = take().details.value(artifact);
    QCOMPARE(details.created, QDateTime(QDate(2025, 5, 1), QTime(10, 0), Qt::UTC));
    QVERIFY(details.isConfigKnown);
    QVERIFY(details.platforms.isEmpty());
}

void TestTakeInventoryJob::knowsNothingOfWhatCannotBeRead()
{
    const Digest image = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    registry().failNext("GET", u"/blobs/"_s, {403, {}}, 100);
    RepositoryInventory inventory = take();
    QVERIFY(!inventory.details.value(image).isConfigKnown);
    QVERIFY(!inventory.details.value(index).isConfigKnown);
    QVERIFY(!inventory.snapshot.incomplete);
    init();
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    registry().failNext("GET", u"/manifests/"_s + image.toString(), {403, {}}, 100);
    inventory = take();
    QVERIFY(!inventory.details.contains(image));
    // The same image is the first part of the index.
    QVERIFY(!inventory.details.value(index).isConfigKnown);
    QCOMPARE(inventory.details.value(index).size, qint64(-1));
}

void TestTakeInventoryJob::doesNotMissAPartThatIsNotThere()
{
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    const QByteArray child = TestImages::image(registry(), u"a"_s, {.architecture = u"arm64"_s});
    registry().failNext("GET", Digest::ofBytes(child).toString(), {404, {}}, 100);
    const RepositoryInventory inventory = take();
    QVERIFY(!inventory.details.contains(Digest::ofBytes(child)));
    QVERIFY(inventory.details.value(index).isConfigKnown);
    QVERIFY(inventory.details.value(index).created.isValid());
}

void TestTakeInventoryJob::failsWhenTheRepositoryCannotBeListed()
{
    const auto inventory = outcomeOf<RepositoryInventory>(job());
    QVERIFY(!inventory);
    QCOMPARE(inventory.error().kind, Error::Kind::NotFound);
}

void TestTakeInventoryJob::asksForAFewAtOnce()
{
    for (int i = 0; i < 40; ++i)
        TestImages::addImage(registry(), u"a"_s, QString::number(i),
                             {.layers = {QByteArray::number(i)}});
    HeldRequests held(registry(), "GET", u"/manifests/"_s);
    TakeInventoryJob *inventory = job();
    std::optional<Result<RepositoryInventory>> outcome;
    qint64 done = 0;
    connect(inventory, &Job::progressChanged, this,
            [&](qint64 step, qint64 total) { done += step <= total ? 1 : 0; });
    inventory->then(this, [&](const auto &result) { outcome = result; });
    inventory->start();
    QTRY_VERIFY(held.count() > 1);
    QVERIFY(held.count() <= 16);
    held.release();
    QTRY_VERIFY(outcome);
    QCOMPARE((*outcome)->details.size(), qsizetype(40));
    QVERIFY(done >= 120); // Tags, manifests, configurations.
}

void TestTakeInventoryJob::endsWhenCancelled()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    for (const QString &what : {u"/manifests/"_s, u"/blobs/"_s}) {
        const HeldRequests held(registry(), "GET", what);
        TakeInventoryJob *inventory = job();
        std::optional<Result<RepositoryInventory>> outcome;
        inventory->then(this, [&](const auto &result) { outcome = result; });
        inventory->start();
        QTRY_COMPARE(held.count(), qsizetype(1));
        inventory->cancel();
        QTRY_VERIFY(outcome);
        QVERIFY(outcome->error().isCancelled());
        init();
        TestImages::addImage(registry(), u"a"_s, u"1"_s);
    }
}

void TestTakeInventoryJob::knowsWhatRulesAskFor()
{
    using Action = CleanupRule::Action;
    const auto depth = [](const CleanupCondition &condition) {
        return depthFor({{}, {{Action::Keep, {NameCondition(), condition}}}});
    };
    using Order = NewestCondition::Order;
    QCOMPARE(depth(EverythingElse()), Depth::ManifestsOnly);
    QCOMPARE(depth(SizeCondition()), Depth::ManifestsOnly);
    QCOMPARE(depth(InUseCondition()), Depth::ManifestsOnly);
    QCOMPARE(depth(NewestCondition{1, Order::Version}), Depth::ManifestsOnly);
    QCOMPARE(depth(NewestCondition{1, Order::Date}), Depth::Configurations);
    QCOMPARE(depth(AgeCondition()), Depth::Configurations);
    QCOMPARE(depth(ReplacedCondition()), Depth::Configurations);
    QCOMPARE(depth(PlatformCondition()), Depth::Configurations);
    QCOMPARE(depth(LabelCondition()), Depth::Configurations);
    CleanupRules off{{}, {{Action::Keep, {AgeCondition()}, false}}};
    QCOMPARE(depthFor(off), Depth::ManifestsOnly);
}

QTEST_GUILESS_MAIN(TestTakeInventoryJob)
#include "tst_takeinventoryjob.moc"
