// SPDX-License-Identifier: Apache-2.0
#include "ui/docks/transfersdock.h"

#include "ui/delegates/transferdelegate.h"
#include "ui/format/tintedicon.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/transferpresenter.h"
#include "ui/views/filterchips.h"
#include "ui/views/ownkeys.h"

#include <QAction>
#include <QBoxLayout>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QToolBar>
#include <QTreeView>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = TransferRow::State;

TransfersDock::TransfersDock(TransferPresenter &presenter, TransferListModel &model,
                             QWidget *parent)
    : QDockWidget(tr("Transfers"), parent)
    , m_presenter(presenter)
    , m_model(model)
    , m_groups(new FilterChips({tr("All"), tr("Running"), tr("Waiting"), tr("Failed"), tr("Done")}))
    , m_list(new QTreeView)
    , m_pause(add(u"pauseTransfer"_s, u"pause"_s, tr("&Pause"),
                  tr("Hold the selected transfers; what has arrived stays")))
    , m_resume(add(u"resumeTransfer"_s, u"play"_s, tr("C&ontinue"),
                   tr("Go on with the selected transfers")))
    , m_cancel(
          add(u"cancelTransfer"_s, u"stop"_s, tr("&Cancel"), tr("Stop the selected transfers")))
    , m_retry(add(u"retryTransfer"_s, u"retry"_s, tr("Try &Again"),
                  tr("Start the selected transfers once more")))
    , m_signIn(add(u"signInTransfer"_s, u"lock"_s, tr("&Sign In\u2026"),
                   tr("Sign in, so that the selected transfer goes on")))
    , m_openFolder(add(u"openFolder"_s, u"open"_s, tr("Open &Folder"),
                       tr("Show the folder that the file was written to")))
    , m_copy(add(u"copyTransfer"_s, u"copy"_s, tr("Co&py Details"),
                 tr("Copy what became of the selected transfers")))
    , m_clear(add(u"clearTransfers"_s, u"clear"_s, tr("C&lear Finished"),
                  tr("Remove transfers that have ended from the list")))
    , m_moveUp(add(u"moveTransferUp"_s, u"up"_s, tr("Move &Up"),
                   tr("Start the selected transfer before the one above it")))
    , m_moveDown(add(u"moveTransferDown"_s, u"down"_s, tr("Move &Down"),
                     tr("Start the selected transfer after the one below it")))
{
    setObjectName(u"transfersDock"_s);
    m_list->setObjectName(u"transfers"_s);
    m_list->setAccessibleName(tr("Transfers"));
    m_list->setModel(&model);
    m_list->setItemDelegate(new TransferDelegate(m_list));
    m_list->header()->hide();
    m_list->setExpandsOnDoubleClick(false); // That opens the folder.
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->setDragDropMode(QAbstractItemView::DragOnly);
    buildContent();
    setShortcuts();
    connectActions();
    updateGroups();
    updateActions();
}

void TransfersDock::buildContent()
{
    auto *bar = new QToolBar;
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (QAction *action :
         {m_pause, m_resume, m_cancel, m_retry, m_signIn, m_openFolder, m_copy, m_clear}) {
        bar->addAction(action);
        m_list->addAction(action);
    }
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(4, 0, 4, 4);
    layout->addWidget(bar);
    layout->addWidget(m_groups);
    layout->addWidget(m_list, 1);
    setWidget(content);
}

void TransfersDock::setShortcuts()
{
    m_cancel->setShortcut(QKeySequence::Delete);
    m_copy->setShortcut(QKeySequence::Copy);
    m_moveUp->setShortcut(Qt::CTRL | Qt::Key_Up);
    m_moveDown->setShortcut(Qt::CTRL | Qt::Key_Down);
    m_list->addActions({m_moveUp, m_moveDown});
    for (QAction *action : {m_cancel, m_copy, m_moveUp, m_moveDown})
        action->setShortcutContext(Qt::WidgetShortcut);
    new OwnKeys(*m_list);
}

void TransfersDock::connectActions()
{
    connect(m_pause, &QAction::triggered, this,
            [this] { forEachSelected([this](quint64 id) { m_presenter.pause(id); }); });
    connect(m_resume, &QAction::triggered, this,
            [this] { forEachSelected([this](quint64 id) { m_presenter.resume(id); }); });
    connect(m_moveUp, &QAction::triggered, this, [this] { moveSelected(-1); });
    connect(m_moveDown, &QAction::triggered, this, [this] { moveSelected(1); });
    connect(m_cancel, &QAction::triggered, this,
            [this] { forEachSelected([this](quint64 id) { m_presenter.cancel(id); }); });
    connect(m_retry, &QAction::triggered, this,
            [this] { forEachSelected([this](quint64 id) { m_presenter.retry(id); }); });
    connect(m_signIn, &QAction::triggered, this,
            [this] { forEachSelected([this](quint64 id) { m_presenter.signIn(id); }); });
    connect(m_groups, &FilterChips::chosenChanged, this, &TransfersDock::updateGroups);
    connect(m_openFolder, &QAction::triggered, this, &TransfersDock::openFolder);
    connect(m_copy, &QAction::triggered, this, &TransfersDock::copyDetails);
    connect(m_clear, &QAction::triggered, &m_presenter, &TransferPresenter::clearEnded);
    connect(m_list, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (m_openFolder->isEnabled())
            openFolder();
        else
            m_list->setExpanded(index, !m_list->isExpanded(index));
    });
    connect(m_list, &QTreeView::collapsed, this, [this](const QModelIndex &transfer) {
        deselectBelow(transfer);
        if (m_list->currentIndex().parent() == transfer)
            m_list->setCurrentIndex(transfer); // Nobody sees where the keyboard was.
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TransfersDock::updateActions);
    connectModel();
}

/// What is below the transfers changes nothing of what can be done.
void TransfersDock::connectModel()
{
    const auto update = [this](const QModelIndex &parent) {
        if (parent.isValid())
            return;
        updateGroups();
        updateActions();
    };
    connect(&m_model, &QAbstractItemModel::dataChanged, this,
            [update](const QModelIndex &index) { update(index.parent()); });
    connect(&m_model, &QAbstractItemModel::rowsMoved, this, update);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, update);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &parent, int row) {
                if (parent.isValid())
                    return;
                show();
                m_groups->choose(int(TransferGroup::All)); // Where the new one can be seen.
                updateGroups();
                // Always one, also for screen readers; alone, whatever keys are held at the moment.
                m_list->selectionModel()->setCurrentIndex(m_model.index(row),
                                                          QItemSelectionModel::ClearAndSelect);
                updateActions();
            });
}

void TransfersDock::addToMenu(const QList<QAction *> &actions)
{
    auto *line = new QAction(this);
    line->setSeparator(true);
    m_list->addAction(line);
    m_list->addActions(actions);
}

void TransfersDock::moveSelected(int places)
{
    const QModelIndexList rows = selectedTransfers();
    if (rows.size() == 1)
        m_presenter.moveBy(rows.first().data(TransferListModel::IdRole).toULongLong(), places);
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

QModelIndexList TransfersDock::selectedTransfers() const
{
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    rows.removeIf([](const QModelIndex &row) { return row.parent().isValid(); });
    return rows;
}

void TransfersDock::deselectBelow(const QModelIndex &transfer)
{
    const QModelIndex last = m_model.index(m_model.rowCount(transfer) - 1, 0, transfer);
    m_list->selectionModel()->select({m_model.index(0, 0, transfer), last},
                                     QItemSelectionModel::Deselect);
}

void TransfersDock::updateActions()
{
    bool canCancel = false;
    bool canPause = false;
    bool canResume = false;
    bool canRetry = false;
    bool canSignIn = false;
    bool hasFile = false;
    const QModelIndexList rows = selectedTransfers();
    for (const QModelIndex &index : rows) {
        const TransferRow &row = m_model.rows().at(index.row());
        canPause = canPause || row.state == State::Waiting || row.state == State::Running;
        canResume = canResume || row.state == State::Paused;
        canCancel = canPause || canResume || canCancel;
        canSignIn = canSignIn || needsSignIn(row);
        canRetry = canRetry || row.state == State::Failed || row.state == State::Cancelled;
        hasFile = hasFile || (row.state == State::Finished && !row.path.isEmpty());
    }
    m_cancel->setEnabled(canCancel);
    m_pause->setEnabled(canPause);
    m_resume->setEnabled(canResume);
    m_moveUp->setEnabled(rows.size() == 1 && rows.first().row() > 0);
    m_moveDown->setEnabled(rows.size() == 1 && rows.first().row() < m_model.rowCount() - 1);
    m_retry->setEnabled(canRetry);
    m_signIn->setVisible(canSignIn && rows.size() == 1); // Else it cannot be used, either.
    m_openFolder->setEnabled(hasFile);
    const QModelIndexList copied = m_list->selectionModel()->selectedRows();
    m_copy->setEnabled(!copied.isEmpty());
    const bool isPart = std::any_of(copied.begin(), copied.end(),
                                    [this](const auto &row) { return m_model.isPart(row); });
    m_copy->setText(isPart && rows.isEmpty() ? tr("Co&py Digest") : tr("Co&py Details"));
    m_clear->setEnabled(std::any_of(m_model.rows().begin(), m_model.rows().end(),
                                    [](const auto &row) { return isOver(row.state); }));
}

void TransfersDock::updateGroups()
{
    QList<qsizetype> counts(int(TransferGroup::Done) + 1, 0);
    QList<std::pair<quint64, bool>> shown;
    for (const TransferRow &transfer : m_model.rows()) {
        for (int group = 0; group < counts.size(); ++group)
            counts[group] += belongsTo(TransferGroup(group), transfer) ? 1 : 0;
        shown.append({transfer.id, belongsTo(TransferGroup(m_groups->chosen()), transfer)});
    }
    m_groups->setCounts(counts);
    if (shown != m_shown) { // Else every byte that arrives would lay the list out anew.
        m_shown = shown;
        showGroup();
    }
    if (counts.at(m_groups->chosen()) == 0)
        m_groups->choose(int(TransferGroup::All)); // Nothing is left to look at.
}

void TransfersDock::showGroup()
{
    for (int row = 0; row < m_shown.size(); ++row) {
        const bool isShown = m_shown.at(row).second;
        m_list->setRowHidden(row, {}, !isShown);
        if (isShown)
            continue; // Else actions would be about what nobody sees.
        m_list->selectionModel()->select(m_model.index(row), QItemSelectionModel::Deselect);
        deselectBelow(m_model.index(row));
    }
}

void TransfersDock::forEachSelected(const std::function<void(quint64)> &function) const
{
    QList<quint64> ids; // First all, because the list may change on the way.
    const QModelIndexList rows = selectedTransfers();
    for (const QModelIndex &row : rows)
        ids.append(row.data(TransferListModel::IdRole).toULongLong());
    for (const quint64 id : ids)
        function(id);
}

void TransfersDock::openFolder() const
{
    const QModelIndexList rows = selectedTransfers();
    for (const QModelIndex &row : rows) {
        const QString path = row.data(TransferListModel::PathRole).toString();
        if (path.isEmpty() || m_model.rows().at(row.row()).state != State::Finished)
            continue;
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
        return;
    }
}

void TransfersDock::copyDetails() const
{
    QStringList lines;
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        lines.append(row.data(TransferListModel::CopyRole).toString());
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace Longshore::Ui
