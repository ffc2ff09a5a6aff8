// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journalvalues.h"

#include "core/oci/tagnames.h"

using namespace Qt::StringLiterals;

namespace Longshore {

using Kind = JournalRun::Kind;

constexpr Kind kinds[] = {Kind::Deletion,       Kind::Untagging,       Kind::Restore,
                          Kind::Copy,           Kind::Tagging,         Kind::BlobDeletion,
                          Kind::BlobUpload,     Kind::ReadOnlyOn,      Kind::ReadOnlyOff,
                          Kind::ChangesAllowed, Kind::ChangesForbidden};

QString storedTime(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QDateTime timeIn(const QVariant &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

QString storedKind(Kind kind)
{
    switch (kind) {
    case Kind::Deletion: return u"deletion"_s;
    case Kind::Untagging: return u"untagging"_s;
    case Kind::Restore: return u"restore"_s;
    case Kind::Copy: return u"copy"_s;
    case Kind::Tagging: return u"tagging"_s;
    case Kind::BlobDeletion: return u"blob-deletion"_s;
    case Kind::BlobUpload: return u"blob-upload"_s;
    case Kind::ReadOnlyOn: return u"read-only-on"_s;
    case Kind::ReadOnlyOff: return u"read-only-off"_s;
    case Kind::ChangesAllowed: return u"changes-allowed"_s;
    case Kind::ChangesForbidden: return u"changes-forbidden"_s;
    }
    Q_UNREACHABLE();
}

Kind kindIn(const QString &name)
{
    for (const Kind kind : kinds) {
        if (name == storedKind(kind))
            return kind;
    }
    return Kind::Untagging;
}

bool isOfConnection(Kind kind)
{
    return kind == Kind::ReadOnlyOn || kind == Kind::ReadOnlyOff || kind == Kind::ChangesAllowed
           || kind == Kind::ChangesForbidden;
}

QString storedText(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

QString storedTags(const QList<Tag> &tags)
{
    return storedText(namesOf(tags).join(u' ')); // Which is in no tag.
}

QList<Tag> tagsIn(const QString &text)
{
    QList<Tag> tags;
    const QStringList names = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString &name : names) {
        if (const auto tag = Tag::parse(name))
            tags.append(*tag);
    }
    return tags;
}

} // namespace Longshore
