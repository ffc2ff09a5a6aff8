// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/deletionreport.h"
#include "core/cleanup/runjournal.h"

namespace Longshore {

class RegistrySession;

/// Carries out a plan that the user has seen, group after group.
///
/// Nothing is sent before the backup is on the disk and the whole repository has been looked at
/// once more: what it meanwhile needs is kept. Directly before each DELETE every tag of the group
/// is looked up again, and so is every tag that is new: one that has moved, or that now points to
/// the same manifest, saves the group. Afterwards the manifest must be gone. Indexes go before
/// what they are made of, which stays when they do. Refusals that would meet every group end
/// the run. What referred to another manifest is also taken from the list under a tag, if there is
/// one.
///
/// Fails only when nothing was changed: as Policy for a plan that is blocked, as SaveBackupJob, as
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

private:
    void doStart() override;
    void releaseResources() override { m_run.end(); }
    void beginRun();
    void lookAgain();
    void setOrder();
    void nextGroup();
    [[nodiscard]] std::optional<Error> changeSincePreview() const;
    void lookForNewTags();
    void recheck(const QList<Tag> &newTags);
    void judge(const QHash<Tag, Result<Descriptor>> &found);
    void remove();
    void verify();
    void unlist();
    [[nodiscard]] bool isPlanned(const Tag &tag) const;
    void settle(DeletionOutcome::State state, const std::optional<Error> &error = {});
    [[nodiscard]] const DeletionGroup &group() const
    {
        return m_plan.groups.at(m_order.at(m_step));
    }

    RegistrySession &m_session;
    DeletionPlan m_plan;
    QString m_backupFolder;
    DeletionReport m_report;
    RepositorySnapshot m_now;
    QSet<QString> m_knownTags; ///< By then.
    QList<qsizetype> m_order; ///< Of the groups.
    qsizetype m_step = -1;
    int m_failuresInARow = 0;
    JournaledRun m_run;
};

} // namespace Longshore
