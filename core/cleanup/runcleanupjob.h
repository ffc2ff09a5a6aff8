// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/cleanupdecision.h"
#include "core/cleanup/cleanupreport.h"
#include "core/cleanup/removetagjob.h"

namespace Longshore {

class RegistrySession;
class RunJournal;

/// How decisions are carried out.
struct CleanupRun
{
    CleanupDecisions decisions; ///< That the user has seen.
    RepositorySnapshot snapshot; ///< What they were made from.
    /// For the backup, as SaveBackupJob says; that of tags that go alone is beside it, with "-tags".
    QString backupFolder;
    /// For tags that go alone.
    TagRemoval::Placeholder placeholder = TagRemoval::Placeholder::Never;
    std::shared_ptr<RunJournal> journal =
        {}; ///< Where deletions are written down; null for nowhere.
};

/// Carries out what was decided about one repository: first the backups, then DeleteTagsJob, then the
/// tags that go alone, one after the other. The first of these that fails ends that, because it would
/// meet every further one.
///
/// Fails only when nothing was changed: as SaveBackupJob and DeleteTagsJob; else the report says what
/// happened. Progress counts manifests and tags.
class RunCleanupJob final : public ResultJob<CleanupReport>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    RunCleanupJob(RegistrySession &session, const CleanupRun &run, QObject *parent = nullptr);

private:
    void doStart() override;
    void deleteManifests();
    void lookAgain();
    void nextTag();
    void handleRemoval(const Result<RemovedTag> &removed);
    void giveUp(const Error &error);
    [[nodiscard]] DeletionPlan tagPlan() const;
    [[nodiscard]] bool isUnchanged(UntagOutcome &outcome) const;

    RegistrySession &m_session;
    CleanupRun m_run;
    DeletionPlan m_plan;
    CleanupReport m_report;
    RepositorySnapshot m_now;
    qsizetype m_step = -1;
};

} // namespace Longshore
