// SPDX-License-Identifier: Apache-2.0
#include "ui/docks/transfersdock.h"

#include "ui/delegates/transferdelegate.h"
#include "ui/format/tintedicon.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/transferpresenter.h"
#include "ui/views/ownkeys.h"

#include <QAction>
#include <QBoxLayout>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QListView>
#include <QToolBar>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = TransferRow::State;

TransfersDock::TransfersDock(TransferPresenter &presenter, TransferListModel &model,
                             QWidget *parent)
    : QDockWidget(tr("Transfers"), parent)
    , m_presenter(presenter)
    , m_model(model)
    , m_list(new QListView)
    , m_cancel(
          add(u"cancelTransfer"_s, u"stop"_s, tr("&Cancel"), tr("Stop the selected transfers")))
    , m_retry(add(u"retryTransfer"_s, u"retry"_s, tr("Try &Again"),
                  tr("Start the selected transfers once more")))
    , m_openFolder(add(u"openFolder"_s, u"open"_s, tr("Open &Folder"),
                       tr("Show the folder that the file was written to")))
    , m_copy(add(u"copyTransfer"_s, u"copy"_s, tr("Co&py Details"),
                 tr("Copy what became of the selected transfers")))
    , m_clear(add(u"clearTransfers"_s, u"clear"_s, tr("C&lear Finished"),
                  tr("Remove transfers that have ended from the list")))
{
    setObjectName(u"transfersDock"_s);
    m_list->setObjectName(u"transfers"_s);
    m_list->setAccessibleName(tr("Transfers"));
    m_list->setModel(&model);
    m_list->setItemDelegate(new TransferDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->setUniformItemSizes(true);

    auto *bar = new QToolBar;
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (QAction *action : {m_cancel, m_retry, m_openFolder, m_copy, m_clear}) {
        bar->addAction(action);
        m_list->addAction(action);
    }
    m_cancel->setShortcut(QKeySequence::Delete);
    m_cancel->setShortcutContext(Qt::WidgetShortcut);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetShortcut);
    new OwnKeys(*m_list);

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(4, 0, 4, 4);
    layout->addWidget(bar);
    layout->addWidget(m_list);
    setWidget(content);

    connect(m_cancel, &QAction::triggered, this,
            [this] { forEachSelected([this](quint64 id) { m_presenter.cancel(id); }); });
    connect(m_retry, &QAction::triggered, this,
            [this] { forEachSelected([this](quint64 id) { m_presenter.retry(id); }); });
    connect(m_openFolder, &QAction::triggered, this, &TransfersDock::openFolder);
    connect(m_copy, &QAction::triggered, this, &TransfersDock::copyDetails);
    connect(m_clear, &QAction::triggered, &m_presenter, &TransferPresenter::clearEnded);
    connect(m_list, &QListView::activated, this, &TransfersDock::openFolder);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TransfersDock::updateActions);
    connect(&model, &QAbstractItemModel::dataChanged, this, &TransfersDock::updateActions);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &TransfersDock::updateActions);
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int row) {
        m_list->setCurrentIndex(m_model.index(row)); // Always one, also for screen readers.
        updateActions();
    });
    updateActions();
}

QAction *TransfersDock::add(const QString &name, const QString &icon, const QString &text,
                            const QString &statusTip)
{
    auto *action = new QAction(tintedIcon(icon), text, this);
    action->setObjectName(name);
    action->setStatusTip(statusTip);
    action->setToolTip(statusTip);
    return action;
}

void TransfersDock::updateActions()
{
    bool canCancel = false;
    bool canRetry = false;
    bool hasFile = false;
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        const State state = m_model.rows().at(row.row()).state;
        canCancel = canCancel || state == State::Waiting || state == State::Running;
        canRetry = canRetry || state == State::Failed || state == State::Cancelled;
        hasFile =
            hasFile || (state == State::Finished && !m_model.rows().at(row.row()).path.isEmpty());
    }
    m_cancel->setEnabled(canCancel);
    m_retry->setEnabled(canRetry);
    m_openFolder->setEnabled(hasFile);
    m_copy->setEnabled(!rows.isEmpty());
    m_clear->setEnabled(
        std::any_of(m_model.rows().begin(), m_model.rows().end(), [](const auto &row) {
            return row.state != State::Waiting && row.state != State::Running;
        }));
}

void TransfersDock::forEachSelected(const std::function<void(quint64)> &function) const
{
    QList<quint64> ids; // First all, because the list may change on the way.
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        ids.append(row.data(TransferListModel::IdRole).toULongLong());
    for (const quint64 id : ids)
        function(id);
}

void TransfersDock::openFolder() const
{
    const QModelIndex row = m_list->currentIndex();
    const QString path = row.data(TransferListModel::PathRole).toString();
    if (path.isEmpty() || m_model.rows().at(row.row()).state != State::Finished)
        return;
    const QFileInfo file(path);
    QDesktopServices::openUrl(QUrl::fromLocalFile(file.absolutePath()));
}

void TransfersDock::copyDetails() const
{
    QStringList lines;
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    for (const QModelIndex &index : rows) {
        const TransferRow &row = m_model.rows().at(index.row());
        lines.append(
            u"%1: %2 %3"_s.arg(placeOf(row), index.data(TransferListModel::StatusRole).toString(),
                               index.data(TransferListModel::ErrorDetailsRole).toString()));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace Longshore::Ui
