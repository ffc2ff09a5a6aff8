// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/oldtag.h"
#include "core/cleanup/repositorysnapshot.h"
#include "core/cleanup/runjournal.h"
#include "core/cleanup/runprogress.h"

#include <QHash>

namespace Longshore {

class RegistrySession;

/// Why no tag of \a repository can be removed alone in the simple way: it went wrong before, the registry
/// does not know it, or nobody has seen yet that it leaves everything else alone. Nothing where that is
/// proven; see TagRemovalProof.
[[nodiscard]] std::optional<Error> objectionToOldTags(RegistrySession &session,
                                                      const RepositoryName &repository);

/// Removes the tag that an image had before it got others, as RunCleanupJob removes any tag alone: looks
/// at the whole repository, saves what the tag points to in SaveBackupJob::defaultFolder(), looks once
/// more, removes, and verifies. Never by a placeholder, and only where objectionToOldTags() has none.
///
/// Fails only as Cancelled: what keeps the tag is in the outcome.
class RemoveOldTagJob final : public ResultJob<OldTagOutcome>
{
    Q_OBJECT

public:
    /// \a session must outlive the job. A null \a journal remembers nothing.
    RemoveOldTagJob(RegistrySession &session, const OldTag &old,
                    std::shared_ptr<RunJournal> journal = {}, QObject *parent = nullptr);

private:
    void doStart() override;
    void handleSnapshot(const RepositorySnapshot &snapshot);
    void remove(const RepositorySnapshot &snapshot);
    void handleReport(const Result<CleanupReport> &report);
    void noteStep(const RunProgress &progress);
    void stay(const Error &reason);
    void handleTags();
    [[nodiscard]] bool isSeenRemoved() const;
    [[nodiscard]] std::optional<Error> objectionTo(const RepositorySnapshot &snapshot) const;

    RegistrySession &m_session;
    const OldTag m_old;
    const std::shared_ptr<RunJournal> m_journal;
    OldTagOutcome m_outcome;
    QString m_folder; ///< Of the backup; written or not.
    bool m_isTried = false; ///< Whether the server may have been asked to remove it.
    QHash<Tag, Result<Descriptor>> m_seen; ///< In the end.
};

} // namespace Longshore
