// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/deletionplan.h"
#include "core/cleanup/runjournal.h"

#include <QHash>

namespace Longshore {

class Session;

/// What became of a deletion, or of a removal of tags alone, that broke off, as far as its repository
/// shows.
struct BrokenRun
{
    QList<JournalItem> gone; ///< As was planned; a restore from the backup brings them back.
    /// Not what they were any more: somebody has moved a tag of theirs, or given them one.
    QList<JournalItem> changed;
    /// What is still as it was planned, without the tags that are gone already. Whoever goes on
    /// carries this out as a run of its own, with a backup of its own; it may be blocked by what has
    /// changed.
    DeletionPlan rest;
    /// Of a removal of tags alone, of which there is no plan to go on with: what is still as it was.
    /// Something else keeps the images, which must not be deleted for it.
    QList<Tag> tagsAlone = {};
};

/// Says what became of the items of \a run. \a untagged are those of its manifests that are there
/// without a tag. Works on values alone.
[[nodiscard]] BrokenRun compareBrokenRun(const JournalRun &run, const RepositorySnapshot &now,
                                         const QHash<Digest, Descriptor> &untagged);

/// The same for tags that were to go alone; what is the last tag of its image by now counts as changed.
[[nodiscard]] BrokenRun compareBrokenUntagging(const JournalRun &run,
                                               const RepositorySnapshot &now);

/// Looks at a repository after a run in it broke off, and changes nothing. Fails as
/// TakeSnapshotJob, also when not everything can be seen; as InvalidInput for what removes nothing.
class CheckBrokenRunJob final : public ResultJob<BrokenRun>
{
    Q_OBJECT

public:
    /// \a session must outlive the job, and be one with the registry of \a run.
    CheckBrokenRunJob(Session &session, const JournalRun &run, QObject *parent = nullptr);

private:
    void doStart() override;
    void lookForUntagged();

    Session &m_session;
    JournalRun m_run;
    RepositorySnapshot m_now;
    QHash<Digest, Descriptor> m_untagged;
    std::optional<Error> m_error;
};

} // namespace Longshore
