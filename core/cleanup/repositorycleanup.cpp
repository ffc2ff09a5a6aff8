// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/repositorycleanup.h"

#include "core/base/saturatingsum.h"
#include "core/cleanup/deletiontable.h"
#include "core/cleanup/ruletext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CleanupReport)
};

QString wordsOf(const CleanupRules &rules)
{
    QStringList lines;
    for (const CleanupRule &rule : rules.rules) {
        if (rule.isEnabled)
            lines.append(describe(rule));
    }
    return lines.join(u'\n');
}

QStringList rowOf(const RepositoryCleanup &cleanup, const TagDecision &tag,
                  const CleanupOutcome &outcome)
{
    return {cleanup.decisions.repository.toString(),
            tag.tag.toString(),
            tag.manifest.digest.toString(),
            tag.date.isValid() ? tag.date.toUTC().toString(Qt::ISODate) : QString(),
            tag.size >= 0 ? QString::number(tag.size) : QString(),
            TagDecision::kindName(tag.kind),
            tag.reason(),
            outcome.state,
            outcome.error ? outcome.error->message : QString()};
}

/// Parts of indexes and the like have no tag; the reason says with what they go.
QStringList rowOf(const RepositoryCleanup &cleanup, const RemovedChild &child,
                  const CleanupOutcome &outcome)
{
    return {cleanup.decisions.repository.toString(),
            {},
            child.manifest.digest.toString(),
            {},
            {},
            TagDecision::kindName(TagDecision::Kind::Delete),
            Text::tr("removed with %1").arg(child.owner.toString()),
            outcome.state,
            outcome.error ? outcome.error->message : QString()};
}

QString freedText(const QList<RepositoryCleanup> &cleanups)
{
    qint64 least = 0;
    qint64 most = 0;
    for (const RepositoryCleanup &cleanup : cleanups) {
        least = saturatingSum(least, cleanup.freed.least);
        most = saturatingSum(most, cleanup.freed.most);
    }
    return Text::tr("between %1 and %2 bytes, after the garbage collection of the server")
        .arg(QLocale().toString(least), QLocale().toString(most));
}

} // namespace

CleanupOutcomes::CleanupOutcomes(const RepositoryCleanup &cleanup)
{
    if (!cleanup.report)
        return;
    for (const DeletionOutcome &one : cleanup.report->deletion.outcomes) {
        m_deleted.insert(one.group.manifest.digest,
                         {DeletionOutcome::stateName(one.state), one.error});
        m_gone.unite(QSet<Tag>(one.goneTags.begin(), one.goneTags.end()));
    }
    for (const UntagOutcome &one : cleanup.report->untagged)
        m_untagged.insert(one.tag, {UntagOutcome::stateName(one.state), one.error});
}

CleanupOutcome CleanupOutcomes::of(const TagDecision &tag) const
{
    if (tag.kind == TagDecision::Kind::Untag)
        return m_untagged.value(tag.tag);
    if (m_gone.contains(tag.tag))
        return {alreadyGone};
    return tag.kind == TagDecision::Kind::Delete ? of(tag.manifest.digest) : CleanupOutcome();
}

qint64 layerBytesOf(const QList<RepositoryCleanup> &cleanups)
{
    qint64 sum = 0;
    for (const RepositoryCleanup &cleanup : cleanups) {
        QSet<Digest> saved = cleanup.decisions.leaving();
        for (const TagDecision &tag : cleanup.decisions.tags) {
            if (tag.kind == TagDecision::Kind::Untag)
                saved.insert(tag.manifest.digest);
        }
        const QSet<Digest> named = saved;
        for (const Digest &digest : named) {
            const QList<Digest> children = cleanup.inventory.snapshot.children.value(digest);
            saved.unite(QSet<Digest>(children.begin(), children.end()));
        }
        QHash<Digest, qint64> blobs;
        for (const Digest &digest : std::as_const(saved))
            blobs.insert(cleanup.inventory.details.value(digest).blobs);
        for (const qint64 size : std::as_const(blobs))
            sum = saturatingSum(sum, size);
    }
    return sum;
}

RunEffort effortFor(const QList<RepositoryCleanup> &cleanups)
{
    RunEffort effort;
    for (const RepositoryCleanup &cleanup : cleanups) {
        const CleanupDecisions &decisions = cleanup.decisions;
        const qsizetype removed = decisions.removedCount();
        if (removed == 0)
            continue;
        const qsizetype leaving = decisions.leaving().size();
        const qsizetype alone = decisions.count(TagDecision::Kind::Untag);
        // The second look; manifests and configurations for the backup.
        effort.together += decisions.tags.size() + 2 * leaving;
        effort.inBatches += removed + 2 * leaving; // The check, the deletion, its verification.
        effort.inTurn += 5 * alone;
    }
    return effort;
}

qsizetype requestsFor(const QList<RepositoryCleanup> &cleanups)
{
    return effortFor(cleanups).requests();
}

std::optional<std::chrono::seconds> estimatedTimeFor(const QList<RepositoryCleanup> &cleanups)
{
    RequestPace pace;
    for (const RepositoryCleanup &cleanup : cleanups)
        pace += cleanup.inventory.snapshot.pace;
    return estimatedTime(pace, effortFor(cleanups));
}

std::optional<std::chrono::seconds> timeLeftFor(const QList<RepositoryCleanup> &cleanups,
                                                qsizetype current, qint64 done,
                                                std::chrono::nanoseconds elapsed)
{
    qint64 total = 0;
    for (qsizetype i = 0; i < cleanups.size(); ++i) {
        const CleanupDecisions &decisions = cleanups.at(i).decisions;
        const qint64 steps = decisions.leaving().size() + decisions.count(TagDecision::Kind::Untag);
        total += steps;
        done += i < current ? steps : 0;
    }
    return timeLeft(done, total, elapsed);
}

QStringList backupsOf(const QList<RepositoryCleanup> &cleanups)
{
    QStringList folders;
    for (const RepositoryCleanup &cleanup : cleanups) {
        if (cleanup.report)
            folders += cleanup.report->backupFolders();
    }
    return folders;
}

void weighCleanups(QList<RepositoryCleanup> &cleanups)
{
    QHash<Digest, qsizetype> repositories; // How many have the blob.
    QSet<Digest> shared;
    for (const RepositoryCleanup &cleanup : std::as_const(cleanups)) {
        const QSet<Digest> blobs = blobsOf(cleanup.inventory);
        for (const Digest &blob : blobs) {
            if (++repositories[blob] == 2)
                shared.insert(blob);
        }
    }
    for (RepositoryCleanup &cleanup :
         cleanups) // Of its own blobs, what is shared is elsewhere too.
        cleanup.freed = freedBytes(cleanup.decisions, cleanup.inventory, shared);
}

qsizetype removedCount(const QList<RepositoryCleanup> &cleanups)
{
    qsizetype count = 0;
    for (const RepositoryCleanup &cleanup : cleanups)
        count += cleanup.decisions.removedCount();
    return count;
}

bool needsConfirmation(const QList<RepositoryCleanup> &cleanups)
{
    return removedCount(cleanups) > mostUnconfirmed
           || std::any_of(cleanups.begin(), cleanups.end(), [](const RepositoryCleanup &cleanup) {
                  return cleanup.decisions.needsConfirmation();
              });
}

ReportTable cleanupTable(const QList<RepositoryCleanup> &cleanups)
{
    ReportTable table{Text::tr("Clean-up"), {}};
    table.columns = {{u"repository"_s, Text::tr("Repository")},
                     {u"tag"_s, Text::tr("Tag")},
                     {u"digest"_s, Text::tr("Digest")},
                     {u"created"_s, Text::tr("Created")},
                     {u"size"_s, Text::tr("Bytes")},
                     {u"decision"_s, Text::tr("Decision")},
                     {u"reason"_s, Text::tr("Reason")},
                     {u"outcome"_s, Text::tr("Outcome")},
                     {u"error"_s, Text::tr("Why not")}};
    for (const RepositoryCleanup &cleanup : cleanups) {
        const CleanupOutcomes outcomes(cleanup);
        for (const TagDecision &tag : cleanup.decisions.tags)
            table.rows.append(rowOf(cleanup, tag, outcomes.of(tag)));
        for (const RemovedChild &child : cleanup.decisions.children)
            table.rows.append(rowOf(cleanup, child, outcomes.of(child.manifest.digest)));
    }
    return table;
}

ReportTable cleanupTable(const QList<RepositoryCleanup> &cleanups, const CleanupOccasion &occasion)
{
    ReportTable table = cleanupTable(cleanups);
    table.title = Text::tr("Clean-up of %1").arg(occasion.host);
    const QString version = QCoreApplication::applicationVersion();
    table.facts = {
        {{u"time"_s, Text::tr("Time")}, occasion.time.toUTC().toString(Qt::ISODate)},
        {{u"registry"_s, Text::tr("Registry")}, occasion.host},
        {{u"user"_s, Text::tr("User")}, occasion.user},
        {{u"rules"_s, Text::tr("Rules")}, wordsOf(occasion.rules)},
        {{u"removed"_s, Text::tr("Tags to remove")}, QString::number(removedCount(cleanups))},
        {{u"freed"_s, Text::tr("Space")}, freedText(cleanups)},
        {{u"backups"_s, Text::tr("Backups")}, backupsOf(cleanups).join(u'\n')},
        {{u"program"_s, Text::tr("Program")}, QString("Longshore "_L1 + version).trimmed()}};
    QList<DeletionTimes> runs;
    for (const RepositoryCleanup &cleanup : cleanups) {
        if (cleanup.report)
            runs.append(cleanup.report->deletion.times);
    }
    table.facts += timeFacts(runs);
    return table;
}

} // namespace Longshore
