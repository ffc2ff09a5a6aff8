// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/decisiongroups.h"

#include "core/registry/listreferrersjob.h"

#include <QCoreApplication>

#include <algorithm>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CleanupDecisions)
};

QString wordFor(TagDecision::Kind kind)
{
    switch (kind) {
    case TagDecision::Kind::Protected: return Text::tr("which is protected");
    case TagDecision::Kind::LeftAlone: return Text::tr("which is left alone");
    default: return Text::tr("which is kept");
    }
}

} // namespace

DecisionGroups::DecisionGroups(const RepositoryInventory &inventory, const CleanupRules &rules,
                               QList<TagDecision> &tags)
    : m_inventory(inventory), m_rules(rules), m_tags(tags)
{
    for (qsizetype place = 0; place < tags.size(); ++place) {
        const Digest &digest = tags.at(place).manifest.digest;
        if (!m_groups.contains(digest))
            m_order.append(digest);
        m_groups[digest].members.append(place);
    }
    for (auto image = inventory.referrers.begin(); image != inventory.referrers.end(); ++image) {
        for (const Digest &referrer : *image)
            m_subjects.insert(referrer, image.key());
    }
}

void DecisionGroups::settle()
{
    if (m_rules.siblings == SiblingPolicy::DeleteAll)
        includeSiblings();
    for (Group &group : m_groups) {
        group.goes = std::all_of(group.members.begin(), group.members.end(),
                                 [this](qsizetype place) { return isDeleted(place); });
    }
    blockUnread();
    bool hasChanged = true;
    while (hasChanged) {
        findNeeded();
        hasChanged = holdNeeded();
        hasChanged = holdAttached() || hasChanged;
        hasChanged = holdSubjects() || hasChanged;
        hasChanged = holdReferredTo() || hasChanged;
    }
    splitMixed();
}

/// An image that shall go by one tag goes by all, unless somebody said no.
void DecisionGroups::includeSiblings()
{
    for (const Digest &digest : std::as_const(m_order)) {
        const QList<qsizetype> &members = m_groups[digest].members;
        const auto chosen = std::find_if(members.begin(), members.end(), [this](qsizetype place) {
            return isDeleted(place) && !m_tags.at(place).subject;
        });
        const bool isHeld = std::any_of(members.begin(), members.end(), [this](qsizetype place) {
            const TagDecision &tag = m_tags.at(place);
            return tag.kind == Kind::Protected || (tag.isOverridden && tag.kind == Kind::Keep);
        });
        if (chosen == members.end() || isHeld)
            continue;
        const Reason reason{Text::tr("shares its image with %1, which is deleted")
                                .arg(m_tags.at(*chosen).tag.toString()),
                            Text::tr("shares its image with a tag that is deleted")};
        for (const qsizetype place : members) {
            if (!isDeleted(place))
                give(m_tags[place], Kind::Delete, reason);
        }
    }
}

/// Which parts the indexes that stay are made of, and those that go.
void DecisionGroups::findNeeded()
{
    m_needed.clear();
    m_parts.clear();
    m_listed.clear();
    for (const Digest &digest : std::as_const(m_order)) {
        const auto children = m_inventory.snapshot.children.constFind(digest);
        if (children == m_inventory.snapshot.children.constEnd())
            continue;
        const Group &group = m_groups[digest];
        const auto named =
            std::find_if(group.members.begin(), group.members.end(),
                         [this](qsizetype place) { return !isReferrersTag(m_tags.at(place).tag); });
        const bool isList = named == group.members.end();
        // A list of what refers to an image needs nothing: who goes is taken from it. When it goes
        // itself, its image does.
        if (isList && !group.goes)
            continue;
        const Tag &tag = m_tags.at(isList ? group.members.first() : *named).tag;
        QHash<Digest, Tag> &parts = group.goes ? m_parts : m_needed;
        for (const Digest &child : *children) {
            if (isList || !parts.contains(child))
                parts.insert(child, tag);
        }
        for (const qsizetype place : isList ? group.members : QList<qsizetype>()) {
            if (const auto &subject = m_tags.at(place).subject)
                m_listed.insert(*subject, *children);
        }
    }
}

/// Whether \a digest will be gone; nothing when it is not known to be there.
std::optional<bool> DecisionGroups::goes(const Digest &digest) const
{
    const auto known = goesForItself(digest);
    const auto subject = m_subjects.constFind(digest);
    return known || subject == m_subjects.constEnd() ? known : goesForItself(*subject);
}

/// The same, whatever it refers to.
std::optional<bool> DecisionGroups::goesForItself(const Digest &digest) const
{
    if (m_groups.contains(digest))
        return m_groups.constFind(digest)->goes;
    if (mustStay(digest))
        return false;
    const auto part = m_parts.constFind(digest);
    if (part == m_parts.constEnd())
        return {};
    // What could not be read cannot be saved before. What a list names is no part of anything.
    return (m_rules.removesChildren || isReferrersTag(*part))
           && m_inventory.details.contains(digest);
}

void DecisionGroups::give(TagDecision &tag, Kind kind, const Reason &reason)
{
    tag.kind = kind;
    tag.reasons.prepend(reason.text);
    tag.cause = reason.cause;
}

void DecisionGroups::hold(Group &group, Kind kind, const Reason &reason)
{
    group.goes = false;
    for (const qsizetype place : std::as_const(group.members)) {
        if (isDeleted(place))
            give(m_tags[place], kind, reason);
    }
}

/// What could not be read cannot be saved before, and nobody knows what it refers to.
void DecisionGroups::blockUnread()
{
    for (const Digest &digest : std::as_const(m_order)) {
        Group &group = m_groups[digest];
        if (group.goes && !m_inventory.details.contains(digest))
            hold(group, Kind::Blocked, Text::tr("its manifest could not be read"));
    }
}

bool DecisionGroups::holdNeeded()
{
    bool hasChanged = false;
    for (const Digest &digest : std::as_const(m_order)) {
        const auto index = m_needed.constFind(digest);
        Group &group = m_groups[digest];
        if (!group.goes || index == m_needed.constEnd())
            continue;
        hold(group, Kind::Blocked,
             {Text::tr("a part of %1, which stays")
                  .arg(m_inventory.snapshot.repository.toString() + u':' + index->toString()),
              Text::tr("a part of an index that stays")});
        hasChanged = true;
    }
    return hasChanged;
}

/// Signatures and the like follow what they are about.
bool DecisionGroups::holdAttached()
{
    bool hasChanged = false;
    for (TagDecision &tag : m_tags) {
        if (!tag.subject || tag.kind != Kind::Delete || tag.isOverridden)
            continue;
        const std::optional<bool> subjectGoes = goes(*tag.subject);
        if (subjectGoes.value_or(false) && m_rules.removesAttached)
            continue;
        const QString subject = tag.subject->shortText();
        if (subjectGoes)
            give(tag, Kind::Keep,
                 {Text::tr("is about %1, which stays").arg(subject),
                  Text::tr("is about an image that stays")});
        else
            give(tag, Kind::LeftAlone,
                 {Text::tr("is about %1, of which nothing is known here").arg(subject),
                  Text::tr("is about something unknown")});
        m_groups[tag.manifest.digest].goes = false;
        hasChanged = true;
    }
    return hasChanged;
}

/// What stays must not be about something that is gone.
bool DecisionGroups::holdSubjects()
{
    bool hasChanged = false;
    for (const TagDecision &tag : std::as_const(m_tags)) {
        const bool stays =
            tag.subject && !m_groups[tag.manifest.digest].goes
            && (tag.kind != Kind::Delete || m_rules.siblings != SiblingPolicy::Untag);
        if (!stays || !goes(*tag.subject).value_or(false))
            continue;
        const auto group = m_groups.find(*tag.subject);
        if (group == m_groups.end())
            m_heldParts.insert(*tag.subject);
        else
            hold(*group, Kind::Keep,
                 {Text::tr("%1 refers to it, and stays").arg(tag.tag.toString()),
                  Text::tr("something that stays refers to it")});
        hasChanged = true;
    }
    return hasChanged;
}

/// Tags that shall go though their image stays.
void DecisionGroups::splitMixed()
{
    for (const Digest &digest : std::as_const(m_order)) {
        Group &group = m_groups[digest];
        const auto staying = std::find_if(group.members.begin(), group.members.end(),
                                          [this](qsizetype place) { return !isDeleted(place); });
        if (group.goes || staying == group.members.end())
            continue;
        const TagDecision sibling = m_tags.at(*staying);
        hold(group, m_rules.siblings == SiblingPolicy::Untag ? Kind::Untag : Kind::Keep,
             {Text::tr("shares its image with %1, %2")
                  .arg(sibling.tag.toString(), wordFor(sibling.kind)),
              Text::tr("shares its image with a tag that stays")});
    }
}

/// Whether something without a tag is about it, and does not go.
bool DecisionGroups::hasReferrerThatStays(const Digest &digest) const
{
    const QList<Digest> referrers = m_inventory.referrers.value(digest);
    const QList<Digest> listed = m_listed.value(digest); // Nobody knows whether it is all there.
    const auto isHeld = [this](const Digest &one) { return mustStay(one); };
    const auto isKept = [this](const Digest &one) {
        return !m_rules.removesAttached || mustStay(one) || !m_inventory.details.contains(one);
    };
    return std::any_of(listed.begin(), listed.end(), isHeld)
           || std::any_of(referrers.begin(), referrers.end(), isKept);
}

/// An image goes only with everything that refers to it.
bool DecisionGroups::holdReferredTo()
{
    bool hasChanged = false;
    for (const Digest &digest : std::as_const(m_order)) {
        if (!m_groups[digest].goes || !hasReferrerThatStays(digest))
            continue;
        hold(m_groups[digest], Kind::Keep,
             Text::tr("something without a tag refers to it, and stays"));
        hasChanged = true;
    }
    for (auto part = m_parts.keyBegin(); part != m_parts.keyEnd(); ++part) {
        if (m_groups.contains(*part) || mustStay(*part) || !hasReferrerThatStays(*part))
            continue;
        m_heldParts.insert(*part);
        hasChanged = true;
    }
    return hasChanged;
}

} // namespace Longshore
