// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupdecision.h"

/// Repositories for rules, in a notation that can be read.
namespace TestInventory {

/// What ages are measured from.
inline QDateTime now()
{
    return {QDate(2026, 3, 1), QTime(12, 0), Qt::UTC};
}

inline Longshore::Tag tag(const QString &name)
{
    return *Longshore::Tag::parse(name);
}

inline Longshore::Digest digest(char which)
{
    return Longshore::Digest::ofBytes(QByteArray(1, which));
}

inline Longshore::Digest digest(const QString &which)
{
    return Longshore::Digest::ofBytes(which.toLatin1());
}

/// "latest:a:5 1.0:a:5 old:b:?" are three tags of two images, one of them five days old and one of
/// unknown age; each has a blob of its own, of 100 bytes.
inline Longshore::RepositoryInventory inventory(const QString &tags)
{
    using namespace Longshore;
    RepositoryInventory result{{*RepositoryName::parse(u"team/app"), now(), {}, {}, {}, {}}, {}};
    const QStringList words = tags.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const QStringList parts = word.split(u':');
        const Digest image = digest(parts.at(1));
        const Descriptor manifest{MediaType::ociManifest(), image, 10};
        result.snapshot.tags.append({tag(parts.at(0)), manifest});
        ManifestDetails details{manifest.mediaType, manifest.size};
        if (parts.at(2) != QLatin1String("?"))
            details.created = now().addDays(-parts.at(2).toInt());
        details.blobs.insert(digest(QString(parts.at(1) + QLatin1String(" layer"))), 100);
        details.size = 100;
        details.isConfigKnown = true;
        details.platforms = QStringList{QStringLiteral("linux/amd64")};
        result.details.insert(image, details);
    }
    return result;
}

/// Makes the image of a tag an index of others, which need no tag.
inline void makeIndex(Longshore::RepositoryInventory &inventory, const QString &image,
                      const QStringList &children)
{
    using namespace Longshore;
    for (auto &[name, manifest] : inventory.snapshot.tags) {
        if (manifest.digest == digest(image))
            manifest.mediaType = MediaType::ociIndex();
    }
    inventory.details[digest(image)].blobs.clear();
    QList<Digest> &parts = inventory.snapshot.children[digest(image)];
    for (const QString &child : children) {
        parts.append(digest(child));
        if (inventory.details.contains(digest(child)))
            continue;
        ManifestDetails details{MediaType::ociManifest(), 10};
        details.blobs.insert(digest(QString(child + QLatin1String(" layer"))), 100);
        details.size = 100;
        inventory.details.insert(digest(child), details);
    }
}

/// "latest=protected 1.0=delete", in the order of the tags.
inline QString decisionsOf(const Longshore::CleanupDecisions &decisions)
{
    using Kind = Longshore::TagDecision::Kind;
    static const QHash<Kind, QString> names{
        {Kind::Delete, QStringLiteral("delete")},  {Kind::Untag, QStringLiteral("untag")},
        {Kind::Keep, QStringLiteral("keep")},      {Kind::Protected, QStringLiteral("protected")},
        {Kind::LeftAlone, QStringLiteral("left")}, {Kind::Blocked, QStringLiteral("blocked")}};
    QStringList words;
    for (const Longshore::TagDecision &one : decisions.tags)
        words.append(QString(one.tag.toString() + QLatin1Char('=') + names.value(one.kind)));
    return words.join(QLatin1Char(' '));
}

/// Why a tag is decided as it is.
inline QString reasonOf(const Longshore::CleanupDecisions &decisions, const QString &name)
{
    for (const Longshore::TagDecision &one : decisions.tags) {
        if (one.tag == tag(name))
            return one.reason();
    }
    return QStringLiteral("there is no such tag");
}

/// @{
/// Rules of one condition.
inline Longshore::CleanupRule protect(const QString &globs)
{
    return {Longshore::CleanupRule::Action::Protect,
            {Longshore::NameCondition{Longshore::globsOf(globs)}}};
}
inline Longshore::CleanupRule keepNewest(int count)
{
    return {Longshore::CleanupRule::Action::Keep, {Longshore::NewestCondition{count}}};
}
inline Longshore::CleanupRule deleteNamed(const QString &globs)
{
    return {Longshore::CleanupRule::Action::Delete,
            {Longshore::NameCondition{Longshore::globsOf(globs)}}};
}
inline Longshore::CleanupRule deleteOlder(int days)
{
    return {Longshore::CleanupRule::Action::Delete,
            {Longshore::AgeCondition{Longshore::AgeCondition::Side::Older, days}}};
}
inline Longshore::CleanupRule deleteTheRest()
{
    return {Longshore::CleanupRule::Action::Delete, {Longshore::EverythingElse()}};
}
/// @}

} // namespace TestInventory
