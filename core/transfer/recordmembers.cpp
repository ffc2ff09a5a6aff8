// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/recordmembers.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonValue>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr qsizetype longestText = 8192; // More than any path.
constexpr qsizetype mostImages = 10'000;

QString RecordMembers::text(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (!value.isString() || value.toString().size() > longestText)
        refuse(name);
    return value.toString();
}

static bool isPath(const QString &path)
{
    return QDir::isAbsolutePath(path) && !path.contains(QChar::Null) && path.size() <= longestText;
}

QString RecordMembers::path(QLatin1StringView name)
{
    const QString path = text(name);
    if (!isPath(path))
        refuse(name);
    return path;
}

QStringList RecordMembers::paths(QLatin1StringView name)
{
    const QJsonArray entries = m_object.value(name).toArray();
    QStringList paths;
    for (const auto &entry : entries)
        paths.append(entry.toString());
    const bool areAllPaths = std::all_of(paths.cbegin(), paths.cend(), isPath);
    if (paths.isEmpty() || paths.size() > mostImages || !areAllPaths)
        refuse(name);
    return paths;
}

QDateTime RecordMembers::date(QLatin1StringView name)
{
    const QDateTime date = QDateTime::fromString(text(name), Qt::ISODate);
    if (!date.isValid())
        refuse(name);
    return date;
}

qint64 RecordMembers::number(QLatin1StringView name, qint64 least)
{
    const QJsonValue value = m_object.value(name);
    // What does not fit became a double, and the default.
    const qint64 number = value.toInteger(least - 1);
    if (number < least)
        refuse(name);
    return number;
}

QList<qsizetype> RecordMembers::numbers(QLatin1StringView name, qint64 least)
{
    const QJsonValue value = m_object.value(name);
    const QJsonArray entries = value.toArray();
    if (!value.isArray() || entries.size() > mostImages)
        refuse(name);
    QList<qsizetype> numbers;
    for (const auto &entry : entries) {
        numbers.append(entry.toInteger(least - 1));
        if (numbers.last() < least)
            refuse(name);
    }
    return numbers;
}

bool RecordMembers::flag(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (!value.isBool())
        refuse(name);
    return value.toBool();
}

std::optional<Reference> RecordMembers::reference(QLatin1StringView name)
{
    const QString reference = text(name);
    if (const auto digest = Digest::parse(reference))
        return *digest;
    if (const auto tag = Tag::parse(reference))
        return *tag;
    refuse(name);
    return {};
}

std::optional<ImageReference> RecordMembers::image(const QString &host)
{
    const auto repository = name<RepositoryName>("repository"_L1);
    const auto tag = optionalName<Tag>("tag"_L1);
    const auto digest = optionalName<Digest>("digest"_L1);
    if (!repository)
        return {};
    return ImageReference{host, *repository, tag, digest};
}

QList<ImageReference> RecordMembers::images(QLatin1StringView name, const QString &host)
{
    const QJsonValue value = m_object.value(name);
    const QJsonArray entries = value.toArray();
    if (!value.isArray() || entries.size() > mostImages)
        refuse(name);
    QList<ImageReference> images;
    for (const auto &entry : entries) {
        RecordMembers members(entry.toObject());
        if (const auto image = members.image(host))
            images.append(*image);
        if (!members.refused().isEmpty())
            refuse(name);
    }
    return images;
}

QList<Platform> RecordMembers::platforms(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    const QJsonArray entries = value.toArray();
    if (!value.isArray() || entries.size() > mostImages)
        refuse(name);
    QList<Platform> platforms;
    for (const auto &entry : entries) {
        if (const auto platform = Platform::fromJson(entry))
            platforms.append(*platform);
        else
            refuse(name);
    }
    return platforms;
}

std::optional<Platform> RecordMembers::platform(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    const auto platform = Platform::fromJson(value);
    if (!value.isObject() || (!platform && !value.toObject().isEmpty()))
        refuse(name);
    return platform;
}

Ownership RecordMembers::ownership()
{
    if (!m_object.contains("owner"_L1))
        return {};
    const auto owner = Ownership::parseOwner(text("owner"_L1));
    const QString mode = text("mode"_L1);
    if (!owner)
        refuse("owner"_L1);
    Ownership ownership = owner.value_or(Ownership());
    ownership.mode = Ownership::parseMode(mode);
    if (!mode.isEmpty() && !ownership.mode)
        refuse("mode"_L1);
    return ownership;
}

std::optional<std::variant<ImageChoice, Platform>> RecordMembers::base()
{
    const auto platform = this->platform("platform"_L1);
    if (platform && text("repository"_L1).isEmpty() && text("reference"_L1).isEmpty())
        return *platform;
    const auto repository = name<RepositoryName>("repository"_L1);
    const auto reference = this->reference("reference"_L1);
    if (!repository || !reference)
        return {};
    return ImageChoice{*repository, *reference,
                       platform ? QList<Platform>{*platform} : QList<Platform>()};
}

std::optional<ImageExtension> RecordMembers::extension(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (!value.isObject())
        refuse(name);
    if (value.toObject().isEmpty())
        return {};
    RecordMembers members(value.toObject());
    const auto base = members.base();
    const QStringList paths = members.paths("paths"_L1);
    const QString folder = members.text("folder"_L1);
    const QString comment = members.text("comment"_L1);
    const QDateTime created = members.date("created"_L1);
    const QString author = members.text("author"_L1);
    const Ownership ownership = members.ownership();
    if (!members.refused().isEmpty()) {
        refuse(name);
        return {};
    }
    return ImageExtension{*base, paths, folder, comment, created, author, ownership};
}

TransferPlace RecordMembers::place(QLatin1StringView name)
{
    RecordMembers members(m_object.value(name).toObject());
    TransferPlace place{members.text("connection"_L1), members.text("path"_L1)};
    if (!place.path.isEmpty())
        place.path = members.path("path"_L1);
    if (!members.refused().isEmpty() || place.connectionId.isEmpty() == place.path.isEmpty())
        refuse(name);
    return place;
}

} // namespace Longshore
