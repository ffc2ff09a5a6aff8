// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/checkgroupjob.h"
#include "core/cleanup/deletionreport.h"
#include "core/cleanup/rungate.h"
#include "core/cleanup/runjournal.h"
#include "core/cleanup/runprogress.h"
#include "core/registry/resolvejob.h"

#include <QElapsedTimer>
#include <QPointer>

namespace Longshore {

class RegistrySession;
class SaveBackupJob;
class TakeSnapshotJob;

/// Carries out a plan that the user has seen, group after group.
///
/// Nothing is sent before the backup is on the disk and the whole repository has been looked at
/// once more: what it meanwhile needs is kept. Directly before each DELETE every tag of the group
/// is looked up again, and so is every tag that is new: one that has moved, or that now points to
/// the same manifest, saves the group; one that is gone already does not. Afterwards the manifest must be gone; while that is asked
/// for, the next group is looked up, and no DELETE follows before both are answered. Indexes go
/// before what they are made of, which stays when they do. Refusals that would meet every group end
/// the run. What referred to another manifest is also taken from the list under a tag, if there is
/// one.
///
/// Fails only when nothing was changed: as Policy for a plan that is blocked or a connection that may
/// not change anything, as SaveBackupJob, as
/// TakeSnapshotJob, or with a refusal of the first deletion; else the report says what happened.
/// Progress counts groups.
class DeleteTagsJob final : public ResultJob<DeletionReport>
{
    Q_OBJECT

public:
    /// \a session must outlive the job. The backup goes to \a backupFolder, as SaveBackupJob says.
    DeleteTagsJob(RegistrySession &session, const DeletionPlan &plan, const QString &backupFolder,
                  QObject *parent = nullptr);

    /// Writes the run down before the first change, and what becomes of each group; fails as
    /// RunJournal::begin() where that cannot be. Before start().
    void setJournal(std::shared_ptr<RunJournal> journal) { m_run.setJournal(std::move(journal)); }

    /// Ends the run behind the manifest that is being dealt with; the report says what was not
    /// tried, and DeletionReport::rest() is a plan for it. As long as it only saves and looks, it
    /// is cancelled instead.
    void stop();
    /// @{
    /// Until resume() no further group is begun; then the whole repository is looked at once more.
    void pause() { m_gate.close(); }
    void resume() { m_gate.open(); }
    /// @}

signals:
    /// At each stage of each item, and once it is settled.
    void stepped(const Longshore::RunProgress &progress);
    /// Before anything is deleted; in bytes of the layers that are saved.
    void savingProgressed(qint64 done, qint64 total);

private:
    void doStart() override;
    /// Of what was cancelled while it deleted, whoever comes next finds that it broke off.
    void releaseResources() override
    {
        m_gate = {};
        if (m_step < 0)
            m_run.end();
    }
    void beginRun();
    void lookAgain();
    void proveHead();
    void nextGroup();
    void beginGroup();
    void enter(RunProgress::Stage stage);
    void checkAgain();
    void handleCheck(const Result<QList<Tag>> &checked);
    void remove();
    /// What nobody has a copy of does not go.
    [[nodiscard]] bool isSaved() const
    {
        return !m_report.backup.missing.contains(group().manifest.digest);
    }
    void handleRemoval();
    void checkAhead();
    void verify();
    void unlist();
    void partDone();
    /// Runs a job, and adds what it takes to one of the times of the report.
    template <typename T, typename Handler>
    void runTimed(ResultJob<T> *job, std::chrono::nanoseconds DeletionTimes::*time,
                  Handler &&handler)
    {
        QElapsedTimer clock;
        clock.start();
        runChild(job, [this, clock, time,
                       handler = std::forward<Handler>(handler)](const Result<T> &result) {
            m_report.times.*time += std::chrono::nanoseconds(clock.nsecsElapsed());
            handler(result);
        });
    }
    void forgetTags();
    void endBlind(const Error &error);
    void end()
    {
        m_run.end();
        succeed(m_report);
    }
    void conclude(DeletionOutcome::State state, const std::optional<Error> &error = {});
    void settle(DeletionOutcome::State state, const std::optional<Error> &error = {});
    [[nodiscard]] const DeletionGroup &group() const
    {
        return m_plan.groups.at(m_order.at(m_step));
    }

    RegistrySession &m_session;
    DeletionPlan m_plan;
    QString m_backupFolder;
    DeletionReport m_report;
    RunProgress m_progress;
    RunGate m_gate; ///< Before each group.
    RepositorySnapshot m_now;
    NewTags m_newTags; ///< Since then.
    QList<qsizetype> m_order; ///< Of the groups; stays when it goes on after a pause.
    qsizetype m_step = -1;
    QHash<Digest, Digest> m_subjects; ///< What they are about, where that goes as well.
    QSet<Digest> m_gone; ///< That are known to be.
    std::optional<Result<QList<Tag>>> m_ahead; ///< What the look at the next group has found.
    QDeadlineTimer m_isAheadStale; ///< When that look has to be repeated.
    ResolveJob::Absence m_absence =
        ResolveJob::Absence::ByGet; ///< How what went is seen to be gone.
    int m_openParts = 0; ///< The look ahead, and at what was deleted.
    std::pair<DeletionOutcome::State, std::optional<Error>> m_verdict; ///< About that.
    int m_failuresInARow = 0;
    bool m_isStopping = false;
    QPointer<SaveBackupJob> m_backup; ///< While it is written.
    QPointer<TakeSnapshotJob> m_secondLook; ///< While it is taken.
    QElapsedTimer m_clock; ///< Since the start, and since the backup was written.
    JournaledRun m_run;
};

} // namespace Longshore
