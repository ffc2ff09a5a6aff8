// SPDX-License-Identifier: Apache-2.0
#include "support/testlayout.h"

#include "support/writtenfile.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

static QString blobName(const Digest &digest)
{
    return u"blobs/"_s + digest.algorithm() + u'/' + digest.encoded();
}

QString TestLayout::blobPath(const Digest &digest) const
{
    return filePath(blobName(digest));
}

void TestLayout::save(const FakeRegistry &registry, const QString &repository,
                      const QList<std::pair<QString, Digest>> &names)
{
    QJsonArray manifests;
    for (const auto &[name, digest] : names) {
        saveManifest(registry, repository, digest);
        const QByteArray bytes = registry.manifestBytes(repository, digest);
        const auto manifest = parseManifest(bytes, {});
        QJsonObject entry{{u"mediaType"_s, manifest ? manifest->mediaType.toString() : QString()},
                          {u"digest"_s, digest.toString()},
                          {u"size"_s, bytes.size()}};
        if (!name.isEmpty())
            entry.insert(u"annotations"_s,
                         QJsonObject{{u"org.opencontainers.image.ref.name"_s, name}});
        manifests.append(entry);
    }
    write(u"oci-layout"_s, R"({"imageLayoutVersion":"1.0.0"})");
    write(u"index.json"_s,
          QJsonDocument(QJsonObject{{u"schemaVersion"_s, 2}, {u"manifests"_s, manifests}})
              .toJson(QJsonDocument::Compact));
}

void TestLayout::saveManifest(const FakeRegistry &registry, const QString &repository,
                              const Digest &digest) const
{
    const QByteArray bytes = registry.manifestBytes(repository, digest);
    write(blobName(digest), bytes);
    const auto manifest = parseManifest(bytes, {});
    if (!manifest)
        return;
    if (const ImageIndex *index = manifest->index()) {
        for (const Descriptor &entry : index->manifests)
            saveManifest(registry, repository, entry.digest);
    }
    if (const ImageManifest *image = manifest->image()) {
        for (const Descriptor &blob : image->layers + QList{image->config})
            write(blobName(blob.digest), registry.blobBytes(repository, blob.digest));
    }
}

void TestLayout::write(const QString &name, const QByteArray &bytes) const
{
    QDir().mkpath(QFileInfo(filePath(name)).path());
    QFile::remove(filePath(name));
    writtenFile(filePath(name), bytes);
}

QByteArray TestLayout::read(const QString &name) const
{
    QFile file(filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
