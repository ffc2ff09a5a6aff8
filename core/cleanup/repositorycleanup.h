// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupreport.h"
#include "core/cleanup/freedbytes.h"
#include "core/cleanup/reporttable.h"

namespace Longshore {

/// What is known of the clean-up of one repository.
struct RepositoryCleanup
{
    RepositoryInventory inventory; ///< What was found.
    CleanupDecisions decisions; ///< What the rules and choices make of it.
    FreedBytes freed = {}; ///< By weighCleanups().
    std::optional<CleanupReport> report = {}; ///< Once it was carried out.
    std::optional<Error> failure = {}; ///< Why it could not be.
};

/// What became of one tag or manifest of a clean-up.
struct CleanupOutcome
{
    QString state = {}; ///< As scripts have it: "deleted"; empty before it was tried.
    std::optional<Error> error = {}; ///< Why it was not what was wanted.
};

/// What became of everything in one repository; of nothing as long as there is no report.
class CleanupOutcomes
{
public:
    /// Keeps nothing of \a cleanup but what its report says.
    explicit CleanupOutcomes(const RepositoryCleanup &cleanup);

    /// @{
    /// Of a tag, and of a manifest that goes with another.
    [[nodiscard]] CleanupOutcome of(const TagDecision &tag) const;
    [[nodiscard]] CleanupOutcome of(const Digest &digest) const { return m_deleted.value(digest); }
    /// @}

private:
    QHash<Digest, CleanupOutcome> m_deleted;
    QHash<Tag, CleanupOutcome> m_untagged;
    QSet<Tag> m_gone; ///< Of those that were to go with their manifests.
};

/// Finds out what each of them frees, knowing the others.
void weighCleanups(QList<RepositoryCleanup> &cleanups);
/// Tags that will be gone.
[[nodiscard]] qsizetype removedCount(const QList<RepositoryCleanup> &cleanups);
/// Compressed bytes of all that backups with layers would have, as far as that is known.
[[nodiscard]] qint64 layerBytesOf(const QList<RepositoryCleanup> &cleanups);
/// About how many requests it takes to carry them out; what has no tag is not looked at twice.
[[nodiscard]] qsizetype requestsFor(const QList<RepositoryCleanup> &cleanups);
/// The same by how they are asked for, to tell how long that takes.
[[nodiscard]] RunEffort effortFor(const QList<RepositoryCleanup> &cleanups);
/// About how long it takes to carry them out, by the pace at which they were read; nothing where that
/// is not known, or nothing goes.
[[nodiscard]] std::optional<std::chrono::seconds>
estimatedTimeFor(const QList<RepositoryCleanup> &cleanups);
/// About how long it still takes, when \a done manifests and tags of number \a current are dealt with
/// and everything before that is, in the time \a elapsed. Nothing where that is not known.
[[nodiscard]] std::optional<std::chrono::seconds>
timeLeftFor(const QList<RepositoryCleanup> &cleanups, qsizetype current, qint64 done,
            std::chrono::nanoseconds elapsed);
/// The folders that were written, once it was carried out.
[[nodiscard]] QStringList backupsOf(const QList<RepositoryCleanup> &cleanups);
/// Whether a person has to confirm the number: as CleanupDecisions says, or for all of them together.
[[nodiscard]] bool needsConfirmation(const QList<RepositoryCleanup> &cleanups);

/// Who cleans up what, for a report.
struct CleanupOccasion
{
    QString host; ///< The registry, as references write it.
    QString user; ///< On the registry; empty for nobody.
    QDateTime time; ///< In UTC.
    CleanupRules rules; ///< By which it was decided.
};

/// One row for each tag: the decision, the reason and, once it was carried out, what became of it.
[[nodiscard]] ReportTable cleanupTable(const QList<RepositoryCleanup> &cleanups);
/// The same with the facts about it: when, where, who, and the rules in words.
[[nodiscard]] ReportTable cleanupTable(const QList<RepositoryCleanup> &cleanups,
                                       const CleanupOccasion &occasion);

} // namespace Longshore
