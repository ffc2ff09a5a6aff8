// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/restorejob.h"

#include <QPointer>

namespace Longshore {
class RegistrySession;
}

namespace Longshore::Ui {

/// Reads a backup, finds out what can come back of it, and brings back what the user has chosen.
class RestorePresenter final : public QObject
{
    Q_OBJECT

public:
    /// Gives the session with a registry, by the name that backups have for it; null when there is
    /// none.
    using FindSession = std::function<std::shared_ptr<RegistrySession>(const QString &host)>;

    RestorePresenter(const QString &folder, FindSession findSession, QObject *parent = nullptr);
    ~RestorePresenter() override;

    /// Where it is written down what is done; before run().
    void setJournal(std::shared_ptr<RunJournal> journal) { m_journal = std::move(journal); }
    [[nodiscard]] const QString &folder() const noexcept { return m_folder; }
    /// "host/repository", or the name of the folder until it was read.
    [[nodiscard]] const QString &name() const noexcept { return m_name; }
    /// Whether it is one of tags that went alone, while images stayed.
    [[nodiscard]] bool isOfTagsAlone() const { return m_folder.endsWith(Backup::tagsEnding); }
    /// Null until it is known what can come back.
    [[nodiscard]] const RestorePlan *plan() const { return m_plan ? &*m_plan : nullptr; }
    /// Of that registry, as references write it; with the plan.
    [[nodiscard]] QString host() const;
    /// Whether the person has to type the name of the repository first; known with the plan.
    [[nodiscard]] bool needsName() const;

    void prepare();
    /// Brings back these items of the plan; those among them that are taken are moved. Once.
    void run(const QList<qsizetype> &wanted);
    void cancel();

signals:
    void checking(qint64 done, qint64 total);
    void planned();
    void running(qint64 done, qint64 total);
    void finished(const Longshore::RestoreReport &report);
    /// Nothing was changed.
    void failed(const Longshore::Error &error);

private:
    void handleBackup(const Backup &backup);
    [[nodiscard]] std::optional<Error> objectionTo(const Backup &backup) const;

    QString m_folder;
    QString m_name;
    FindSession m_findSession;
    std::shared_ptr<RunJournal> m_journal;
    std::shared_ptr<RegistrySession> m_session; ///< Of the backup; null until it is known.
    std::optional<RestorePlan> m_plan;
    QPointer<Job> m_preparation;
    QPointer<Job> m_restore;
};

} // namespace Longshore::Ui
