// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/cleanup/cleanupreport.h"
#include "core/cleanup/deletionscope.h"
#include "core/cleanup/findremainsjob.h"
#include "core/cleanup/removetagjob.h"
#include "core/cleanup/runjournal.h"
#include "ui/presenters/runwatch.h"

#include <QPointer>

namespace Longshore {
class RegistrySession;
enum class Support;
} // namespace Longshore

namespace Longshore::Ui {

/// Prepares the deletion of some tags, and carries out what the user has seen and confirmed.
///
/// Where an image is needed by what was not chosen, somebody has to say how much shall go. It
/// starts with the tags alone, unless the server cannot remove these: then nothing is decided yet.
class DeletionPresenter final : public QObject
{
    Q_OBJECT

public:
    DeletionPresenter(std::shared_ptr<RegistrySession> session, const RepositoryName &repository,
                      const QList<Tag> &chosen, QObject *parent = nullptr);
    ~DeletionPresenter() override;

    [[nodiscard]] const RepositoryName &repository() const noexcept { return m_repository; }
    [[nodiscard]] const QList<Tag> &chosen() const noexcept { return m_chosen; }
    /// Null until everything about the repository is known.
    [[nodiscard]] const DeletionPlan *plan() const { return m_plan ? &*m_plan : nullptr; }
    /// Where the backups go that will be written: of images, and of tags that go alone.
    [[nodiscard]] QStringList backupFolders() const;
    /// The registry, as references write it.
    [[nodiscard]] QString host() const;
    [[nodiscard]] bool isProduction() const;
    [[nodiscard]] bool isRunning() const { return m_watch.isRunning(); }
    /// What run() is busy with, and what pauses it.
    [[nodiscard]] RunWatch &watch() { return m_watch; }
    [[nodiscard]] const RunWatch &watch() const { return m_watch; }

    /// @{
    /// With a plan: how much shall go, as far as that is decided.
    [[nodiscard]] bool hasScopes() const { return m_plan && Longshore::hasScopes(*m_plan); }
    [[nodiscard]] std::optional<DeletionScope> scope() const { return m_scope; }
    void setScope(std::optional<DeletionScope> scope);
    /// @}
    /// Whether the server is known to remove no tag alone; a placeholder may then help.
    [[nodiscard]] bool needsPlaceholder() const;
    /// Whether the server was not asked, or gave no answer to that: a placeholder may help there,
    /// too.
    [[nodiscard]] bool isTagRemovalUnknown() const;
    /// Whether the backup has the layers too; before run().
    void setSavesLayers(bool savesLayers) { m_savesLayers = savesLayers; }
    void setPlaceholder(TagRemoval::Placeholder placeholder) { m_placeholder = placeholder; }
    /// What becomes of each tag; with the images until somebody has decided. With a plan.
    [[nodiscard]] const CleanupDecisions &decisions() const { return *m_decisions; }
    /// Of these what goes with its image. With a plan.
    [[nodiscard]] DeletionPlan leavingImages() const;
    /// What stays without a tag when that goes, as far as it was found so far. With a plan.
    [[nodiscard]] QList<Remain> remains() const;
    /// Whether what was decided can be carried out.
    [[nodiscard]] bool isPossible() const;
    /// What a person has to type first: the name of the repository, or how many tags go. Empty for
    /// nothing.
    [[nodiscard]] QString neededConfirmation() const;

    /// About how long run() takes; nothing where that is not known. With a plan.
    [[nodiscard]] std::optional<std::chrono::seconds> estimate() const;
    /// About how long it still takes, while it runs.
    [[nodiscard]] std::optional<std::chrono::seconds> timeLeft() const { return m_timeLeft; }

    /// Where it is written down what is done; before run().
    void setJournal(std::shared_ptr<RunJournal> journal) { m_journal = std::move(journal); }

    void prepare();
    /// Carries out the plan, which the person has confirmed; once.
    void run();
    /// Ends the preparation, or the run behind what is being dealt with: that is reported as ever.
    void stop();

signals:
    void checking(qint64 done, qint64 total);
    void planned();
    /// More of remains().
    void remainsFound();
    void running(qint64 done, qint64 total);
    void finished(const Longshore::CleanupReport &report);
    /// Nothing was changed.
    void failed(const Longshore::Error &error);

private:
    void handleProgress(qint64 done, qint64 total);
    void findOutScopes(const DeletionPlan &plan);
    void decide(const DeletionPlan &plan, std::optional<DeletionScope> scope);
    void findRemains();

    std::shared_ptr<RegistrySession> m_session;
    RepositoryName m_repository;
    QList<Tag> m_chosen;
    QString m_backupFolder;
    std::shared_ptr<RunJournal> m_journal;
    std::optional<RepositorySnapshot> m_snapshot; ///< That the plan was made from.
    std::optional<DeletionPlan> m_plan;
    std::optional<DeletionScope> m_scope;
    std::optional<CleanupDecisions> m_decisions; ///< By the scope.
    Support m_tagRemoval{}; ///< Whether the server removes tags alone.
    bool m_savesLayers = false;
    TagRemoval::Placeholder m_placeholder = TagRemoval::Placeholder::Never;
    QPointer<Job> m_preparation;
    QList<Remain> m_remains; ///< Of all images of the plan.
    RunWatch m_watch;
    std::optional<std::chrono::seconds> m_timeLeft;
};

} // namespace Longshore::Ui
