// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/runjournal.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace Longshore {
class RegistrySession;
}

namespace Longshore::Ui {

class MainActions;
class PageTabs;
class RegistryPresenter;
class UnfinishedDialog;

/// The commands that bring back what was deleted: the last deletion of this window, or a backup that
/// the user chooses.
class RestoreCommands final : public QObject
{
    Q_OBJECT

public:
    RestoreCommands(const MainActions &actions, PageTabs &tabs, RegistryPresenter &registries,
                    QWidget *window);

    /// Where restores are written down. Tells of the runs in it that broke off, if there are any.
    void setJournal(std::shared_ptr<RunJournal> journal);
    /// From now on "Undo" means the deletion whose backups are in these folders.
    void noteDeletion(const QStringList &folders);
    /// Shows what can come back of the backups in these folders, and asks.
    void restore(const QStringList &folders);

signals:
    /// The user wants to see what is left of these tags, and to delete it.
    void deletionRequested(const QString &connectionId, const Longshore::RepositoryName &repository,
                           const QList<Longshore::Tag> &tags);
    /// A restore that was asked for is over, whatever became of it.
    void ended();

private:
    void chooseBackup();
    void recallLastDeletion();
    void findBackups(const QList<JournalRun> &runs);
    void showUnfinished(const QList<JournalRun> &runs);
    void continueRun(const JournalRun &run);
    void forgetRun(qint64 id);
    void reloadPages(const QString &host, const QString &repository);
    /// Of an open connection to that registry; empty for none.
    [[nodiscard]] QString connectionTo(const QString &host) const;

    const MainActions &m_actions;
    PageTabs &m_tabs;
    RegistryPresenter &m_registries;
    QWidget *m_window;
    std::shared_ptr<RunJournal> m_journal;
    QStringList m_lastBackups; ///< Their folders; none when nothing was deleted.
    QPointer<UnfinishedDialog> m_unfinished;
    QPointer<Job> m_check; ///< Looks what became of a run.
};

} // namespace Longshore::Ui
