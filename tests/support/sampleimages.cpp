// SPDX-License-Identifier: Apache-2.0
#include "support/sampleimages.h"

#include "support/gzip.h"
#include "support/testarchive.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace SampleImages {

constexpr auto manifestType = "application/vnd.oci.image.manifest.v1+json"_L1;

static QJsonObject describe(const QString &mediaType, const QByteArray &bytes)
{
    return {{u"mediaType"_s, mediaType},
            {u"digest"_s, Digest::ofBytes(bytes).toString()},
            {u"size"_s, bytes.size()}};
}

static Digest pushManifest(RealRegistry &registry, const QString &tag, const QJsonObject &manifest)
{
    const QByteArray bytes = QJsonDocument(manifest).toJson();
    registry.request("PUT", u"/v2/team/app/manifests/"_s + tag, bytes,
                     manifest.value(u"mediaType"_s).toString().toLatin1());
    return Digest::ofBytes(bytes);
}

QByteArray compressed(const QByteArray &bytes, const QString &compression)
{
    return compression == u"zstd"_s ? zstdStored(bytes) : gzipped(bytes);
}

QList<QByteArray> plainLayers(const QString &architecture)
{
    return {TestArchive().add("etc/same", QByteArray(200'000, 's')).bytes(),
            TestArchive().add("bin/program", architecture.toUtf8().repeated(10'000)).bytes()};
}

Digest pushImage(RealRegistry &registry, const QString &architecture, const QString &compression)
{
    QJsonArray diffIds;
    QJsonArray layers;
    for (const QByteArray &plain : plainLayers(architecture)) {
        const QByteArray layer = compressed(plain, compression);
        registry.pushBlob(u"team/app"_s, layer);
        diffIds.append(Digest::ofBytes(plain).toString());
        layers.append(describe(u"application/vnd.oci.image.layer.v1.tar+"_s + compression, layer));
    }
    const QByteArray config =
        QJsonDocument(QJsonObject{{u"architecture"_s, architecture},
                                  {u"os"_s, u"linux"_s},
                                  {u"created"_s, u"2025-03-01T12:00:00Z"_s},
                                  {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s},
                                                            {u"diff_ids"_s, diffIds}}}})
            .toJson();
    registry.pushBlob(u"team/app"_s, config);
    return pushManifest(
        registry, architecture,
        {{u"schemaVersion"_s, 2},
         {u"mediaType"_s, QString(manifestType)},
         {u"config"_s, describe(u"application/vnd.oci.image.config.v1+json"_s, config)},
         {u"layers"_s, layers}});
}

Digest pushIndex(RealRegistry &registry, const QString &tag, const QStringList &architectures)
{
    QJsonArray entries;
    for (const QString &architecture : architectures) {
        QJsonObject entry =
            describe(manifestType,
                     registry.request("GET", u"/v2/team/app/manifests/"_s + architecture).body);
        entry.insert(u"platform"_s,
                     QJsonObject{{u"os"_s, u"linux"_s}, {u"architecture"_s, architecture}});
        entries.append(entry);
    }
    return pushManifest(registry, tag,
                        {{u"schemaVersion"_s, 2},
                         {u"mediaType"_s, u"application/vnd.oci.image.index.v1+json"_s},
                         {u"manifests"_s, entries}});
}

} // namespace SampleImages
