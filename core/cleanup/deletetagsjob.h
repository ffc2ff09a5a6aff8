// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/checkgroupsjob.h"
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
/// be gone. Indexes go before what they are made of, which stays when they do. Refusals that would meet
/// every group end the run. What referred to another manifest is also taken from the list under a tag,
/// if there is one.
///
/// The first goes alone. Once one was seen to go, up to four that do not depend on each other are
/// looked at together, deleted together, and seen to be gone together, before the next are looked
/// at. What fails in company is tried once more alone, and from then on everything goes alone.
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

    /// Ends the run behind the manifests that are being deleted; the report says what was not
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
        if (!m_isUnderWay)
            m_run.end();
    }
    void beginRun();
    void lookAgain();
    void proveHead();
    void beginBatch();
    void enter(RunProgress::Stage stage, const QList<qsizetype> &groups = {});
    void checkAgain();
    void handleChecks(const QList<Result<QList<Tag>>> &checks);
    void handleCheck(qsizetype index, const QList<Tag> &goneTags);
    void giveBack();
    void remove(const QList<qsizetype> &groups);
    void handleAnswer(qsizetype index, const Result<Done> &result);
    void verify();
    void handleLook(qsizetype index, const Result<Descriptor> &manifest);
    void unlistNext();
    [[nodiscard]] std::optional<Digest> listedUnder(const DeletionGroup &group) const;
    /// What nobody has a copy of does not go.
    [[nodiscard]] bool isSaved(qsizetype index) const
    {
        return !m_report.backup.missing.contains(group(index).manifest.digest);
    }
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
    void settle(qsizetype index, DeletionOutcome::State state,
                const std::optional<Error> &error = {});
    void end();
    [[nodiscard]] const DeletionGroup &group(qsizetype index) const
    {
        return m_plan.groups.at(index);
    }

    RegistrySession &m_session;
    DeletionPlan m_plan;
    QString m_backupFolder;
    DeletionReport m_report;
    RunProgress m_progress;
    qsizetype m_settled = 0; ///< Groups of which is known what became of them.
    RunGate m_gate; ///< Before each batch.
    RepositorySnapshot m_now;
    NewTags m_newTags; ///< Since then.
    bool m_isUnderWay = false; ///< Something may have been deleted.
    QList<qsizetype> m_waiting; ///< Groups that are not yet begun, in the order in which they go.
    QList<qsizetype> m_batch; ///< Those that are looked at together.
    QList<qsizetype> m_toVerify; ///< Of which it is asked whether they are gone.
    QHash<qsizetype, Error> m_failures; ///< Of these, why perhaps they are not.
    QList<qsizetype> m_toUnlist; ///< That are gone, and may still be listed.
    bool m_isProven = false; ///< The last one was seen to go, so that several may.
    bool m_bearsCompany = true; ///< Nothing has failed that went with others.
    QHash<Digest, Digest> m_subjects; ///< What they are about, where that goes as well.
    QSet<Digest> m_gone; ///< That are known to be.
    ResolveJob::Absence m_absence =
        ResolveJob::Absence::ByGet; ///< How what went is seen to be gone.
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
