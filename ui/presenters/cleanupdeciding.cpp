// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/cleanupdeciding.h"

#include "core/base/displaytext.h"
#include "core/registry/registrysession.h"
#include "ui/format/errortext.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

constexpr qint64 largestInUseList = 16 * 1024 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CleanupPresenter)
};

Result<InUseList> readInUseList(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{
            Error::Kind::LocalFile,
            Text::tr("The list %1 cannot be read: %2").arg(quotedPath(path), file.errorString())};
    if (file.size() > largestInUseList)
        return Error{Error::Kind::TooLarge,
                     Text::tr("The list %1 is larger than 16 MiB.").arg(quotedPath(path))};
    return InUseList::parse(file.read(largestInUseList));
}

Result<Done> readInUseLists(CleanupRules &rules)
{
    for (CleanupRule &rule : rules.rules) {
        for (CleanupCondition &condition : rule.conditions) {
            auto *inUse = std::get_if<InUseCondition>(&condition);
            if (!inUse || !rule.isEnabled || inUse->file.isEmpty())
                continue;
            const auto list = readInUseList(inUse->file);
            if (!list)
                return list.error();
            inUse->list = *list;
        }
    }
    return Done();
}

QString wordsOf(const CleanupOutcome &outcome)
{
    static const QHash<QString, QString> words{{u"deleted"_s, Text::tr("Deleted")},
                                               {u"untagged"_s, Text::tr("Untagged")},
                                               {u"skipped"_s, Text::tr("Skipped")},
                                               {u"failed"_s, Text::tr("Failed")},
                                               {u"unverified"_s, Text::tr("Not certain")},
                                               {u"not-tried"_s, Text::tr("Not tried")},
                                               {QString(alreadyGone), Text::tr("Already gone")}};
    return words.value(outcome.state);
}

CleanupRow rowOf(const TagDecision &tag, const CleanupOutcome &outcome)
{
    CleanupRow row;
    row.tag = tag.tag.toString();
    row.digest = tag.manifest.digest.toString();
    row.created = tag.date;
    row.size = tag.size;
    row.decision = static_cast<CleanupRow::Decision>(tag.kind); // The same, in the same order.
    row.reason = outcome.error ? outcome.error->message : tag.reason();
    row.cause = tag.cause;
    if (outcome.error) {
        row.httpStatus = outcome.error->httpStatus;
        row.serverWords = serverWords(*outcome.error);
    }
    if (tag.isOverridden)
        row.choice = tag.isMeantToGo ? CleanupRow::Choice::Delete : CleanupRow::Choice::Keep;
    row.outcome = wordsOf(outcome);
    row.hasFailed = outcome.state != "deleted"_L1 && outcome.state != "untagged"_L1
                    && outcome.state != alreadyGone;
    return row;
}

} // namespace

static_assert(static_cast<int>(TagDecision::Kind::Delete)
                  == static_cast<int>(CleanupRow::Decision::Delete)
              && static_cast<int>(TagDecision::Kind::Blocked)
                     == static_cast<int>(CleanupRow::Decision::Blocked));

QList<CleanupRow> rowsOf(const QList<RepositoryCleanup> &repositories)
{
    QList<CleanupRow> rows;
    for (const RepositoryCleanup &cleanup : repositories) {
        const CleanupOutcomes outcomes(cleanup);
        QHash<Digest, QStringList> tags;
        for (const TagDecision &tag : cleanup.decisions.tags)
            tags[tag.manifest.digest].append(tag.tag.toString());
        for (const TagDecision &tag : cleanup.decisions.tags) {
            CleanupRow row = rowOf(tag, outcomes.of(tag));
            row.repository = cleanup.decisions.repository.toString();
            row.siblings = tags.value(tag.manifest.digest); // Shared by all of them.
            rows.append(row);
        }
    }
    return rows;
}

TagsByRepository failedTags(const QList<RepositoryCleanup> &repositories)
{
    TagsByRepository failed;
    for (const RepositoryCleanup &cleanup : repositories) {
        const CleanupOutcomes outcomes(cleanup);
        QHash<Tag, Digest> tags;
        QSet<Digest> images;
        for (const TagDecision &tag : cleanup.decisions.tags) {
            const QString state = outcomes.of(tag).state;
            if (state != "failed"_L1 && state != "unverified"_L1)
                continue;
            tags.insert(tag.tag, tag.manifest.digest);
            images.insert(tag.manifest.digest);
        }
        for (const TagDecision &tag : cleanup.decisions.tags) {
            if (tag.kind == TagDecision::Kind::Delete && tag.subject
                && images.contains(*tag.subject))
                tags.insert(tag.tag, tag.manifest.digest); // It was skipped because of its image.
        }
        if (!tags.isEmpty())
            failed.insert(cleanup.decisions.repository, tags);
    }
    return failed;
}

CleanupPlan decideAll(const CleanupInput &input)
{
    CleanupPlan plan;
    plan.rules = input.rules;
    if (const auto read = readInUseLists(plan.rules); !read)
        plan.inUseError = read.error();
    plan.ruleCounts.fill(0, input.rules.rules.size());
    for (const RepositoryInventory &inventory : input.inventories) {
        CleanupChoices choices = input.choices.value(inventory.snapshot.repository);
        choices.now = input.now;
        if (input.only)
            choices.only = input.only->value(inventory.snapshot.repository);
        plan.repositories.append({inventory, decideCleanup(inventory, plan.rules, choices)});
        const QList<qsizetype> &counts = plan.repositories.last().decisions.ruleCounts;
        for (qsizetype rule = 0; rule < counts.size(); ++rule)
            plan.ruleCounts[rule] += counts.at(rule);
    }
    weighCleanups(plan.repositories);
    plan.rows = rowsOf(plan.repositories);
    return plan;
}

qsizetype untaggedByDetour(const CleanupPlan &plan, const RegistrySession &session)
{
    if (session.capabilities().of(Capability::TagDeletion) == Support::Yes)
        return 0;
    qsizetype count = 0;
    for (const RepositoryCleanup &one : plan.repositories)
        count += one.decisions.count(TagDecision::Kind::Untag);
    return count;
}

} // namespace Longshore::Ui
