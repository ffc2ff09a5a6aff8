// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/runjournal.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace Longshore::Ui {

/// Tells of runs that broke off, and offers what can be done about each. Does nothing by itself; who
/// closes it is asked again at the next start.
class UnfinishedDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit UnfinishedDialog(const QList<JournalRun> &runs, QWidget *parent = nullptr);

    /// Takes a run out that has been dealt with; the dialog goes with the last one.
    void removeRun(qint64 id);
    /// What stands in the way of what was asked for; a sentence.
    void say(const QString &sentence);

signals:
    /// What may not have been deleted shall be looked at again, and deleted.
    void continueRequested(const Longshore::JournalRun &run);
    /// What may have been deleted shall come back.
    void restoreRequested(const Longshore::JournalRun &run);
    /// Nobody shall be asked about it again.
    void forgetRequested(qint64 id);

private:
    [[nodiscard]] const JournalRun *current() const;
    void updateButtons();

    QList<JournalRun> m_runs;
    QLabel *m_notice;
    QTreeWidget *m_list;
    QPushButton *m_continue;
    QPushButton *m_restore;
    QPushButton *m_forget;
};

} // namespace Longshore::Ui
