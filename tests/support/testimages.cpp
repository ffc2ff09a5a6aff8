// SPDX-License-Identifier: Apache-2.0
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace TestImages {

static QJsonObject toJson(const Descriptor &descriptor)
{
    return {{u"mediaType"_s, descriptor.mediaType.toString()},
            {u"digest"_s, descriptor.digest.toString()},
            {u"size"_s, descriptor.size}};
}

static QByteArray config(const Options &options)
{
    QJsonArray diffIds;
    QJsonArray history;
    const bool isMadeUp = options.contents.isEmpty();
    for (const QByteArray &layer : isMadeUp ? options.layers : options.contents) {
        diffIds.append(Digest::ofBytes(isMadeUp ? layer.toUpper() : layer).toString());
        history.append(QJsonObject{
            {u"created"_s, options.created.toString(Qt::ISODate)},
            {u"created_by"_s, QString(u"RUN make "_s + QString::fromUtf8(layer.constData()))}});
    }
    history.append(QJsonObject{{u"created_by"_s, u"CMD [\"run\"]"_s}, {u"empty_layer"_s, true}});
    return QJsonDocument(
               QJsonObject{
                   {u"architecture"_s, options.architecture},
                   {u"os"_s, u"linux"_s},
                   {u"created"_s, options.created.toString(Qt::ISODate)},
                   {u"config"_s, QJsonObject{{u"Env"_s, QJsonArray{u"PATH=/bin"_s}},
                                             {u"Cmd"_s, QJsonArray{u"run"_s}}}},
                   {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, diffIds}}},
                   {u"history"_s, history}})
        .toJson(QJsonDocument::Compact);
}

QByteArray image(FakeRegistry &registry, const QString &repository, const Options &options)
{
    const Descriptor configBlob = registry.addBlob(repository, config(options),
                                                   u"application/vnd.oci.image.config.v1+json"_s);
    QJsonArray layers;
    for (const QByteArray &layer : options.layers)
        layers.append(toJson(registry.addBlob(repository, layer)));
    return QJsonDocument(QJsonObject{{u"schemaVersion"_s, 2},
                                     {u"mediaType"_s, MediaType::ociManifest().toString()},
                                     {u"config"_s, toJson(configBlob)},
                                     {u"layers"_s, layers}})
        .toJson(QJsonDocument::Compact);
}

Digest addImage(FakeRegistry &registry, const QString &repository, const QString &tag,
                const Options &options)
{
    return registry.addManifest(repository, tag, image(registry, repository, options),
                                MediaType::ociManifest());
}

Digest addIndexOf(FakeRegistry &registry, const QString &repository, const QString &tag,
                  const Digest &image)
{
    const QByteArray text = R"({"schemaVersion":2,"manifests":[{"mediaType":")"
                            + MediaType::ociManifest().toString().toLatin1()
                            + R"(","size":9,"digest":")" + image.toString().toLatin1() + R"("}]})";
    return registry.addManifest(repository, tag, text, MediaType::ociIndex());
}

Digest addIndex(FakeRegistry &registry, const QString &repository, const QString &tag,
                const QStringList &architectures)
{
    QJsonArray manifests;
    QString firstDigest;
    for (const QString &architecture : architectures) {
        const QString name = architecture.section(u'/', 0, 0);
        const QString variant = architecture.section(u'/', 1);
        Options options{.architecture = name};
        if (!variant.isEmpty())
            options.layers.append("layer " + variant.toLatin1());
        const QByteArray bytes = image(registry, repository, options);
        const Digest digest = registry.addManifest(repository, {}, bytes, MediaType::ociManifest());
        QJsonObject entry = toJson({MediaType::ociManifest(), digest, bytes.size()});
        QJsonObject platform{{u"os"_s, u"linux"_s}, {u"architecture"_s, name}};
        if (!variant.isEmpty())
            platform.insert(u"variant"_s, variant);
        entry.insert(u"platform"_s, platform);
        manifests.append(entry);
        firstDigest = firstDigest.isEmpty() ? digest.toString() : firstDigest;
    }
    const QByteArray about =
        image(registry, repository, {.architecture = u"unknown"_s, .layers = {"in-toto"}});
    const Digest aboutDigest =
        registry.addManifest(repository, {}, about, MediaType::ociManifest());
    QJsonObject attestation = toJson({MediaType::ociManifest(), aboutDigest, about.size()});
    attestation.insert(u"platform"_s,
                       QJsonObject{{u"os"_s, u"unknown"_s}, {u"architecture"_s, u"unknown"_s}});
    attestation.insert(u"annotations"_s,
                       QJsonObject{{u"vnd.docker.reference.type"_s, u"attestation-manifest"_s},
                                   {u"vnd.docker.reference.digest"_s, firstDigest}});
    manifests.append(attestation);
    const QByteArray index =
        QJsonDocument(QJsonObject{{u"schemaVersion"_s, 2},
                                  {u"mediaType"_s, MediaType::ociIndex().toString()},
                                  {u"manifests"_s, manifests}})
            .toJson(QJsonDocument::Compact);
    return registry.addManifest(repository, tag, index, MediaType::ociIndex());
}

} // namespace TestImages
