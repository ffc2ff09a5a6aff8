// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/restorereport.h"
#include "core/cleanup/runjournal.h"

namespace Longshore {

class RegistrySession;

/// What the user has decided about a plan.
struct RestoreChoice
{
    /// What happens to tags that point to something else by now.
    enum class Taken {
        Keep, ///< They stay.
        Replace, ///< They are moved, after what they point to was saved.
    };

    /// The items to bring back, by their place in the plan; those that cannot come back do no harm.
    QList<qsizetype> wanted;
    Taken taken = Taken::Keep; ///< Of those that are wanted.
    /// Where that is saved; not there yet, or empty. Used for Taken::Replace alone.
    QString replacedBackup = {};
};

/// Puts back what a deletion has saved, as it was planned.
///
/// Nothing is put that could not be whole: where a blob is lost, its image and every index that is
/// made of it are left out. For each tag the order is: blobs out of the backup, entries of an index,
/// the index or image under its tag; what refers to others comes after them. Right before that the
/// tag is looked up again, and saves itself when it has moved. What counts in the end is what the
/// registry sends back: bytes and digest, whatever it answered. Refusals that would meet every item
/// end the run.
///
/// Fails only when nothing was changed: as SaveBackupJob for what is to be replaced, or with a refusal
/// of the first change; else the report says what happened. Progress counts items.
class RestoreJob final : public ResultJob<RestoreReport>
{
    Q_OBJECT

public:
    /// \a session must outlive the job; it is that with which the plan was made.
    RestoreJob(RegistrySession &session, const RestorePlan &plan, const RestoreChoice &choice,
               QObject *parent = nullptr);

    /// Writes the run down before the first change, and what becomes of each item; fails as
    /// RunJournal::begin() where that cannot be. Before start().
    void setJournal(std::shared_ptr<RunJournal> journal) { m_run.setJournal(std::move(journal)); }

private:
    using State = RestoreOutcome::State;

    void doStart() override;
    void releaseResources() override { m_run.end(); }
    void beginRun();
    [[nodiscard]] bool isToBeReplaced(const RestoreItem &item) const;
    [[nodiscard]] std::optional<State> stateAsPlanned(const RestoreItem &item) const;
    void saveReplaced();
    void nextItem();
    void lookAgain();
    void bringBlobs();
    void bringNextBlob();
    void putNextPart();
    void judgePart(const Result<Done> &put);
    [[nodiscard]] bool isOnlyBelieved(const Manifest &manifest, const Error &error) const;
    void sendAsBlob(const Manifest &manifest, std::function<void()> next);
    void putItem();
    void readBack(const std::optional<Error> &doubt);
    void judgeItem(const Result<Manifest> &found, const std::optional<Error> &doubt);
    void settle(State state, const std::optional<Error> &error = {});
    [[nodiscard]] RestoreOutcome &current() { return m_report.outcomes[m_step]; }

    RegistrySession &m_session;
    const RestorePlan m_plan;
    const RestoreChoice m_choice;
    RestoreReport m_report;
    qsizetype m_step = -1;
    QSet<Digest> m_present; ///< Manifests that are there by their digest.
    QSet<Digest> m_brought; ///< Blobs that were sent, manifests among them.
    QList<BlobToRestore> m_blobs; ///< Of the current item, still to be sent.
    QList<Manifest> m_parts; ///< Of the current item, still to be put; without itself.
    bool m_hasChanged = false; ///< Or may have.
    JournaledRun m_run;
};

} // namespace Longshore
