// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferrecord.h"

#include "core/base/displaytext.h"
#include "core/oci/strictjson.h"
#include "core/transfer/recordmembers.h"
#include "core/transfer/recordversion.h"
#include "core/transfer/recordwords.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int documentVersion = 4;
constexpr qsizetype mostRecords = 10'000;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TransferRecord)
};

QString digestText(const std::optional<Digest> &digest)
{
    return digest ? digest->toString() : QString();
}

QJsonObject toJson(const Platform &platform)
{
    return {{u"os"_s, platform.os},
            {u"architecture"_s, platform.architecture},
            {u"variant"_s, platform.variant},
            {u"os.version"_s, platform.osVersion},
            {u"os.features"_s, QJsonArray::fromStringList(platform.osFeatures)}};
}

QJsonArray toJson(const QList<Platform> &platforms)
{
    QJsonArray array;
    for (const Platform &platform : platforms)
        array.append(toJson(platform));
    return array;
}

QJsonObject toJson(const TransferPlace &place)
{
    return {{u"connection"_s, place.connectionId}, {u"path"_s, place.path}};
}

QJsonObject toJson(const BlobDownload &download)
{
    return {{u"kind"_s, u"blob"_s},
            {u"repository"_s, download.repository.toString()},
            {u"digest"_s, download.digest.toString()},
            {u"size"_s, download.size},
            {u"path"_s, download.path},
            {u"replaces"_s, download.existing == SafeFile::Existing::Replace}};
}

/// Without the host.
QJsonObject toJson(const ImageReference &image)
{
    return {{u"repository"_s, image.repository.toString()},
            {u"tag"_s, image.tag ? image.tag->toString() : QString()},
            {u"digest"_s, digestText(image.digest)}};
}

QJsonObject toJson(const PlaceExport &wanted)
{
    QJsonArray others;
    for (const ImageReference &other : wanted.others)
        others.append(toJson(other));
    QJsonObject object = toJson(wanted.source);
    object.insert(u"kind"_s, u"image"_s);
    object.insert(u"host"_s, wanted.source.host);
    object.insert(u"platforms"_s, toJson(wanted.platforms));
    object.insert(u"form"_s, wordFor(formWords, wanted.place.form));
    object.insert(u"path"_s, wanted.place.path);
    object.insert(u"name"_s, wanted.place.name);
    object.insert(u"others"_s, others);
    object.insert(u"layers"_s, QJsonArray::fromVariantList(
                                   QVariantList(wanted.layers.begin(), wanted.layers.end())));
    object.insert(u"withChecksums"_s, wanted.withChecksums);
    object.insert(u"earlier"_s, wanted.earlier);
    object.insert(u"withReferrers"_s, wanted.withReferrers);
    object.insert(u"taken"_s, wordFor(takenNameWords, wanted.taken));
    return object;
}

QJsonObject toJson(const ImageExtension &extension)
{
    const ImageChoice *base = extension.image();
    const auto platforms = base ? base->platforms : QList{std::get<Platform>(extension.base)};
    return {{u"repository"_s, base ? base->repository.toString() : QString()},
            {u"reference"_s, base ? base->reference.toString() : QString()},
            {u"platform"_s, platforms.isEmpty() ? QJsonObject() : toJson(platforms.first())},
            {u"paths"_s, QJsonArray::fromStringList(extension.paths)},
            {u"folder"_s, extension.folder},
            {u"comment"_s, extension.comment},
            {u"created"_s, extension.created.toUTC().toString(Qt::ISODate)},
            {u"author"_s, extension.author},
            {u"owner"_s, extension.ownership.ownerText()},
            {u"mode"_s, extension.ownership.modeText()}};
}

QJsonObject toJson(const AgreedCopy &copy)
{
    return {{u"kind"_s, u"copy"_s},
            {u"fromRepository"_s, copy.wanted.fromRepository.toString()},
            {u"fromReference"_s, copy.wanted.from.toString()},
            {u"toRepository"_s, copy.wanted.toRepository.toString()},
            {u"toReference"_s, copy.wanted.to.toString()},
            {u"platforms"_s, toJson(copy.wanted.platforms)},
            {u"withReferrers"_s, copy.wanted.withReferrers},
            {u"isCompressed"_s, copy.isCompressed},
            {u"layer"_s, copy.made ? toJson(*copy.made) : QJsonObject()},
            {u"image"_s, copy.image.toString()},
            {u"replaced"_s, digestText(copy.replaced)}};
}

QJsonObject toJson(const TransferRecord &record)
{
    QJsonObject object =
        std::visit([](const auto &purpose) { return toJson(purpose); }, record.purpose);
    object.insert(u"from"_s, toJson(record.from));
    object.insert(u"to"_s, toJson(record.to));
    object.insert(u"source"_s, record.source);
    object.insert(u"target"_s, record.target);
    object.insert(u"done"_s, record.done);
    object.insert(u"total"_s, record.total);
    return object;
}

std::optional<TransferPurpose> readBlob(RecordMembers &members)
{
    const auto repository = members.name<RepositoryName>("repository"_L1);
    const auto digest = members.name<Digest>("digest"_L1);
    const qint64 size = members.number("size"_L1, -1);
    const QString path = members.path("path"_L1);
    if (!repository || !digest)
        return {};
    return BlobDownload{*repository,         *digest, size, path, members.existing("replaces"_L1),
                        BlobFile::Part::Keep};
}

std::optional<TransferPurpose> readImage(RecordMembers &members)
{
    const QString host = members.text("host"_L1);
    const auto source = members.image(host);
    const auto form = readWord(members, "form"_L1, formWords);
    const QString path = members.path("path"_L1);
    const QString name = members.text("name"_L1);
    const auto platforms = members.platforms("platforms"_L1);
    if (form == ImagePlace::Form::DockerArchive && !name.isEmpty() && !ImageReference::parse(name))
        members.refuse("name"_L1);
    if (!source)
        return {};
    return PlaceExport{*source,
                       platforms,
                       {form, path, name},
                       readWord(members, "taken"_L1, takenNameWords),
                       members.images("others"_L1, host),
                       members.flag("withChecksums"_L1),
                       members.optionalPath("earlier"_L1),
                       members.flag("withReferrers"_L1),
                       members.numbers("layers"_L1, 1)};
}

std::optional<TransferPurpose> readCopy(RecordMembers &members)
{
    const auto fromRepository = members.name<RepositoryName>("fromRepository"_L1);
    const auto from = members.reference("fromReference"_L1);
    const auto toRepository = members.name<RepositoryName>("toRepository"_L1);
    const auto to = members.reference("toReference"_L1);
    const auto image = members.name<Digest>("image"_L1);
    if (!fromRepository || !from || !toRepository || !to || !image)
        return {};
    return AgreedCopy{{*fromRepository, *from, *toRepository, *to,
                       members.platforms("platforms"_L1), members.flag("withReferrers"_L1)},
                      *image,
                      members.optionalName<Digest>("replaced"_L1),
                      members.extension("layer"_L1),
                      members.flag("isCompressed"_L1)};
}

Result<TransferRecord> readRecord(const QJsonObject &object)
{
    RecordMembers members(object);
    const QString kind = members.text("kind"_L1);
    std::optional<TransferPurpose> purpose;
    if (kind == "blob"_L1)
        purpose = readBlob(members);
    else if (kind == "image"_L1)
        purpose = readImage(members);
    else if (kind == "copy"_L1)
        purpose = readCopy(members);
    else
        members.refuse("kind"_L1);
    const TransferPlace from = members.place("from"_L1);
    const TransferPlace to = kind == "copy"_L1 ? members.place("to"_L1) : TransferPlace();
    if (kind == "copy"_L1 && to.connectionId.isEmpty())
        members.refuse("to"_L1);
    const QString source = members.text("source"_L1);
    const QString target = members.text("target"_L1);
    const qint64 total = members.number("total"_L1, -1);
    const qint64 done = members.number("done"_L1, 0);
    if (!members.refused().isEmpty() || !purpose)
        return Error{Error::Kind::InvalidInput,
                     Text::tr("A transfer of the last time cannot be continued: its %1 is %2.")
                         .arg(members.refused(),
                              quotedText(object.value(members.refused()).toVariant().toString()))};
    return TransferRecord{from, to, *purpose, source, target, done, total};
}

} // namespace

QByteArray transfersToJson(const QList<TransferRecord> &records)
{
    QJsonArray transfers;
    for (const TransferRecord &record : records)
        transfers.append(toJson(record));
    return QJsonDocument(QJsonObject{{u"version"_s, documentVersion}, {u"transfers"_s, transfers}})
        .toJson(QJsonDocument::Compact);
}

ReadTransfers transfersFromJson(const QByteArray &json)
{
    const auto document = parseStrictJson(
        json, {.maximumDepth = 8, .maximumBytes = json.size(), .integersOnly = true});
    if (!document)
        return {{}, {document.error().message}};
    const auto version = sizeMember(*document, "version"_L1);
    if (!version || *version < 1 || *version > documentVersion)
        return {{}, {Text::tr("Another version of the program wrote it.")}};
    const QJsonArray transfers = document->value("transfers"_L1).toArray();
    if (!document->value("transfers"_L1).isArray() || transfers.size() > mostRecords)
        return {{}, {Text::tr("It is no list of transfers.")}};
    ReadTransfers read;
    for (const auto &transfer : transfers) {
        const QJsonObject object = transfer.toObject();
        const bool isOlder = *version < documentVersion;
        const auto record = readRecord(isOlder ? inThisVersion(object) : object);
        if (record)
            read.records.append(*record);
        else
            read.refusals.append(record.error().message);
    }
    return read;
}

} // namespace Longshore
