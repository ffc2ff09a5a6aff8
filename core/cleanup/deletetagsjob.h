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
/// the same manifest, saves the group; one that is gone already does not. Afterwards the manifest must
/// be gone: that is asked for while the next one is deleted, and what follows then, or depends on it,
/// waits for the answer. Nothing is ever changed by two requests at once. Indexes go
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

    /// Ends the run behind the manifest that is being deleted; the report says what was not
    /// tried, and DeletionReport::rest() is a plan for it. As long as it only saves and looks, it
    /// is cancelled instead.
    void stop();
    /// @{
    /// Until resume() no further group is deleted; then the whole repository is looked at once more.
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
    void beginGroups();
    void enter(RunProgress::Stage stage, const QList<Tag> &tags = {});
    void checkAgain();
    void handleCheck(const Result<QList<Tag>> &checked);
    void remove();
    void handleAnswer(const Result<Done> &result);
    void handleRemoval();
    void leave(DeletionOutcome::State state, const Error &error);
    /// What nobody has a copy of does not go.
    [[nodiscard]] bool isSaved(const DeletionGroup &group) const
    {
        return !m_report.backup.missing.contains(group.manifest.digest);
    }
    void whenVerified(std::function<void()> next);
    void verifyLast();
    [[nodiscard]] std::optional<Digest> listedUnder(const DeletionGroup &group) const;
    void unlist();
    void conclude(DeletionOutcome::State state, const std::optional<Error> &error = {});
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
    void forgetTags(const DeletionGroup &group);
    void endBlind(const Error &error);
    void settle(qsizetype step, DeletionOutcome::State state, const std::optional<Error> &error);
    void end();
    [[nodiscard]] const DeletionGroup &group(qsizetype step) const
    {
        return m_plan.groups.at(m_order.at(step));
    }
    [[nodiscard]] const DeletionGroup &group() const { return group(m_step); }

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
    ResolveJob::Absence m_absence =
        ResolveJob::Absence::ByGet; ///< How what went is seen to be gone.
    std::optional<qsizetype> m_last; ///< What was deleted, and is not yet known to be gone.
    bool m_isVerifying = false; ///< That.
    std::function<void()> m_whenVerified; ///< What waits for it.
    int m_failuresInARow = 0;
    std::optional<Error> m_refusal; ///< Of the first deletion.
    bool m_isStopping = false; ///< Nothing further is begun.
    QPointer<SaveBackupJob> m_backup; ///< While it is written.
    QPointer<TakeSnapshotJob> m_secondLook; ///< While it is taken.
    QElapsedTimer m_wholeClock; ///< Since the start.
    QElapsedTimer m_clock; ///< Since the backup was written, or a pause ended.
    JournaledRun m_run;
};

} // namespace Longshore
