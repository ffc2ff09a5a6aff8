// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDockWidget>
#include <QModelIndex>

class QAction;
class QTreeView;

namespace Longshore::Ui {

class FilterChips;
class TransferListModel;
class TransferPresenter;

/// The transfers at the bottom; appears with each new one. Below each transfer is what there is to know
/// of it, and its blobs.
class TransfersDock final : public QDockWidget
{
    Q_OBJECT

public:
    TransfersDock(TransferPresenter &presenter, TransferListModel &model,
                  QWidget *parent = nullptr);

    /// Behind those of the transfer in the context menu.
    void addToMenu(const QList<QAction *> &actions);

private:
    void buildContent();
    void setShortcuts();
    void connectActions();
    void connectModel();
    [[nodiscard]] QModelIndexList selectedTransfers() const;
    void deselectBelow(const QModelIndex &transfer);
    void updateActions();
    void updateGroups();
    void showGroup();
    void moveSelected(int places);
    void forEachSelected(const std::function<void(quint64)> &function) const;
    void openFolder() const;
    void copyDetails() const;
    QAction *add(const QString &name, const QString &icon, const QString &text,
                 const QString &statusTip);

    TransferPresenter &m_presenter;
    TransferListModel &m_model;
    FilterChips *m_groups;
    QList<std::pair<quint64, bool>>
        m_shown; ///< Each transfer, and whether it belongs to the group.
    QTreeView *m_list;
    QAction *m_pause;
    QAction *m_resume;
    QAction *m_cancel;
    QAction *m_retry;
    QAction *m_signIn;
    QAction *m_openFolder;
    QAction *m_copy;
    QAction *m_clear;
    QAction *m_moveUp;
    QAction *m_moveDown;
};

} // namespace Longshore::Ui
