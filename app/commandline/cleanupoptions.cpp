// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/cleanupoptions.h"

#include "app/commandline/inputfile.h"
#include "core/base/displaytext.h"
#include "core/cleanup/cleanuprulesjson.h"
#include "core/cleanup/ruletext.h"

#include <QCoreApplication>

#include <limits>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qint64 largestFile = 4 * 1024 * 1024;
constexpr qint64 largestInUseList = 16 * 1024 * 1024;

using Action = CleanupRule::Action;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Cleanup)
};

Error wrongUsage(const QString &message)
{
    return {Error::Kind::InvalidInput, message};
}

Result<Done> readRepositories(const QStringList &arguments, CleanupOptions &options)
{
    for (const QString &argument : arguments) {
        const auto image = ImageReference::parse(argument);
        if (!image)
            return image.error();
        if (image->tag || image->digest)
            return wrongUsage(Text::tr("Name a repository only, without a tag or digest."));
        if (image->host != options.first.host)
            return wrongUsage(Text::tr("Name repositories of one registry only."));
        if (!options.repositories.contains(image->repository))
            options.repositories.append(image->repository);
    }
    return Done();
}

/// A number that an option takes, with \a unit behind it or not; nothing when it was not given.
Result<std::optional<int>> numberOption(const Invocation &invocation, const QString &name,
                                        const QString &unit = {})
{
    if (!invocation.has(name))
        return std::optional<int>();
    QString text = invocation.options.value(name);
    if (!unit.isEmpty() && text.endsWith(unit))
        text.chop(unit.size());
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < 0)
        return wrongUsage(Text::tr("--%1 takes a number, as %2.").arg(name, u"90"_s + unit));
    return std::optional<int>(number);
}

QList<TagPattern> globsOption(const Invocation &invocation, const QString &name)
{
    return globsOf(invocation.everyValue.value(name).join(u','));
}

/// --match narrows the other options; alone it means all tags that match.
Result<Done> readOwnRules(const Invocation &invocation, CleanupRules &rules)
{
    const auto keep = numberOption(invocation, u"keep"_s);
    const auto age = numberOption(invocation, u"older-than"_s, u"d"_s);
    if (!keep || !age)
        return keep ? age.error() : keep.error();
    QList<CleanupCondition> scope;
    if (invocation.has(u"match"_s))
        scope.append(NameCondition{globsOption(invocation, u"match"_s)});
    if (*keep)
        rules.rules.append(
            {Action::Keep, scope + QList<CleanupCondition>{NewestCondition{**keep}}});
    if (*age)
        scope.append(AgeCondition{AgeCondition::Side::Older, **age});
    else if (*keep)
        scope.append(EverythingElse());
    if (scope.isEmpty())
        return wrongUsage(Text::tr("Say what to delete, with --keep, --older-than, --match or "
                                   "--rules."));
    rules.rules.append({Action::Delete, scope});
    return Done();
}

Result<Done> readRulesFile(const Invocation &invocation, CleanupRules &rules)
{
    for (const QString &other : {u"keep"_s, u"older-than"_s, u"match"_s}) {
        if (invocation.has(other))
            return wrongUsage(Text::tr("--rules and --%1 contradict each other.").arg(other));
    }
    const auto bytes = readInputFile(invocation.options.value(u"rules"_s), largestFile);
    if (!bytes)
        return bytes.error();
    const auto parsed = parseCleanupRules(*bytes);
    if (!parsed)
        return parsed.error();
    rules = *parsed;
    return Done();
}

Result<Done> readInUseLists(CleanupRules &rules)
{
    for (CleanupRule &rule : rules.rules) {
        for (CleanupCondition &condition : rule.conditions) {
            auto *inUse = std::get_if<InUseCondition>(&condition);
            if (!inUse || !rule.isEnabled)
                continue;
            const auto bytes = readInputFile(inUse->file, largestInUseList);
            const auto list = bytes ? InUseList::parse(*bytes) : Result<InUseList>(bytes.error());
            if (!list)
                return list.error();
            inUse->list = *list;
        }
    }
    return Done();
}

Result<Done> checkRules(const CleanupRules &rules)
{
    const auto faults = faultsOf(rules);
    if (faults.isEmpty())
        return Done();
    const CleanupRuleFault &first = faults.first();
    if (first.rule < 0)
        return wrongUsage(first.fault.message);
    return wrongUsage(Text::tr("%1 (%2, character %3)")
                          .arg(first.fault.message, describe(rules.rules.at(first.rule)),
                               QString::number(first.fault.position + 1)));
}

Result<Done> readRules(const Invocation &invocation, CleanupRules &rules)
{
    const bool hasFile = invocation.has(u"rules"_s);
    if (auto read = hasFile ? readRulesFile(invocation, rules) : readOwnRules(invocation, rules);
        !read)
        return read;
    QList<TagPattern> protectedTags = hasFile ? QList<TagPattern>() : defaultProtectedTags();
    protectedTags += globsOption(invocation, u"protect"_s);
    if (!protectedTags.isEmpty() || invocation.has(u"protect"_s))
        rules.rules.prepend({Action::Protect, {NameCondition{protectedTags}}});
    if (auto read = readInUseLists(rules); !read)
        return read;
    return checkRules(rules);
}

Result<Done> readConsent(const Invocation &invocation, CleanupOptions &options)
{
    const QStringList names =
        invocation.everyValue.value(u"may-empty"_s).join(u',').split(u',', Qt::SkipEmptyParts);
    for (const QString &name : names) {
        const auto repository = RepositoryName::parse(name);
        if (!repository || !options.repositories.contains(*repository))
            return wrongUsage(Text::tr("%1 is not among the repositories of this clean-up.")
                                  .arg(quotedText(name)));
        options.mayEmpty.insert(*repository);
    }
    const auto confirmed = numberOption(invocation, u"yes-delete"_s);
    if (!confirmed)
        return confirmed.error();
    if (*confirmed)
        options.confirmed = **confirmed;
    return Done();
}

} // namespace

Result<CleanupOptions> readCleanupOptions(const Invocation &invocation)
{
    const auto first = ImageReference::parse(invocation.target());
    if (!first)
        return first.error();
    CleanupOptions options{*first, {}, {}, {}, {}};
    if (const auto read = readRepositories(invocation.arguments, options); !read)
        return read.error();
    if (const auto read = readRules(invocation, options.rules); !read)
        return read.error();
    if (const auto read = readConsent(invocation, options); !read)
        return read.error();
    return options;
}

} // namespace Longshore
