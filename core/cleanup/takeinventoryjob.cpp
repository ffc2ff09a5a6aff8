// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/takeinventoryjob.h"

#include "core/base/foreachjob.h"
#include "core/base/saturatingsum.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/session/session.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Priority = Session::Priority;

// Of each image, so that no server fills the memory with them; what is longer is cut.
constexpr int mostLabels = 200;
constexpr qsizetype longestLabel = 5000;

bool asksForConfiguration(const CleanupCondition &condition)
{
    const auto *newest = std::get_if<NewestCondition>(&condition);
    return std::holds_alternative<AgeCondition>(condition)
           || std::holds_alternative<PlatformCondition>(condition)
           || std::holds_alternative<LabelCondition>(condition)
           || std::holds_alternative<ReplacedCondition>(condition)
           || (newest != nullptr && newest->order == NewestCondition::Order::Date);
}

void addBlob(const Descriptor &blob, QHash<Digest, qint64> &blobs)
{
    if (blob.mediaType.kind() != MediaType::Kind::ForeignLayer)
        blobs.insert(blob.digest, blob.size);
}

qint64 sizeOf(const QHash<Digest, qint64> &blobs)
{
    qint64 sum = 0;
    for (const qint64 size : blobs)
        sum = saturatingSum(sum, size);
    return sum;
}

void addPlatform(const QString &name, QStringList &platforms)
{
    if (!name.isEmpty() && !platforms.contains(name))
        platforms.append(name);
}

QDateTime annotatedDate(const Annotations &annotations)
{
    return plausibleDate(annotations.value(u"org.opencontainers.image.created"_s));
}

void addIndex(const ImageIndex &index, ManifestDetails &details)
{
    details.created = annotatedDate(index.annotations);
    if (index.subject)
        details.subject = index.subject->digest;
    for (const Descriptor &entry : index.manifests) {
        if (entry.platform && !entry.platform->isUnknown())
            addPlatform(entry.platform->toString(), details.platforms);
    }
}

void addImage(const ImageManifest &image, ManifestDetails &details)
{
    addBlob(image.config, details.blobs);
    for (const Descriptor &layer : image.layers)
        addBlob(layer, details.blobs);
    details.size = sizeOf(details.blobs);
    details.created = annotatedDate(image.annotations);
    if (image.subject)
        details.subject = image.subject->digest;
}

/// What the images of an index have together.
struct IndexParts
{
    QHash<Digest, qint64> blobs;
    QDateTime newest;
    bool areSizesKnown = true;
    bool areConfigsKnown = true;
};

void addPart(const ManifestDetails &part, IndexParts &parts, ManifestDetails &index)
{
    for (const QString &platform : part.platforms)
        addPlatform(platform, index.platforms);
    index.labels.unite(part.labels);
    parts.blobs.insert(part.blobs);
    // Of an index within this one, the parts are parts of this one, too.
    if (part.mediaType.kind() == MediaType::Kind::ImageIndex)
        return;
    parts.areSizesKnown = parts.areSizesKnown && part.size >= 0;
    parts.areConfigsKnown = parts.areConfigsKnown && part.isConfigKnown;
    if (part.created.isValid() && (!parts.newest.isValid() || part.created > parts.newest))
        parts.newest = part.created;
}

} // namespace

ManifestDetails detailsOf(const Manifest &manifest)
{
    ManifestDetails details{manifest.mediaType, manifest.bytes.size()};
    if (const ImageIndex *index = manifest.index())
        addIndex(*index, details);
    else if (const ImageManifest *image = manifest.image())
        addImage(*image, details);
    return details;
}

InventoryDepth depthFor(const CleanupRules &rules)
{
    for (const CleanupRule &rule : rules.rules) {
        if (rule.isEnabled
            && std::any_of(rule.conditions.begin(), rule.conditions.end(), asksForConfiguration))
            return InventoryDepth::Configurations;
    }
    return InventoryDepth::ManifestsOnly;
}

TakeInventoryJob::TakeInventoryJob(Session &session, const RepositoryName &repository,
                                   InventoryDepth depth, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_repository(repository)
    , m_depth(depth)
    , m_inventory{{repository, {}, {}, {}, {}, {}}}
{}

void TakeInventoryJob::doStart()
{
    auto *snapshot = new TakeSnapshotJob(m_session, m_repository);
    connect(snapshot, &Job::progressChanged, this, &Job::progressChanged);
    runChild(snapshot, [this](const Result<RepositorySnapshot> &taken) {
        if (!taken)
            return fail(taken.error());
        m_inventory.snapshot = *taken;
        readManifests();
    });
}

void TakeInventoryJob::readManifests()
{
    QList<Digest> digests;
    QSet<Digest> known;
    const auto add = [&](const Digest &digest) {
        if (!known.contains(digest))
            digests.append(digest);
        known.insert(digest);
    };
    for (const auto &[tag, manifest] : std::as_const(m_inventory.snapshot.tags))
        add(manifest.digest);
    for (const QList<Digest> &children : std::as_const(m_inventory.snapshot.children))
        std::for_each(children.begin(), children.end(), add);
    auto *readAll = new ForEachJob<Digest, Manifest>(
        digests,
        [this](const Digest &digest) {
            return m_session.fetchManifest(m_repository, digest, Priority::Background);
        },
        [this](const Digest &digest, const Result<Manifest> &manifest) {
            if (manifest)
                handleManifest(*manifest);
            else if (manifest.error().kind == Error::Kind::NotFound)
                m_missing.insert(digest);
        });
    connect(readAll, &Job::progressChanged, this, &Job::progressChanged);
    runChild(readAll, [this](const Result<Done> &) { readConfigs(); });
}

void TakeInventoryJob::handleManifest(const Manifest &manifest)
{
    ManifestDetails details = detailsOf(manifest);
    if (const ImageManifest *image = manifest.image()) {
        const bool isImage = image->config.mediaType.kind() == MediaType::Kind::ImageConfig;
        // An artifact has nothing that a configuration could tell.
        details.isConfigKnown = !isImage && m_depth == InventoryDepth::Configurations;
        if (isImage) {
            m_configs.insert(image->config.digest, image->config);
            m_users.insert(image->config.digest, manifest.digest);
            m_annotations.insert(manifest.digest, image->annotations);
        }
    }
    m_inventory.details.insert(manifest.digest, details);
}

void TakeInventoryJob::readConfigs()
{
    if (m_depth == InventoryDepth::ManifestsOnly)
        return finish();
    auto *readAll = new ForEachJob<Descriptor, QByteArray>(
        m_configs.values(),
        [this](const Descriptor &config) {
            return m_session.fetchBlob(m_repository, config, Priority::Background);
        },
        [this](const Descriptor &config, const Result<QByteArray> &bytes) {
            handleConfig(config.digest, bytes);
        });
    connect(readAll, &Job::progressChanged, this, &Job::progressChanged);
    runChild(readAll, [this](const Result<Done> &) { finish(); });
}

void TakeInventoryJob::handleConfig(const Digest &digest, const Result<QByteArray> &bytes)
{
    const auto config = bytes ? parseImageConfig(*bytes) : Result<ImageConfig>(bytes.error());
    if (!config)
        return;
    const QList<Digest> users = m_users.values(digest);
    for (const Digest &user : users) {
        ManifestDetails &details = m_inventory.details[user];
        details.isConfigKnown = true;
        details.created = creationDate(*config, m_annotations.value(user));
        if (!config->platform.isUnknown())
            addPlatform(config->platform.toString(), details.platforms);
        int count = 0;
        for (auto label = config->labels.begin(); label != config->labels.end(); ++label) {
            if (++count <= mostLabels)
                details.labels.insert(label.key(), label->left(longestLabel));
        }
    }
}

/// An index is as young as its youngest image, and has what any of them has.
void TakeInventoryJob::joinIndex(const Digest &digest, const QList<Digest> &children)
{
    ManifestDetails index = m_inventory.details.value(digest);
    IndexParts parts;
    bool isComplete = true;
    for (const Digest &child : children) {
        const auto part = m_inventory.details.constFind(child);
        if (part != m_inventory.details.constEnd())
            addPart(*part, parts, index);
        else
            isComplete = isComplete && m_missing.contains(child);
    }
    if (parts.newest.isValid())
        index.created = parts.newest;
    index.isConfigKnown =
        isComplete && parts.areConfigsKnown && m_depth == InventoryDepth::Configurations;
    index.size = isComplete && parts.areSizesKnown ? sizeOf(parts.blobs) : -1;
    m_inventory.details.insert(digest, index);
}

void TakeInventoryJob::finish()
{
    const auto &indexes = m_inventory.snapshot.children;
    for (auto index = indexes.begin(); index != indexes.end(); ++index) {
        if (m_inventory.details.contains(index.key()))
            joinIndex(index.key(), *index);
    }
    succeed(m_inventory);
}

} // namespace Longshore
