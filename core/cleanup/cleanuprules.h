// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/inuselist.h"
#include "core/cleanup/tagpattern.h"
#include "core/cleanup/versionline.h"

#include <variant>

namespace Longshore {

/// Tags whose name follows one of the patterns.
struct NameCondition
{
    QList<TagPattern> patterns; ///< One is enough.

    friend bool operator==(const NameCondition &, const NameCondition &) = default;
};

/// Tags of the newest images of their line. Tags of one image count once; where a rule has further
/// conditions, those tags are counted that meet them.
struct NewestCondition
{
    /// What makes an image newer than another.
    enum class Order { Date, Version, Name };

    int count = 1; ///< How many images of each line.
    Order order = Order::Date; ///< Which of them come first.
    TagLine line = TagLine::Repository; ///< Tags without a line are counted together.

    friend bool operator==(const NewestCondition &, const NewestCondition &) = default;
};

/// Images by their age. One that is exactly as old counts as newer.
struct AgeCondition
{
    /// On which side of the limit they are.
    enum class Side { Newer, Older };

    Side side = Side::Older; ///< Than the days.
    int days = 90; ///< Of 24 hours.

    friend bool operator==(const AgeCondition &, const AgeCondition &) = default;
};

/// Images that run on a platform, among others.
struct PlatformCondition
{
    QString platform; ///< "linux/arm64".

    friend bool operator==(const PlatformCondition &, const PlatformCondition &) = default;
};

/// Images that have a label.
struct LabelCondition
{
    QString name; ///< To the letter.
    std::optional<TagPattern> value = {}; ///< What it must say; nothing for whatever it says.

    friend bool operator==(const LabelCondition &, const LabelCondition &) = default;
};

/// Images whose layers and configurations, compressed and each once, are larger than that.
struct SizeCondition
{
    qint64 bytes = 0; ///< One more is larger.

    friend bool operator==(const SizeCondition &, const SizeCondition &) = default;
};

/// Images that are older than the newest of their line, and another one. Tags without a line are
/// never replaced.
struct ReplacedCondition
{
    TagLine line = TagLine::MinorVersion; ///< Not the repository.

    friend bool operator==(const ReplacedCondition &, const ReplacedCondition &) = default;
};

/// Images that a list names, or that an index in it is made of.
struct InUseCondition
{
    QString file; ///< Where the list comes from.
    InUseList list = {}; ///< What the file said; read by whoever has the rules.

    friend bool operator==(const InUseCondition &, const InUseCondition &) = default;
};

/// Every tag that no rule protects or keeps.
struct EverythingElse
{
    friend bool operator==(const EverythingElse &, const EverythingElse &) = default;
};

/// What a rule asks of a tag.
using CleanupCondition =
    std::variant<NameCondition, NewestCondition, AgeCondition, PlatformCondition, LabelCondition,
                 SizeCondition, ReplacedCondition, InUseCondition, EverythingElse>;

/// One sentence about tags.
struct CleanupRule
{
    /// What becomes of a tag. The first of these that some rule says is what counts.
    enum class Action { Protect, Keep, Delete };

    Action action = Action::Keep; ///< Of every tag that meets the conditions.
    QList<CleanupCondition> conditions; ///< All of them must be met; without any, no tag is meant.
    bool isEnabled = true; ///< Else it is as if it were not there.

    friend bool operator==(const CleanupRule &, const CleanupRule &) = default;
};

/// What is done about images whose date is missing, before 2010 or in the future.
struct UndatedPolicy
{
    /// How a rule that asks for a date takes them.
    enum class Kind {
        LeaveAlone, ///< Nothing is deleted that might be newer than it should.
        TreatAsOld, ///< Older than every other.
        FromName, ///< As the name of the tag says, else left alone.
    };

    Kind kind = Kind::LeaveAlone; ///< How.
    QString namePattern = {}; ///< For FromName, as dateInName() takes it.

    friend bool operator==(const UndatedPolicy &, const UndatedPolicy &) = default;
};

/// What is done when an image shall go by one tag, and stay by another.
enum class SiblingPolicy {
    KeepAll, ///< It stays with all its tags.
    Untag, ///< Only those tags go.
    DeleteAll, ///< It goes with all its tags, unless one of them is protected.
};

/// What a clean-up does; the order of the rules means nothing.
struct CleanupRules
{
    QString name; ///< For people.
    QList<CleanupRule> rules; ///< Of which every one is looked at.
    UndatedPolicy undated = {}; ///< For every rule that asks for a date.
    SiblingPolicy siblings = SiblingPolicy::KeepAll; ///< Of tags that share an image.
    bool removesChildren =
        true; ///< What an index is made of goes with it, if nothing else needs it.
    /// Signatures and the like go with their image; else an image that has some stays.
    bool removesAttached = true;

    friend bool operator==(const CleanupRules &, const CleanupRules &) = default;
};

/// What is wrong with a rule, and where.
struct CleanupRuleFault
{
    qsizetype rule = -1; ///< Counted from 0; -1 when it is about all of them.
    qsizetype condition = -1; ///< Of the rule; -1 when it is about the whole rule.
    PatternFault fault = {}; ///< The position is that in the text of the condition.

    friend bool operator==(const CleanupRuleFault &, const CleanupRuleFault &) = default;
};

/// What is wrong with the rules that are enabled, in their order. Nothing is deleted by rules that
/// have a fault.
[[nodiscard]] QList<CleanupRuleFault> faultsOf(const CleanupRules &rules);

/// The tags that every new set of rules protects: "latest", "release*" and others.
[[nodiscard]] QList<TagPattern> defaultProtectedTags();

} // namespace Longshore
