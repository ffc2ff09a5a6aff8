// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupdecision.h"

namespace Longshore {

/// Brings what the rules say of each tag in line with what images need: tags of one image, indexes
/// and their parts, and what refers to an image. Only ever turns what goes into what stays, until
/// nothing changes any more; but for siblings that shall go along, which come first.
class DecisionGroups
{
public:
    /// \a tags are in the order of the snapshot. Everything must outlive this.
    DecisionGroups(const RepositoryInventory &inventory, const CleanupRules &rules,
                   QList<TagDecision> &tags);

    /// Changes the decisions.
    void settle();
    /// What goes with indexes and images that go; after settle().
    [[nodiscard]] QList<RemovedChild> removedChildren() const;

private:
    using Kind = TagDecision::Kind;

    struct Group
    {
        QList<qsizetype> members; ///< Places of tags.
        bool goes = true;
    };

    void includeSiblings();
    void blockUnread();
    [[nodiscard]] bool holdNeeded();
    [[nodiscard]] bool holdAttached();
    [[nodiscard]] bool holdSubjects();
    [[nodiscard]] bool holdReferredTo();
    void splitMixed();
    /// Why something is decided, of this tag and of all that it is decided for likewise.
    struct Reason
    {
        Reason(const QString &forAll) : text(forAll), cause(forAll) {}
        Reason(const QString &forOne, const QString &forAll) : text(forOne), cause(forAll) {}

        QString text;
        QString cause;
    };
    void hold(Group &group, Kind kind, const Reason &reason);
    static void give(TagDecision &tag, Kind kind, const Reason &reason);
    void findNeeded();
    [[nodiscard]] std::optional<bool> goes(const Digest &digest) const;
    [[nodiscard]] std::optional<bool> goesForItself(const Digest &digest) const;
    [[nodiscard]] bool hasReferrerThatStays(const Digest &digest) const;
    /// For an index, or for something that is about it.
    [[nodiscard]] bool mustStay(const Digest &digest) const
    {
        return m_needed.contains(digest) || m_heldParts.contains(digest);
    }
    [[nodiscard]] bool isDeleted(qsizetype place) const
    {
        return m_tags.at(place).kind == Kind::Delete;
    }

    const RepositoryInventory &m_inventory;
    const CleanupRules &m_rules;
    QList<TagDecision> &m_tags;
    QHash<Digest, Group> m_groups;
    QList<Digest> m_order; ///< Of the groups.
    QHash<Digest, Tag> m_needed; ///< Parts of indexes that stay, by a tag of theirs.
    QHash<Digest, Tag> m_parts; ///< Parts of indexes that go, the same way.
    QHash<Digest, QList<Digest>> m_listed; ///< What lists that go name as being about an image.
    QHash<Digest, Digest>
        m_subjects; ///< What manifests without a tag are about, where somebody asked.
    /// Of parts and of what is without a tag, what something refers to that stays.
    QSet<Digest> m_heldParts;
};

} // namespace Longshore
