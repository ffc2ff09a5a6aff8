// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/cleanup/removetagjob.h"
#include "core/cleanup/repositorycleanup.h"
#include "core/cleanup/runjournal.h"
#include "ui/models/cleanuptablemodel.h"
#include "ui/presenters/runwatch.h"

namespace Longshore {
class RegistrySession;
struct ChangePermit;
} // namespace Longshore

namespace Longshore::Ui {

/// With the images that they point to.
using TagsByRepository = QHash<RepositoryName, QHash<Tag, Digest>>;

/// What rules and choices mean for some repositories, as it was computed off the main thread.
struct CleanupPlan
{
    QList<RepositoryCleanup> repositories = {}; ///< In the order in which they were asked for.
    QList<CleanupRow> rows = {}; ///< For people; one for each tag.
    CleanupRules rules = {}; ///< By which it was decided, with their lists of images in use.
    QList<qsizetype> ruleCounts = {}; ///< How many tags each rule means, in all repositories.
    std::optional<Error> inUseError = {}; ///< Why a list of images in use could not be read.
};

/// Reads some repositories, decides by rules which of their tags shall go, and carries out what the
/// user has seen and confirmed.
///
/// Each change of rules or choices decides anew, in a worker; what comes while that works is decided
/// once it is done. The plan that is shown is always one that was decided completely.
class CleanupPresenter final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Reading, ///< The repositories.
        Ready, ///< There is a plan.
        Failed, ///< The repositories could not be read.
        Checking, ///< Whether something is about the images that shall go.
        Running,
        Done, ///< There is a report.
    };

    CleanupPresenter(std::shared_ptr<RegistrySession> session,
                     const QList<RepositoryName> &repositories, QObject *parent = nullptr);
    ~CleanupPresenter() override;

    /// Where deletions are written down; before run().
    void setJournal(std::shared_ptr<RunJournal> journal) { m_journal = std::move(journal); }
    /// Where the session of the connection is found, which may have been opened anew; read() asks.
    void setSessionSource(std::function<std::shared_ptr<RegistrySession>()> findSession)
    {
        m_findSession = std::move(findSession);
    }
    [[nodiscard]] State state() const noexcept { return m_state; }
    [[nodiscard]] const CleanupPlan &plan() const noexcept { return m_plan; }
    /// Whether the plan is not yet what the last change means.
    [[nodiscard]] bool isDeciding() const { return !m_decision.isNull(); }
    [[nodiscard]] RegistrySession &session() const noexcept { return *m_session; }
    /// The registry, as references write it.
    [[nodiscard]] QString host() const;
    [[nodiscard]] bool isProduction() const;
    /// What a person has to type before run(); empty where nothing has to be.
    [[nodiscard]] QString neededConfirmation() const;

    /// What run() is busy with, and what pauses it.
    [[nodiscard]] RunWatch &watch() { return m_watch; }
    /// About how long the run still takes, all repositories together; nothing where nobody knows.
    [[nodiscard]] std::optional<std::chrono::seconds> timeLeft() const;

    /// Why nothing can be changed there; empty when it can.
    [[nodiscard]] QString objection() const;

    /// Reads the repositories, again if need be. Of the choices only those stay that keep something.
    void read();
    /// With what could not be deleted: reads everything again, to plan only that anew. What was decided
    /// about it stays, as long as it is the same image.
    void readFailed();
    /// Reads for the same once more, where the reading has failed.
    void retryReading();
    [[nodiscard]] bool hasFailed() const;
    void setRules(const CleanupRules &rules);
    /// What a person decides about one tag; nothing leaves it to the rules.
    void choose(const RepositoryName &repository, const Tag &tag,
                std::optional<CleanupChoices::Override> choice);
    void setMayEmpty(const RepositoryName &repository, bool mayEmpty);
    [[nodiscard]] bool mayEmpty(const RepositoryName &repository) const
    {
        return m_choices.value(repository).mayEmpty;
    }
    /// Looks for what is about the images that shall go; checked() follows when it is in the plan.
    void check();
    /// Whether the next backup has the layers too.
    void setSavesLayers(bool savesLayers) { m_savesLayers = savesLayers; }
    /// Whether tags whose image stays may be removed by an empty image, where there is no other way.
    void setPlaceholder(TagRemoval::Placeholder placeholder) { m_placeholder = placeholder; }
    /// Carries out the plan, repository after repository.
    void run();
    /// A run ends behind what is being dealt with, and has a report. Else what was asked for is given up.
    void stop();

signals:
    void stateChanged();
    /// In tags, manifests and the like; \a total is -1 while it is unknown.
    void progressed(const QString &what, qint64 done, qint64 total);
    /// In bytes of layers, before anything is deleted.
    void saving(const QString &what, qint64 done, qint64 total);
    void decided();
    void checked();
    void failed(const Longshore::Error &error);

private:
    void setState(State state);
    /// Whether the plan is what the last change means, and may be carried out.
    [[nodiscard]] bool isPlanned() const;
    [[nodiscard]] bool isChangeable() const;
    void keepOnlyWhatKeeps();
    void forgetWhatMoved(const RepositorySnapshot &snapshot);
    void readAgain();
    void readNext();
    void decide();
    void checkNext();
    void cleanNext();
    void handleReport(const Result<CleanupReport> &report);
    void finishRun();

    std::shared_ptr<RegistrySession> m_session;
    std::function<std::shared_ptr<RegistrySession>()> m_findSession;
    QList<std::shared_ptr<RegistrySession>> m_earlierSessions;
    const QList<RepositoryName> m_names;
    std::shared_ptr<RunJournal> m_journal;
    State m_state = State::Reading;
    QList<RepositoryInventory> m_inventories;
    QHash<RepositoryName, CleanupChoices> m_choices;
    QHash<RepositoryName, QSet<Digest>> m_asked; ///< For what is about them.
    std::optional<TagsByRepository> m_only; ///< As in CleanupChoices.
    CleanupRules m_rules;
    QDateTime m_now;
    CleanupPlan m_plan;
    QPointer<Job> m_decision;
    bool m_mustDecideAgain = false;
    QPointer<Job> m_job; ///< Whatever talks to the registry.
    RunWatch m_watch; ///< Of all jobs that delete, one for each repository.
    qsizetype m_step = -1; ///< Of checking and running.
    qint64 m_stepsDone = 0; ///< Of the run, in the repository that is being dealt with.
    bool m_isStopped = false;
    bool m_savesLayers = false;
    TagRemoval::Placeholder m_placeholder = TagRemoval::Placeholder::Never;
    std::shared_ptr<const ChangePermit> m_permit; ///< While it runs.
};

} // namespace Longshore::Ui
