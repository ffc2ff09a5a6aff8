// SPDX-License-Identifier: Apache-2.0
#include "core/layout/dockerarchivefiles.h"

#include "core/base/displaytext.h"
#include "core/layout/unpack.h"
#include "core/oci/imageconfig.h"
#include "core/oci/strictjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype mostImages = 10'000;
constexpr auto listName = "manifest.json"_L1;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DockerArchiveFiles)
};

Error damaged(const QString &message)
{
    return {Error::Kind::LocalFile, message};
}

/// The images of the list; nothing when it is no such list.
std::optional<QJsonArray> parseList(const QByteArray &bytes)
{
    const auto object = parseStrictJson("{\"images\":" + bytes + "}");
    if (!object || !object->value("images"_L1).isArray())
        return {};
    return object->value("images"_L1).toArray();
}

QJsonObject describe(const QString &mediaType, const Digest &digest, qint64 size)
{
    return {{u"mediaType"_s, mediaType}, {u"digest"_s, digest.toString()}, {u"size"_s, size}};
}

/// Everybody names a configuration by its hash: "<hash>.json", "sha256:<hash>",
/// "blobs/sha256/<hash>". Nothing else in such an archive vouches for it.
std::optional<Digest> digestInName(const QString &configName)
{
    QString hash = configName.section(u'/', -1).section(u':', -1);
    if (hash.endsWith(".json"_L1))
        hash.chop(5);
    return Digest::parse(QString("sha256:"_L1 + hash));
}

QString layerType(Compression compression)
{
    using Packing = MediaType::Packing;
    if (compression == Compression::None)
        return MediaType::layer(Packing::Plain).toString();
    const bool isGzip = compression == Compression::Gzip;
    return MediaType::layer(isGzip ? Packing::Gzip : Packing::Zstd).toString();
}

bool isPlainLayer(const QJsonValue &layer)
{
    const auto digest = Digest::parse(layer["digest"_L1].toString());
    return digest
           && DockerArchiveFiles::isPlain(
               {MediaType::parse(layer["mediaType"_L1].toString()), *digest});
}

Result<Done> checkUnpacked(const FileSlice &slice, const Digest &diffId,
                           const CancelFlag &cancelled)
{
    Hasher hasher(diffId.hashAlgorithm().value_or(Hasher::Algorithm::Sha256));
    const auto add = [&](QByteArrayView bytes) -> Result<Done> {
        hasher.add(bytes);
        return Done();
    };
    if (const auto unpacked = unpack(slice, add, {}, cancelled); !unpacked)
        return unpacked.error();
    if (Digest::fromHash(hasher.result(), hasher.algorithm()) == diffId)
        return Done();
    return Error{
        Error::Kind::DigestMismatch,
        Text::tr("A layer does not unpack to %1, as its image says.").arg(diffId.toString())};
}

} // namespace

/// Makes the manifests.
class DockerArchiveFiles::Builder
{
public:
    Builder(const FileTree &tree, const CancelFlag &cancelled)
        : m_tree(tree), m_cancelled(cancelled)
    {}

    Result<std::shared_ptr<const ImageFiles>> build(const QJsonArray &list)
    {
        if (list.size() > mostImages)
            return Error{Error::Kind::TooLarge,
                         Text::tr("The archive lists more images than can be read.")};
        for (const auto &entry : list) {
            if (m_cancelled)
                return Error::cancelled();
            const auto image = makeImage(entry.toObject());
            if (!image)
                return image.error();
            addNames(*image, stringList(entry["RepoTags"_L1]));
        }
        return std::shared_ptr<const ImageFiles>(m_files);
    }

private:
    void addNames(StoredImage image, const QStringList &names)
    {
        if (names.isEmpty())
            m_files->m_images.append(image);
        for (const QString &name : names) {
            image.name = name;
            m_files->m_images.append(image);
        }
    }

    /// Without a name.
    Result<StoredImage> makeImage(const QJsonObject &image)
    {
        const QString configName = image.value("Config"_L1).toString();
        const auto slice = m_tree.open(configName);
        const auto bytes = slice ? slice->readAll(largestDocument) : slice.error();
        if (!bytes)
            return bytes.error();
        const auto config = parseImageConfig(*bytes);
        if (!config)
            return config.error();
        const Digest digest = Digest::ofBytes(*bytes);
        if (const auto named = digestInName(configName); named && *named != digest)
            return Error{Error::Kind::DigestMismatch,
                         Text::tr("The configuration %1 is not what its name says.")
                             .arg(quotedText(configName))};
        m_files->m_blobs.insert(digest, *slice);
        const auto layers = describeLayers(stringList(image.value("Layers"_L1)), config->diffIds);
        if (!layers)
            return layers.error();
        const QJsonObject manifest{
            {u"schemaVersion"_s, 2},
            {u"mediaType"_s, MediaType::ociManifest().toString()},
            {u"config"_s,
             describe(u"application/vnd.oci.image.config.v1+json"_s, digest, bytes->size())},
            {u"layers"_s, *layers}};
        return StoredImage{keep(QJsonDocument(manifest).toJson(QJsonDocument::Compact)),
                           {},
                           std::any_of(layers->begin(), layers->end(), &isPlainLayer)};
    }

    Descriptor keep(const QByteArray &manifest)
    {
        const Digest digest = Digest::ofBytes(manifest);
        m_files->m_manifests.insert(digest, manifest);
        return {MediaType::ociManifest(), digest, manifest.size()};
    }

    Result<QJsonArray> describeLayers(const QStringList &names, const QList<Digest> &diffIds)
    {
        if (names.size() != diffIds.size())
            return damaged(Text::tr("An image of %1 layers has a configuration for %2.")
                               .arg(names.size())
                               .arg(diffIds.size()));
        QJsonArray layers;
        for (qsizetype i = 0; i < names.size(); ++i) {
            const auto layer = describeLayer(names.at(i), diffIds.at(i));
            if (!layer)
                return layer.error();
            layers.append(*layer);
        }
        return layers;
    }

    /// Images often share layers, which are read once.
    Result<QJsonObject> describeLayer(const QString &name, const Digest &diffId)
    {
        const auto known = m_described.constFind({name, diffId});
        if (known != m_described.constEnd())
            return *known;
        auto described = describeNewLayer(name, diffId);
        if (described)
            m_described.insert({name, diffId}, *described);
        return described;
    }

    Result<QJsonObject> describeNewLayer(const QString &name, const Digest &diffId)
    {
        const auto slice = m_tree.open(name);
        if (!slice)
            return slice.error();
        const auto compression = compressionOf(*slice);
        if (!compression)
            return compression.error();
        if (*compression == Compression::Other)
            return Error{
                Error::Kind::Unsupported,
                Text::tr("%1 is compressed in a way that cannot be read.").arg(quotedText(name))};
        Digest digest = diffId;
        if (*compression != Compression::None) {
            const auto own = digestOfCompressed(*slice, diffId);
            if (!own)
                return own.error();
            digest = *own;
        }
        m_files->m_blobs.insert(digest, *slice);
        return describe(layerType(*compression), digest, slice->size);
    }

    Result<Digest> digestOfCompressed(const FileSlice &slice, const Digest &diffId)
    {
        if (const auto checked = checkUnpacked(slice, diffId, m_cancelled); !checked)
            return checked.error();
        return slice.digest(m_cancelled);
    }

    const FileTree &m_tree;
    const CancelFlag &m_cancelled;
    QHash<std::pair<QString, Digest>, QJsonObject> m_described; ///< By name and diff ID.
    std::shared_ptr<DockerArchiveFiles> m_files = std::make_shared<DockerArchiveFiles>();
};

bool DockerArchiveFiles::isPlain(const Descriptor &layer)
{
    return layer.mediaType == MediaType::layer(MediaType::Packing::Plain)
           && layer.digest.hashAlgorithm() == Hasher::Algorithm::Sha256;
}

bool DockerArchiveFiles::isIn(const FileTree &tree)
{
    const auto list = tree.read(listName);
    // What is too large to be read may be one all the same, and is refused by whoever reads it.
    return list ? parseList(*list).has_value() : list.error().kind == Error::Kind::TooLarge;
}

Result<std::shared_ptr<const ImageFiles>>
DockerArchiveFiles::read(const std::shared_ptr<const FileTree> &tree, const CancelFlag &cancelled)
{
    const auto list = tree->read(listName);
    if (!list)
        return list.error();
    const auto images = parseList(*list);
    if (!images)
        return damaged(Text::tr("The file manifest.json lists no images."));
    return Builder(*tree, cancelled).build(*images);
}

Result<FileSlice> DockerArchiveFiles::blob(const Digest &digest) const
{
    if (const auto found = m_blobs.constFind(digest); found != m_blobs.constEnd())
        return *found;
    return Error{Error::Kind::NotFound,
                 Text::tr("The archive holds no data of %1.").arg(digest.toString())};
}

Result<QByteArray> DockerArchiveFiles::document(const Digest &digest) const
{
    if (const auto found = m_manifests.constFind(digest); found != m_manifests.constEnd())
        return *found;
    return Error{Error::Kind::NotFound,
                 Text::tr("The archive holds no image %1.").arg(digest.toString())};
}

} // namespace Longshore
