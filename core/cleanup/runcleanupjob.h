// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/cleanupdecision.h"
#include "core/cleanup/cleanupreport.h"
#include "core/cleanup/keptimages.h"
#include "core/cleanup/removetagjob.h"
#include "core/cleanup/rungate.h"
#include "core/cleanup/runjournal.h"
#include "core/cleanup/runprogress.h"

#include <QPointer>

namespace Longshore {

class DeleteTagsJob;
class SaveBackupJob;
class TakeSnapshotJob;
class RegistrySession;

/// How decisions are carried out.
struct CleanupRun
{
    CleanupDecisions decisions; ///< That the user has seen.
    RepositorySnapshot snapshot; ///< What they were made from.
    /// For the backup, as SaveBackupJob says; that of tags that go alone is beside it, with "-tags".
    QString backupFolder;
    bool savesLayers = false; ///< Whether the backups have the layers too.
    /// For tags that go alone.
    TagRemoval::Placeholder placeholder = TagRemoval::Placeholder::Never;
    std::shared_ptr<RunJournal> journal =
        {}; ///< Where it is written down what goes; null for nowhere.
};

/// Carries out what was decided about one repository: first the backups, then DeleteTagsJob, then the
/// tags that go alone, one after the other. The first of these that fails ends that, because it would
/// meet every further one; one that somebody else has removed is no failure.
///
/// Fails only when nothing was changed: as SaveBackupJob and DeleteTagsJob; else the report says what
/// happened. Progress counts manifests and tags.
class RunCleanupJob final : public ResultJob<CleanupReport>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    RunCleanupJob(RegistrySession &session, const CleanupRun &run, QObject *parent = nullptr);

    /// Where the backup of tags that go alone is, beside that of images.
    [[nodiscard]] static QString tagBackupFolder(const QString &backupFolder);

    /// Ends the run behind what is being dealt with; the report says what was not tried. As long as it
    /// only saves, it is cancelled instead.
    void stop();
    /// @{
    /// Until resume() nothing further is begun; then the whole repository is looked at once more.
    void pause();
    void resume();
    /// @}

signals:
    /// At each stage of each item, and once it is settled.
    void stepped(const Longshore::RunProgress &progress);
    /// Before anything is deleted; in bytes of the layers that are saved.
    void savingProgressed(qint64 done, qint64 total);

private:
    void doStart() override;
    /// As DeleteTagsJob: what was cancelled while it untagged has broken off.
    void releaseResources() override
    {
        m_gate = {};
        if (m_step < 0)
            m_tagRun.end();
    }
    void deleteManifests();
    void lookAgain();
    void beginTagRun();
    void nextTag();
    void beginTag();
    void enter(RunProgress::Stage stage);
    void handleRemoval(const Result<RemovedTag> &removed, bool hasMoved);
    void settle(UntagOutcome::State state, const Error &reason);
    void end();
    void askWhetherItWasThere(const Error &error);
    void noteGone();
    void forgetTag();
    void giveUp(const Error &error);
    [[nodiscard]] DeletionPlan tagPlan() const;
    [[nodiscard]] bool isUnchanged();
    [[nodiscard]] std::optional<Error> objectionTo(const UntagOutcome &outcome) const;

    RegistrySession &m_session;
    CleanupRun m_run;
    DeletionPlan m_plan;
    CleanupReport m_report;
    RunProgress m_progress;
    RunGate m_gate; ///< Before everything, and before each tag that goes alone.
    RepositorySnapshot m_now;
    KeptImages m_kept; ///< By what is there now.
    qsizetype m_step = -1;
    bool m_isStopping = false;
    QPointer<SaveBackupJob> m_tagBackup; ///< While it is written.
    QPointer<DeleteTagsJob> m_deletion;
    QPointer<TakeSnapshotJob> m_look; ///< While it is taken, behind the deletions.
    JournaledRun m_tagRun; ///< Of the tags that go alone.
};

} // namespace Longshore
