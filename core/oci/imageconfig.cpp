// SPDX-License-Identifier: Apache-2.0
#include "core/oci/imageconfig.h"

#include "core/oci/strictjson.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImageConfig)
};

HistoryEntry historyEntry(const QJsonObject &object)
{
    return {plausibleDate(object.value("created"_L1).toString()),
            object.value("created_by"_L1).toString(), object.value("author"_L1).toString(),
            object.value("comment"_L1).toString(), object.value("empty_layer"_L1).toBool()};
}

void readRuntime(const QJsonObject &object, ImageConfig &config)
{
    config.user = object.value("User"_L1).toString();
    config.environment = stringList(object.value("Env"_L1));
    config.entrypoint = stringList(object.value("Entrypoint"_L1));
    config.command = stringList(object.value("Cmd"_L1));
    config.workingDirectory = object.value("WorkingDir"_L1).toString();
    config.exposedPorts = object.value("ExposedPorts"_L1).toObject().keys();
    config.volumes = object.value("Volumes"_L1).toObject().keys();
    config.stopSignal = object.value("StopSignal"_L1).toString();
    config.labels = stringMap(object.value("Labels"_L1));
}

Result<QList<Digest>> readDiffIds(const QJsonObject &rootfs)
{
    QList<Digest> result;
    const QJsonArray array = rootfs.value("diff_ids"_L1).toArray();
    for (const auto &element : array) {
        const auto digest = Digest::parse(element.toString());
        if (!digest)
            return Error{Error::Kind::Protocol,
                         Text::tr("The configuration contains a malformed diff ID.")};
        result.append(*digest);
    }
    return result;
}

} // namespace

Result<ImageConfig> parseImageConfig(const QByteArray &bytes)
{
    const auto object = parseStrictJson(bytes);
    if (!object)
        return object.error();
    const auto diffIds = readDiffIds(object->value("rootfs"_L1).toObject());
    if (!diffIds)
        return diffIds.error();

    ImageConfig config;
    config.created = plausibleDate(object->value("created"_L1).toString());
    config.author = object->value("author"_L1).toString();
    config.platform = Platform::fromJson(*object).value_or(Platform());
    config.diffIds = *diffIds;
    readRuntime(object->value("config"_L1).toObject(), config);
    const QJsonArray history = object->value("history"_L1).toArray();
    for (const auto &entry : history)
        config.history.append(historyEntry(entry.toObject()));
    return config;
}

QDateTime plausibleDate(const QString &text)
{
    const QDateTime date = QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
    static const QDateTime oldest(QDate(2010, 1, 1), QTime(0, 0), Qt::UTC);
    if (!date.isValid() || date < oldest || date > QDateTime::currentDateTimeUtc().addDays(1))
        return {};
    return date;
}

QDateTime creationDate(const ImageConfig &config, const Annotations &annotations)
{
    if (config.created.isValid())
        return config.created;
    const QDateTime annotated =
        plausibleDate(annotations.value(u"org.opencontainers.image.created"_s));
    if (annotated.isValid())
        return annotated;
    QDateTime newest;
    for (const HistoryEntry &entry : config.history) {
        if (entry.created.isValid() && (!newest.isValid() || entry.created > newest))
            newest = entry.created;
    }
    return newest;
}

bool historyMatchesLayers(const ImageManifest &manifest, const ImageConfig &config)
{
    const auto steps = std::count_if(config.history.begin(), config.history.end(),
                                     [](const HistoryEntry &entry) { return !entry.isEmptyLayer; });
    return steps == manifest.layers.size() && config.diffIds.size() == manifest.layers.size();
}

QList<LayerRow> layerRows(const ImageManifest &manifest, const ImageConfig &config)
{
    QList<LayerRow> rows;
    const bool namesDiffIds = config.diffIds.size() == manifest.layers.size();
    const auto layerRow = [&](qsizetype index, const std::optional<HistoryEntry> &history) {
        LayerRow row{manifest.layers.at(index), {}, history, static_cast<int>(index) + 1};
        if (namesDiffIds)
            row.diffId = config.diffIds.at(index);
        return row;
    };
    qsizetype next = 0;
    if (historyMatchesLayers(manifest, config)) {
        for (const HistoryEntry &entry : config.history)
            rows.append(entry.isEmptyLayer ? LayerRow{{}, {}, entry, 0} : layerRow(next++, entry));
        return rows;
    }
    for (; next < manifest.layers.size(); ++next)
        rows.append(layerRow(next, {}));
    return rows;
}

} // namespace Longshore
