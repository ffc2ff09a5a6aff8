// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/restorespresenter.h"

#include <QSet>
#include <QTreeWidget>

namespace Longshore::Ui {

/// A line for each tag that can come back, later with what became of it; below their backups where
/// these are several.
///
/// Ticked at first is what has no other in its place, in the first backup that has it; what cannot come
/// back cannot be ticked. The box of a backup ticks all that has no other in its place, and unticks
/// everything. What is ticked in one backup is unticked in the others.
class RestoreList final : public QTreeWidget
{
    Q_OBJECT

public:
    explicit RestoreList(QWidget *parent = nullptr);

    void showPlans(const QList<BackupRestore> &backups);
    void showResults(const QList<BackupRestore> &backups);
    /// Of each backup the items of its plan.
    [[nodiscard]] QList<QList<qsizetype>> ticked() const;

signals:
    void tickedChanged();

private:
    void begin(const QStringList &header, bool hasRoots);
    QTreeWidgetItem *addRoot(const BackupRestore &backup, const QString &state);
    void addItems(QTreeWidgetItem *root, const RestorePresenter &presenter);
    void untickElsewhere(const QTreeWidgetItem &root);
    void end();
    void passOn(QTreeWidgetItem *changed, int column);

    bool m_hasRoots = false; ///< Whether there is a line for each backup.
    QList<QTreeWidgetItem *> m_roots; ///< Below which the items of each backup are.
    QSet<QString> m_free; ///< Places of which the list has an item that is free.
};

} // namespace Longshore::Ui
