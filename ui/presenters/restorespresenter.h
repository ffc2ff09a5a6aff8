// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/restorepresenter.h"

namespace Longshore::Ui {

/// One of several backups, and what is known of it so far.
struct BackupRestore
{
    RestorePresenter *presenter; ///< That deals with it; of the RestoresPresenter.
    QList<qsizetype> wanted = {}; ///< The items of its plan that shall come back.
    std::optional<RestoreReport> report = {}; ///< Once they had their turn.
    std::optional<Error> error = {}; ///< Why nothing can come back, or came back.

    /// What became of each item that was wanted, if only that its turn never came; none where it
    /// was stopped, because nobody knows.
    [[nodiscard]] QList<RestoreOutcome> outcomes() const;
};

/// Where an item of the plan of \a presenter would come back: no two backups can both have their way there.
[[nodiscard]] QString placeOf(const RestorePresenter &presenter, const RestoreItem &item);

/// What a person types who changes something in production.
struct Confirmation
{
    QString text; ///< The name of the repository, or of the registry; empty where none is needed.
    /// "host/repository" of the only one; empty where there are several, and the registry, or all of
    /// them, has to be typed.
    QString name = {};

    friend bool operator==(const Confirmation &, const Confirmation &) = default;
};

/// Looks what can come back of several backups, and brings back what the user has chosen: one backup
/// after the other, the newest first, and of those that were taken together those of images before those
/// of tags that went alone. One that cannot be read, or whose registry is not open, keeps none of the
/// others from it.
class RestoresPresenter final : public QObject
{
    Q_OBJECT

public:
    RestoresPresenter(QStringList folders, const RestorePresenter::FindSession &findSession,
                      QObject *parent = nullptr);

    /// As RestorePresenter::setJournal().
    void setJournal(const std::shared_ptr<RunJournal> &journal);
    /// In the order in which they have their turn; from planned() on it is that of their age.
    [[nodiscard]] const QList<BackupRestore> &backups() const noexcept { return m_backups; }
    /// Everything that could come back, of all backups; what can come back of several, once.
    [[nodiscard]] QList<RestoreItem> items() const;
    /// Everything that was wanted, of all backups.
    [[nodiscard]] QList<RestoreOutcome> outcomes() const;
    /// What the person has to type before these items of each backup come back.
    [[nodiscard]] Confirmation neededConfirmation(const QList<QList<qsizetype>> &wanted) const;
    /// Of every registry in production that is among them.
    [[nodiscard]] QStringList productionHosts() const;
    [[nodiscard]] bool isRunning() const noexcept { return m_phase == Phase::Running; }

    void prepare();
    /// Brings back these items of each backup, as RestorePresenter::run(). Once.
    void run(const QList<QList<qsizetype>> &wanted);
    /// Ends what is under way; the backups behind it do not have their turn.
    void cancel();

signals:
    void progressed(qint64 done, qint64 total);
    /// Each was looked at, and something of one at least was found out.
    void planned();
    /// Nothing more happens.
    void finished();

private:
    enum class Phase { Idle, Preparing, Planned, Running, Finished };

    void watch(const RestorePresenter *presenter);
    void begin(Phase phase, const QList<qsizetype> &queue);
    void next();
    void endPhase();
    void handleProgress(qint64 done, qint64 total);

    QList<BackupRestore> m_backups;
    Phase m_phase = Phase::Idle;
    QList<qsizetype> m_queue; ///< The backups that have a turn in this phase.
    qsizetype m_step = -1; ///< In the queue.
    bool m_isStopped = false;
};

} // namespace Longshore::Ui
