// SPDX-License-Identifier: Apache-2.0
#include "core/registry/listreferrersjob.h"
#include "support/deletionworld.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

bool isList(const QString &tag)
{
    return isReferrersTag(*Tag::parse(tag));
}

QSet<QString> entriesOf(const QByteArray &list)
{
    QSet<QString> entries;
    const QJsonArray all = QJsonDocument::fromJson(list)["manifests"_L1].toArray();
    for (const auto &entry : all)
        entries.insert(entry["digest"_L1].toString());
    return entries;
}

bool isPlaceholder(const QByteArray &manifest)
{
    return QJsonDocument::fromJson(manifest)["annotations"_L1]["io.longshore.tag"_L1].isString();
}

} // namespace

bool DeletionWorld::wasVisible(const QString &tag) const
{
    // Tags that were there when the run began are not looked at again, unless they are to go.
    const bool isLookedAt = m_known.contains(tag) || m_plannedAlone.contains(tag);
    const int seen = isLookedAt ? m_lastLook.value(tag) : m_lastList;
    return m_changed.value(tag) < seen;
}

void DeletionWorld::complain(const QString &subject, const QString &what)
{
    m_complaints.append(QStringLiteral("%1, request %2, %3: %4")
                            .arg(m_repository, QString::number(m_clock), subject, what));
}

bool DeletionWorld::wasDeleted(const QString &digest) const
{
    return std::any_of(m_deletions.begin(), m_deletions.end(),
                       [&](const Deletion &one) { return one.digest == digest; });
}

/// What stays must not be about something that goes.
void DeletionWorld::judgeDecisions()
{
    for (auto one = m_subjects.begin(); one != m_subjects.end(); ++one) {
        const bool goes = m_planned.contains(one.key()) || !isThere(one.key());
        if (m_planned.contains(one.value()) && !goes)
            complain(one.value(), u"shall go, and %1 refers to it and stays"_s.arg(one.key()));
    }
}

void DeletionWorld::judge(const TestRequest &request)
{
    const QString name = request.path().section(u'/', -1);
    const bool isDigest = Digest::parse(name).has_value();
    if (request.method == "DELETE" && isDigest)
        judgeDeletion(name);
    else if (request.method == "DELETE" && m_registry.behaviour.canDeleteTags)
        judgeTagDeletion(name);
    else if (request.method == "PUT" && isDigest)
        complain(name, u"nobody wanted that to be put"_s);
    else if (request.method == "PUT")
        judgePush(name, request);
}

void DeletionWorld::judgeTagDeletion(const QString &tag)
{
    judgeUntagging(tag);
    if (m_tagRemoval == TagRemoval::WithSiblings)
        takeSiblings(tag);
    m_tags.remove(tag);
}

void DeletionWorld::judgeDeletion(const QString &digest)
{
    if (!isThere(digest))
        return; // Gone already; whoever asks again is told so.
    if (m_placeholders.contains(digest))
        return judgePlaceholderDeletion(digest);
    if (!QFile::exists(m_backup + "/longshore-backup.json"_L1))
        complain(digest, u"deleted before it was saved"_s);
    if (!m_planned.contains(digest))
        complain(digest, u"nobody planned that"_s);
    for (const QString &subject : m_about.value(digest)) {
        const bool isPart = subject == digest || m_parts.value(digest).contains(subject);
        const bool isGone = !isThere(subject) || wasDeleted(subject); // Others may push it again.
        if (m_planned.contains(subject) && !isGone && !isPart)
            complain(digest, u"what it is about, %1, is still there"_s.arg(subject));
    }
    judgeLoss(digest);
}

/// Of tags that go with it or break, and of those for which it should stay.
void DeletionWorld::judgeLoss(const QString &digest)
{
    Deletion deletion{digest, m_registry.manifestBytes(m_repository, *Digest::parse(digest)), {}};
    const QSet<QString> planned = m_planned.value(digest);
    for (auto tag = m_tags.begin(); tag != m_tags.end();) {
        const bool goes = *tag == digest;
        const bool breaks = m_parts.value(*tag).contains(digest);
        if ((breaks || (goes && !planned.contains(tag.key()))) && wasVisible(tag.key()))
            complain(digest, u"takes or breaks %1"_s.arg(tag.key()));
        else if (breaks || (goes && !planned.contains(tag.key())))
            ++m_races;
        else if (!goes && planned.contains(tag.key()) && wasVisible(tag.key()))
            complain(digest, u"although %1 has moved"_s.arg(tag.key()));
        if (goes)
            deletion.tags.append(tag.key());
        tag = goes ? m_tags.erase(tag) : std::next(tag);
    }
    m_deletions.append(deletion);
}

void DeletionWorld::judgePlaceholderDeletion(const QString &digest)
{
    const QStringList tags = tagsOf(digest);
    for (const QString &tag : tags)
        m_tags.remove(tag);
}

/// Only placeholders, what was there before, and lists that have lost what is gone.
void DeletionWorld::judgePush(const QString &tag, const TestRequest &request)
{
    const QString before = m_tags.value(tag);
    const QByteArray expected = request.header("if-match");
    if (!expected.isEmpty() && expected != '"' + before.toLatin1() + '"')
        return; // It is refused.
    const QString digest = Digest::ofBytes(request.body).toString();
    if (digest == before)
        return;
    if (isList(tag) && !m_plannedAlone.contains(tag)) {
        judgeList(tag, request.body);
    } else if (isPlaceholder(request.body)) {
        m_placeholders.insert(digest);
        judgeDisplacement(tag);
    } else if (!m_history.value(tag).contains(digest)) {
        complain(tag, u"nobody wanted that there"_s);
    } else if (!before.isEmpty() && !m_placeholders.contains(before)) {
        if (wasVisible(tag))
            complain(tag, u"somebody else has put %1 there"_s.arg(before));
        ++m_races;
    }
    m_tags.insert(tag, digest);
}

void DeletionWorld::judgeList(const QString &tag, const QByteArray &list)
{
    const auto now = Digest::parse(m_tags.value(tag));
    const QSet<QString> before =
        now ? entriesOf(m_registry.manifestBytes(m_repository, *now)) : QSet<QString>();
    const QSet<QString> after = entriesOf(list);
    for (const QString &entry : before - after) {
        if (isThere(entry))
            complain(tag, u"does not list %1 any more, which is there"_s.arg(entry));
    }
    if (!before.contains(after))
        complain(tag, u"lists what nobody has pushed"_s);
}

/// An index keeps it as well, also one that somebody has pushed meanwhile.
bool DeletionWorld::isPartOfWhatStays(const QString &digest) const
{
    for (auto index = m_parts.begin(); index != m_parts.end(); ++index) {
        const QStringList tags = tagsOf(index.key());
        const bool stays = std::any_of(tags.begin(), tags.end(), [this](const QString &tag) {
            return !m_plannedAlone.contains(tag);
        });
        if (stays && index->contains(digest))
            return true;
    }
    return false;
}

/// By a placeholder, which also takes the place of what somebody has removed in this very moment.
void DeletionWorld::judgeDisplacement(const QString &tag)
{
    if (m_tags.contains(tag) || !m_plannedAlone.contains(tag))
        return judgeUntagging(tag);
    if (wasVisible(tag))
        complain(tag, u"was gone, and is there again"_s);
    m_untagged.insert(tag, m_plannedAlone.value(tag)); // As far as anybody could see.
}

void DeletionWorld::judgeUntagging(const QString &tag)
{
    if (!m_tags.contains(tag))
        return; // Gone already.
    const QString digest = m_tags.value(tag);
    if (m_placeholders.contains(digest))
        return;
    if (!QFile::exists(m_backup + "-tags/longshore-backup.json"_L1))
        complain(tag, u"removed before it was saved"_s);
    if (!m_plannedAlone.contains(tag))
        return complain(tag, u"nobody planned that"_s);
    if (m_plannedAlone.value(tag) != digest) {
        if (wasVisible(tag))
            complain(tag, u"has moved, and is removed all the same"_s);
        ++m_races;
        m_untagged.insert(tag, m_plannedAlone.value(tag)); // As far as anybody could see.
        return;
    }
    // What is seen at the list holds for all tags that go alone.
    const QStringList tags = tagsOf(digest);
    bool isNamed = false; // By a tag that does not go.
    for (const QString &other : tags) {
        const bool isNew =
            !m_staying.value(digest).contains(other) && !m_plannedAlone.contains(other);
        if (isNew && m_changed.value(other) < m_lastList)
            complain(tag, u"removed though %1 is new on its image"_s.arg(other));
        isNamed = isNamed || !m_plannedAlone.contains(other);
    }
    const bool isNeeded = isPartOfWhatStays(digest);
    const auto &stayed = m_staying.value(digest);
    const bool isSeen = std::all_of(stayed.begin(), stayed.end(), [this](const QString &other) {
        return m_changed.value(other) < m_lastList;
    });
    if (!isNamed && !isNeeded && isSeen)
        complain(tag, u"was the last one of an image that should stay"_s);
    m_untagged.insert(tag, digest);
}

/// What a server does that was not made to remove one tag.
void DeletionWorld::takeSiblings(const QString &tag)
{
    const QStringList tags = tagsOf(m_tags.value(tag));
    for (const QString &other : tags) {
        if (other == tag)
            continue;
        if (m_changed.value(other) < m_lastList)
            m_taken.insert(other);
        else
            ++m_races;
        m_registry.removeTag(m_repository, other);
        m_tags.remove(other);
    }
}

DeletionWorld::Complaints DeletionWorld::missing() const
{
    Complaints missing;
    const auto miss = [&](const QString &what) {
        missing.append(u"%1 of %2 did not come back"_s.arg(what, m_repository));
    };
    for (const Deletion &deletion : m_deletions) {
        const Digest digest = *Digest::parse(deletion.digest);
        if (m_registry.manifestBytes(m_repository, digest) != deletion.bytes)
            miss(deletion.digest);
        for (const QString &tag : deletion.tags) {
            const bool isPlanned = m_planned.value(deletion.digest).contains(tag);
            const QString now = m_registry.tagged(m_repository, tag);
            if (isPlanned && (isList(tag) ? now.isEmpty() : now != deletion.digest))
                miss(tag);
        }
    }
    for (auto tag = m_untagged.begin(); tag != m_untagged.end(); ++tag) {
        if (m_registry.tagged(m_repository, tag.key()) != *tag)
            miss(tag.key());
    }
    for (const QString &tag : m_taken) {
        if (m_registry.tagged(m_repository, tag).isEmpty())
            miss(tag);
    }
    return missing;
}
