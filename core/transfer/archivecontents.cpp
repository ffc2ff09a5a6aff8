// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/archivecontents.h"

#include "core/layout/missingblobs.h"
#include "core/registry/updatereferrerstagjob.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

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

QJsonObject layoutEntry(const Descriptor &manifest, const ImageNames &names)
{
    QJsonObject entry{{u"mediaType"_s, manifest.mediaType.toString()},
                      {u"digest"_s, manifest.digest.toString()},
                      {u"size"_s, manifest.size}};
    if (!manifest.artifactType.isEmpty())
        entry.insert("artifactType"_L1, manifest.artifactType);
    QJsonObject annotations;
    if (!names.reference.isEmpty())
        annotations.insert("io.containerd.image.name"_L1, names.reference);
    if (!names.name.isEmpty())
        annotations.insert("org.opencontainers.image.ref.name"_L1, names.name);
    if (!annotations.isEmpty())
        entry.insert("annotations"_L1, annotations);
    return entry;
}

QByteArray layoutIndex(const QList<ImageSet::Image> &images)
{
    QJsonArray entries;
    const auto add = [&entries](const QJsonObject &entry) {
        if (!entries.contains(entry)) // Several images may share a signature.
            entries.append(entry);
    };
    for (const ImageSet::Image &image : images) {
        for (const NamedReferrer &one : image.referrers)
            add(layoutEntry(referrerDescriptor(one.manifest), one.names));
        add(layoutEntry(image.parts.root.descriptor(), image.names));
    }
    return compact({{u"schemaVersion"_s, 2},
                    {u"mediaType"_s, MediaType::ociIndex().toString()},
                    {u"manifests"_s, entries}});
}

/// manifest.json, by which Docker finds everything else.
class LoadList
{
public:
    void add(const QString &config, const QStringList &layers, const QString &reference)
    {
        // Docker names an image that has two tags once.
        qsizetype place = 0;
        while (place < m_images.size() && m_images.at(place).config != config)
            ++place;
        if (place == m_images.size())
            m_images.append({config, layers, {}});
        if (!reference.isEmpty())
            m_images[place].tags.append(reference);
    }
    [[nodiscard]] ArchiveEntry entry() const
    {
        QJsonArray list;
        for (const auto &[config, layers, tags] : m_images)
            list.append(QJsonObject{{u"Config"_s, config},
                                    {u"RepoTags"_s, QJsonArray::fromStringList(tags)},
                                    {u"Layers"_s, QJsonArray::fromStringList(layers)}});
        return {"manifest.json", QJsonDocument(list).toJson(QJsonDocument::Compact)};
    }

private:
    struct Image
    {
        QString config;
        QStringList layers;
        QStringList tags;
    };

    QList<Image> m_images;
};

/// Of all images; nothing when there is one that Docker cannot load: it would not say what it left.
std::optional<ArchiveEntry> loadList(const QList<ImageSet::Image> &set)
{
    LoadList list;
    for (const ImageSet::Image &image : set) {
        const ImageParts &parts = image.parts;
        const QList<Descriptor> images = parts.images();
        if (images.size() != 1 || !parts.foreign.isEmpty())
            return {};
        const Manifest manifest = parts.manifests.value(images.first().digest, parts.root);
        QStringList layers;
        for (const Descriptor &layer : manifest.image()->layers)
            layers.append(blobName(layer.digest));
        list.add(blobName(manifest.image()->config.digest), layers, image.names.reference);
    }
    return list.entry();
}

/// A blob as it is stored.
ArchiveEntry fileEntry(const QString &name, const QString &path, const Descriptor &blob)
{
    return {name.toUtf8(), {}, path, LayerReader::Form::AsStored, blob.size, blob.digest};
}

/// Every blob and manifest, in the order of their digests, after the folders that they are in.
QList<ArchiveEntry> blobEntries(const ImageSet &set, const BlobPaths &paths)
{
    QMap<Digest, ArchiveEntry> blobs;
    QMap<QString, ArchiveEntry> folders;
    const auto add = [&](const Digest &digest, ArchiveEntry entry) {
        const QByteArray folder = "blobs/" + digest.algorithm().toUtf8() + '/';
        folders.insert(digest.algorithm(), {folder});
        entry.name = blobName(digest).toUtf8();
        blobs.insert(digest, entry);
    };
    for (const auto &[blob, repository] : set.blobs)
        add(blob.digest, fileEntry({}, paths(blob.digest), blob));
    for (const Manifest &manifest : set.manifests)
        add(manifest.digest, {{}, manifest.bytes});
    return QList<ArchiveEntry>{{"blobs/"}} + folders.values() + blobs.values();
}

/// "repositories": the top layer of each tag.
ArchiveEntry tagList(const QList<PlainImage> &images)
{
    QMap<QString, QJsonObject> repositories;
    for (const auto &[manifest, layers, names] : images) {
        const qsizetype colon = names.reference.lastIndexOf(u':');
        if (colon > 0 && !layers.isEmpty())
            repositories[names.reference.left(colon)].insert(
                names.reference.mid(colon + 1), layers.last().content.diffId.encoded());
    }
    QJsonObject list;
    for (auto each = repositories.cbegin(); each != repositories.cend(); ++each)
        list.insert(each.key(), each.value());
    return {"repositories", compact(list)};
}

} // namespace

QList<ArchiveEntry> ociArchive(const ImageSet &set, const BlobPaths &paths)
{
    QList<ArchiveEntry> entries{{"oci-layout", R"({"imageLayoutVersion":"1.0.0"})"},
                                {"index.json", layoutIndex(set.images)}};
    if (!set.leftOut.isEmpty()) // Docker needs the whole, and would not say what is missing.
        entries.append({QByteArray(missingBlobsFile.data()), missingBlobsToJson(set.leftOut)});
    else if (const auto list = loadList(set.images))
        entries.append(*list);
    return entries + blobEntries(set, paths);
}

QList<ArchiveEntry> dockerArchive(const QList<PlainImage> &images, const BlobPaths &paths)
{
    QList<ArchiveEntry> entries;
    QSet<QByteArray> names; // What images share is there once.
    const auto add = [&](const ArchiveEntry &entry) {
        if (!names.contains(entry.name))
            entries.append(entry);
        names.insert(entry.name);
    };
    LoadList list;
    for (const PlainImage &image : images) {
        QStringList files;
        for (const auto &[content, size] : image.layers) {
            files.append(content.diffId.encoded() + ".tar"_L1);
            add({files.last().toUtf8(),
                 {},
                 paths(content.layer.digest),
                 LayerReader::Form::Inflated,
                 size,
                 content.diffId});
        }
        const Descriptor &config = image.manifest.config;
        const QString file = config.digest.encoded() + ".json"_L1;
        add(fileEntry(file, paths(config.digest), config));
        list.add(file, files, image.names.reference);
    }
    return entries + QList<ArchiveEntry>{list.entry(), tagList(images)};
}

} // namespace Longshore
