// SPDX-License-Identifier: Apache-2.0
#include "core/oci/imageextension.h"

#include "core/oci/imageconfig.h"
#include "core/oci/strictjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Packing = LayerAddition::Packing;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImageExtension)
};

Result<ImageConfig> checkBase(const Manifest &base, const QByteArray &config, Packing packing)
{
    const ImageManifest *image = base.image();
    if (!image || image->config.mediaType.kind() != MediaType::Kind::ImageConfig)
        return Error{Error::Kind::Unsupported,
                     Text::tr("This is no image that a layer could be put on."),
                     base.mediaType.toString()};
    if (MediaType::layer(packing, base.mediaType).isEmpty())
        return Error{Error::Kind::Unsupported,
                     Text::tr("The image is of Docker's own form, which has no layers that zstd "
                              "compresses. Compress the layer with gzip.")};
    auto meaning = parseImageConfig(config);
    if (meaning && meaning->diffIds.size() != image->layers.size())
        return Error{
            Error::Kind::Protocol,
            Text::tr("The configuration of the image speaks of other layers than it has.")};
    return meaning;
}

QByteArray extendedConfig(QJsonObject config, const LayerAddition &layer, bool hasHistory)
{
    QJsonObject rootfs = config.value("rootfs"_L1).toObject();
    QJsonArray diffIds = rootfs.value("diff_ids"_L1).toArray();
    diffIds.append(layer.diffId.toString());
    rootfs.insert("type"_L1, u"layers"_s);
    rootfs.insert("diff_ids"_L1, diffIds);
    config.insert("rootfs"_L1, rootfs);
    const QString created = layer.created.toUTC().toString(Qt::ISODate);
    config.insert("created"_L1, created);
    if (!layer.author.isEmpty())
        config.insert("author"_L1, layer.author);
    if (hasHistory) {
        QJsonObject entry{{u"created"_s, created}, {u"created_by"_s, layer.createdBy}};
        if (!layer.comment.isEmpty())
            entry.insert("comment"_L1, layer.comment);
        if (!layer.author.isEmpty())
            entry.insert("author"_L1, layer.author);
        QJsonArray history = config.value("history"_L1).toArray();
        history.append(entry);
        config.insert("history"_L1, history);
    }
    return QJsonDocument(config).toJson(QJsonDocument::Compact);
}

QByteArray extendedManifest(QJsonObject manifest, const QByteArray &config,
                            const LayerAddition &layer, const MediaType &type)
{
    QJsonObject descriptor = manifest.value("config"_L1).toObject();
    descriptor.insert("digest"_L1, Digest::ofBytes(config).toString());
    descriptor.insert("size"_L1, config.size());
    descriptor.remove("data"_L1); // The bytes of the old one.
    descriptor.remove("urls"_L1);
    manifest.insert("config"_L1, descriptor);
    QJsonArray layers = manifest.value("layers"_L1).toArray();
    layers.append(QJsonObject{{u"mediaType"_s, type.toString()},
                              {u"digest"_s, layer.digest.toString()},
                              {u"size"_s, layer.size}});
    manifest.insert("layers"_L1, layers);
    return QJsonDocument(manifest).toJson(QJsonDocument::Compact);
}

/// OCI image-spec, config.md, "Properties".
QByteArray emptyConfig(const Platform &platform)
{
    QJsonObject config{
        {u"architecture"_s, platform.architecture},
        {u"os"_s, platform.os},
        {u"config"_s, QJsonObject()},
        {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, QJsonArray()}}},
        {u"history"_s, QJsonArray()}};
    if (!platform.variant.isEmpty())
        config.insert(u"variant"_s, platform.variant);
    return QJsonDocument(config).toJson(QJsonDocument::Compact);
}

} // namespace

ExtendedImage emptyImage(const Platform &platform)
{
    const QByteArray config = emptyConfig(platform);
    const QJsonObject descriptor{{u"mediaType"_s, u"application/vnd.oci.image.config.v1+json"_s},
                                 {u"digest"_s, Digest::ofBytes(config).toString()},
                                 {u"size"_s, config.size()}};
    const QJsonObject manifest{{u"schemaVersion"_s, 2},
                               {u"mediaType"_s, MediaType::ociManifest().toString()},
                               {u"config"_s, descriptor},
                               {u"layers"_s, QJsonArray()}};
    return {*parseManifest(QJsonDocument(manifest).toJson(QJsonDocument::Compact),
                           MediaType::ociManifest()),
            config};
}

Result<ExtendedImage> extendImage(const Manifest &base, const QByteArray &config,
                                  const LayerAddition &layer)
{
    const auto meaning = checkBase(base, config, layer.packing);
    if (!meaning)
        return meaning.error();
    const auto oldConfig = parseStrictJson(config);
    const auto oldManifest = parseStrictJson(base.bytes);
    if (!oldConfig || !oldManifest)
        return oldConfig ? oldManifest.error() : oldConfig.error();
    const bool hasHistory = historyMatchesLayers(*base.image(), *meaning);
    const QByteArray newConfig = extendedConfig(*oldConfig, layer, hasHistory);
    const auto manifest =
        parseManifest(extendedManifest(*oldManifest, newConfig, layer,
                                       MediaType::layer(layer.packing, base.mediaType)),
                      base.mediaType);
    if (!manifest)
        return manifest.error();
    return ExtendedImage{*manifest, newConfig};
}

} // namespace Longshore
