// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/imagejson.h"

#include "core/session/readimagejob.h"
#include "core/session/readtagdetailsjob.h"

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

QJsonValue dateJson(const QDateTime &date)
{
    return date.isValid() ? QJsonValue(date.toUTC().toString(Qt::ISODate)) : QJsonValue();
}

QJsonValue sizeJson(qint64 size)
{
    return size < 0 ? QJsonValue() : QJsonValue(size);
}

QJsonArray listJson(const QStringList &list)
{
    return QJsonArray::fromStringList(list);
}

QJsonObject labelsJson(const QMap<QString, QString> &labels)
{
    QJsonObject object;
    for (auto label = labels.begin(); label != labels.end(); ++label)
        object.insert(label.key(), *label);
    return object;
}

QJsonObject stepJson(const std::optional<HistoryEntry> &step)
{
    if (!step)
        return {{u"created"_s, {}}, {u"createdBy"_s, {}}, {u"comment"_s, {}}};
    return {{u"created"_s, dateJson(step->created)},
            {u"createdBy"_s, step->createdBy},
            {u"comment"_s, step->comment}};
}

QList<LayerRow> rowsOf(const Image &image)
{
    const ImageManifest *manifest = image.manifest.image();
    return manifest ? layerRows(*manifest, image.config.value_or(ImageConfig()))
                    : QList<LayerRow>();
}

} // namespace

QJsonObject toJson(const Descriptor &descriptor)
{
    return {{u"digest"_s, descriptor.digest.toString()},
            {u"mediaType"_s, descriptor.mediaType.toString()},
            {u"size"_s, descriptor.size}};
}

QJsonObject toJson(const QString &tag, const TagDetails &details)
{
    QJsonObject object = toJson(details.manifest);
    object.insert(u"tag"_s, tag);
    object.insert(u"size"_s, sizeJson(details.size));
    object.insert(u"created"_s, dateJson(details.created));
    object.insert(u"platforms"_s, listJson(details.platformNames()));
    return object;
}

QJsonObject configJson(const Image &image)
{
    const ImageConfig config = image.config.value_or(ImageConfig());
    QJsonObject object = toJson(image.manifest.descriptor());
    object.insert(u"platform"_s, config.platform.toString());
    object.insert(u"created"_s, dateJson(config.created));
    object.insert(u"author"_s, config.author);
    object.insert(u"user"_s, config.user);
    object.insert(u"environment"_s, listJson(config.environment));
    object.insert(u"entrypoint"_s, listJson(config.entrypoint));
    object.insert(u"command"_s, listJson(config.command));
    object.insert(u"workingDirectory"_s, config.workingDirectory);
    object.insert(u"exposedPorts"_s, listJson(config.exposedPorts));
    object.insert(u"volumes"_s, listJson(config.volumes));
    object.insert(u"stopSignal"_s, config.stopSignal);
    object.insert(u"labels"_s, labelsJson(config.labels));
    if (const ImageManifest *manifest = image.manifest.image()) {
        object.insert(u"config"_s, toJson(manifest->config));
        object.insert(u"annotations"_s, labelsJson(manifest->annotations));
    }
    return object;
}

QJsonArray layersJson(const Image &image)
{
    QJsonArray layers;
    const QList<LayerRow> rows = rowsOf(image);
    for (const LayerRow &row : rows) {
        if (!row.layer)
            continue;
        QJsonObject object = stepJson(row.history);
        object.insert(u"index"_s, row.number);
        object.insert(u"digest"_s, row.layer->digest.toString());
        object.insert(u"mediaType"_s, row.layer->mediaType.toString());
        object.insert(u"size"_s, row.layer->size);
        object.insert(u"diffId"_s, row.diffId ? QJsonValue(row.diffId->toString()) : QJsonValue());
        layers.append(object);
    }
    return layers;
}

QJsonArray historyJson(const Image &image)
{
    QJsonArray steps;
    const QList<LayerRow> rows = rowsOf(image);
    for (const LayerRow &row : rows) {
        if (!row.history)
            continue;
        QJsonObject object = stepJson(row.history);
        object.insert(u"layer"_s, row.layer ? QJsonValue(row.number) : QJsonValue());
        steps.append(object);
    }
    return steps;
}

QJsonArray referrersJson(const QList<Descriptor> &referrers)
{
    QJsonArray list;
    for (const Descriptor &referrer : referrers) {
        QJsonObject object = toJson(referrer);
        object.insert(u"artifactType"_s, referrer.artifactType);
        object.insert(u"annotations"_s, labelsJson(referrer.annotations));
        list.append(object);
    }
    return list;
}

QJsonObject sizesJson(const Image &image)
{
    const ImageManifest *manifest = image.manifest.image();
    if (!manifest)
        return {};
    const qint64 all = imageSize(*manifest);
    return {{u"manifest"_s, image.manifest.bytes.size()},
            {u"config"_s, manifest->config.size},
            {u"layers"_s, sizeJson(all < 0 ? -1 : all - manifest->config.size)},
            {u"total"_s, sizeJson(all)}};
}

} // namespace Longshore
