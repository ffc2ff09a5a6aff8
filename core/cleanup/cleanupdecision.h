// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanuprules.h"
#include "core/cleanup/repositoryinventory.h"

namespace Longshore {

struct DeletionPlan;

/// How many tags may go before a person has to confirm the number.
inline constexpr qsizetype mostUnconfirmed = 100;

/// What becomes of a tag, and why.
struct TagDecision
{
    /// What becomes of it.
    enum class Kind {
        Delete, ///< It goes, and its image with it.
        Untag, ///< It goes; its image stays, because other tags need it.
        Keep, ///< A rule keeps it, or something that stays does.
        Protected, ///< A rule protects it.
        LeftAlone, ///< No rule speaks about it, or something that a rule asks for is not known.
        Blocked, ///< The rules delete it, but that must not be.
    };

    Tag tag; ///< Of the snapshot.
    Descriptor manifest; ///< What it pointed to.
    Kind kind = Kind::LeftAlone; ///< The decision.
    QStringList reasons = {}; ///< For people, with what was measured; the most important first.
    QDateTime date = {}; ///< By which the rules went; invalid when there is none that they believe.
    qint64 size = -1; ///< Compressed bytes of its images; -1 when unknown.
    bool isOverridden = false; ///< A person has decided, not the rules.
    bool isMeantToGo = false; ///< And that it goes, whatever else holds it back.
    bool overridesProtection = false; ///< And that against a rule that protects it.
    /// What it is about, when it is a signature or something else that follows another image.
    std::optional<Digest> subject = {};
    /// The most important reason without what differs from tag to tag: what many of them have in common.
    QString cause = {};

    /// A decision as scripts and reports have it: "delete", "left-alone".
    [[nodiscard]] static QString kindName(Kind kind);

    /// Whether the tag will be gone.
    [[nodiscard]] bool isRemoved() const { return kind == Kind::Delete || kind == Kind::Untag; }
    /// All reasons in one line.
    [[nodiscard]] QString reason() const { return reasons.join(QStringLiteral("; ")); }

    friend bool operator==(const TagDecision &, const TagDecision &) = default;
};

/// A manifest without a tag that goes with the index that it is a part of, or with the image that it
/// refers to.
struct RemovedChild
{
    Descriptor manifest; ///< What goes.
    Tag owner; ///< The first tag of the first such index or image.

    friend bool operator==(const RemovedChild &, const RemovedChild &) = default;
};

/// What people decide beyond the rules.
struct CleanupChoices
{
    /// A decision about one tag.
    enum class Override { Keep, Delete };

    QDateTime now; ///< What ages are measured from.
    bool mayEmpty = false; ///< Whether the repository may lose its last tag.
    QHash<Tag, Override> overrides = {}; ///< Goes before the rules.
    /// Of what nobody has decided about, only these tags may go, as long as they point to these images;
    /// what is about an image follows it as ever. Nothing where every tag may.
    std::optional<QHash<Tag, Digest>> only = {};
};

/// What the rules mean for one repository.
struct CleanupDecisions
{
    RepositoryName repository; ///< Of the snapshot.
    QDateTime taken = {}; ///< When the registry looked like this.
    QList<TagDecision> tags = {}; ///< One for each tag, in the order of the snapshot.
    QList<RemovedChild> children = {}; ///< Go with their indexes and images.
    std::optional<Error> incomplete = {}; ///< Why nothing may be deleted here.
    bool wouldBeEmpty = false; ///< No image would keep a tag, if that were allowed.
    QList<qsizetype> expensiveRules =
        {}; ///< Rules whose expressions take too long, by their place.
    /// How many tags each rule means, whatever others say of them; 0 for one that is not enabled.
    QList<qsizetype> ruleCounts = {};

    /// How many tags are decided so.
    [[nodiscard]] qsizetype count(TagDecision::Kind kind) const;
    /// Tags that will be gone.
    [[nodiscard]] qsizetype removedCount() const;
    /// Manifests that will be gone: those of tags that are deleted, and the children.
    [[nodiscard]] QSet<Digest> leaving() const;
    /// Whether a person has to confirm the number, and not only to agree: more than mostUnconfirmed,
    /// more than half of the repository, all of it, or one that is protected.
    [[nodiscard]] bool needsConfirmation() const;
};

/// Decides about every tag of a repository.
///
/// Protected goes before kept, kept before deleted; what no rule speaks about is left alone. An image
/// goes only when every tag of it does and nothing that stays needs it: an index that it is a part
/// of, something that refers to it. Tags that are about an image, such as signatures, follow that
/// image; of the rules only those count for them that protect or keep them by their name or as being
/// in use. Nothing is deleted from a repository that was not seen completely. Works on values alone:
/// the same input gives the same decisions.
[[nodiscard]] CleanupDecisions decideCleanup(const RepositoryInventory &inventory,
                                             const CleanupRules &rules,
                                             const CleanupChoices &choices);

/// The part of \a decisions that is carried out by deleting manifests.
[[nodiscard]] DeletionPlan deletionPlanFor(const CleanupDecisions &decisions,
                                           const RepositorySnapshot &snapshot);

} // namespace Longshore
