// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/cleanup/deletionreport.h"
#include "core/cleanup/runjournal.h"

#include <QPointer>

namespace Longshore {
class RegistrySession;
}

namespace Longshore::Ui {

/// Prepares the deletion of some tags, and carries out what the user has seen and confirmed.
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
    [[nodiscard]] const QString &backupFolder() const noexcept { return m_backupFolder; }
    [[nodiscard]] bool isRunning() const { return !m_deletion.isNull(); }

    /// Where it is written down what is done; before run().
    void setJournal(std::shared_ptr<RunJournal> journal) { m_journal = std::move(journal); }

    void prepare();
    /// Carries out the plan; once.
    void run();
    void cancel();

signals:
    void checking(qint64 done, qint64 total);
    void planned();
    void running(qint64 done, qint64 total);
    void finished(const Longshore::DeletionReport &report);
    /// Nothing was changed.
    void failed(const Longshore::Error &error);

private:
    std::shared_ptr<RegistrySession> m_session;
    RepositoryName m_repository;
    QList<Tag> m_chosen;
    QString m_backupFolder;
    std::shared_ptr<RunJournal> m_journal;
    std::optional<DeletionPlan> m_plan;
    QPointer<Job> m_preparation;
    QPointer<Job> m_deletion;
};

} // namespace Longshore::Ui
