// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/archivecontents.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

QString blobName(const Digest &digest)
{
    return "blobs/"_L1 + digest.algorithm() + u'/' + digest.encoded();
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray layoutIndex(const Manifest &root, const ArchiveNames &names)
{
    QJsonObject entry{{u"mediaType"_s, root.mediaType.toString()},
                      {u"digest"_s, root.digest.toString()},
                      {u"size"_s, root.bytes.size()}};
    QJsonObject annotations;
    if (!names.reference.isEmpty())
        annotations.insert("io.containerd.image.name"_L1, names.reference);
    if (!names.tag.isEmpty())
        annotations.insert("org.opencontainers.image.ref.name"_L1, names.tag);
    if (!annotations.isEmpty())
        entry.insert("annotations"_L1, annotations);
    return compact({{u"schemaVersion"_s, 2},
                    {u"mediaType"_s, MediaType::ociIndex().toString()},
                    {u"manifests"_s, QJsonArray{entry}}});
}

/// manifest.json, by which Docker finds everything else.
ArchiveEntry loadList(const QString &config, const QStringList &layers, const ArchiveNames &names)
{
    QJsonArray tags;
    if (!names.reference.isEmpty())
        tags.append(names.reference);
    const QJsonObject image{{u"Config"_s, config},
                            {u"RepoTags"_s, tags},
                            {u"Layers"_s, QJsonArray::fromStringList(layers)}};
    return {"manifest.json", QJsonDocument(QJsonArray{image}).toJson(QJsonDocument::Compact)};
}

/// Of the one image that Docker can load; nothing when there is none, or more than one.
std::optional<ArchiveEntry> loadList(const ImageParts &parts, const ArchiveNames &names)
{
    const QList<Descriptor> images = parts.images();
    if (images.size() != 1 || !parts.foreign.isEmpty())
        return {};
    const Manifest manifest = parts.manifests.value(images.first().digest, parts.root);
    QStringList layers;
    for (const Descriptor &layer : manifest.image()->layers)
        layers.append(blobName(layer.digest));
    return loadList(blobName(manifest.image()->config.digest), layers, names);
}

/// Every blob and manifest, in the order of their digests, after the folders that they are in.
QList<ArchiveEntry> blobEntries(const ImageParts &parts, const BlobPaths &paths)
{
    QMap<Digest, ArchiveEntry> blobs;
    QMap<QString, ArchiveEntry> folders;
    const auto add = [&](const Digest &digest, ArchiveEntry entry) {
        const QByteArray folder = "blobs/" + digest.algorithm().toUtf8() + '/';
        folders.insert(digest.algorithm(), {folder});
        entry.name = blobName(digest).toUtf8();
        blobs.insert(digest, entry);
    };
    for (const Descriptor &blob : parts.blobs)
        add(blob.digest,
            {{}, {}, paths(blob.digest), LayerReader::Form::AsStored, blob.size, blob.digest});
    for (const Manifest &manifest : parts.manifests)
        add(manifest.digest, {{}, manifest.bytes});
    return QList<ArchiveEntry>{{"blobs/"}} + folders.values() + blobs.values();
}

/// "repositories": the top layer of each tag.
ArchiveEntry tagList(const QList<PlainLayer> &layers, const ArchiveNames &names)
{
    QJsonObject repositories;
    const qsizetype colon = names.reference.lastIndexOf(u':');
    if (colon > 0 && !layers.isEmpty())
        repositories.insert(
            names.reference.left(colon),
            QJsonObject{{names.reference.mid(colon + 1), layers.last().content.diffId.encoded()}});
    return {"repositories", compact(repositories)};
}

} // namespace

QList<ArchiveEntry> ociArchive(const ImageParts &parts, const ArchiveNames &names,
                               const BlobPaths &paths)
{
    QList<ArchiveEntry> entries{{"oci-layout", R"({"imageLayoutVersion":"1.0.0"})"},
                                {"index.json", layoutIndex(parts.root, names)}};
    if (const auto list = loadList(parts, names))
        entries.append(*list);
    return entries + blobEntries(parts, paths);
}

QList<ArchiveEntry> dockerArchive(const ImageManifest &image, const QList<PlainLayer> &layers,
                                  const ArchiveNames &names, const BlobPaths &paths)
{
    QList<ArchiveEntry> entries;
    QStringList files;
    for (const auto &[content, size] : layers) {
        const QString name = content.diffId.encoded() + ".tar"_L1;
        if (!files.contains(name))
            entries.append({name.toUtf8(),
                            {},
                            paths(content.layer.digest),
                            LayerReader::Form::Inflated,
                            size,
                            content.diffId});
        files.append(name);
    }
    const QString config = image.config.digest.encoded() + ".json"_L1;
    entries.append({config.toUtf8(),
                    {},
                    paths(image.config.digest),
                    LayerReader::Form::AsStored,
                    image.config.size,
                    image.config.digest});
    entries.append(loadList(config, files, names));
    entries.append(tagList(layers, names));
    return entries;
}

} // namespace Longshore
