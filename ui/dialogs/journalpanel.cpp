// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/journalpanel.h"

#include "core/base/displaytext.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/views/actionbutton.h"
#include "ui/views/filteredtable.h"
#include "ui/views/messagebar.h"
#include "ui/views/plainlabel.h"

#include <QAction>
#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

JournalPanel::JournalPanel(std::shared_ptr<RunJournal> journal, QWidget *parent)
    : QWidget(parent)
    , m_presenter(std::move(journal), m_model)
    , m_table(new FilteredTable(m_model, {u"journal"_s, tr("Journal"), tr("Filter changes")}))
    , m_message(new MessageBar)
    , m_summary(plainLabel(u"journalSummary"_s))
    , m_restore(addAction(u"restoreChange"_s, u"retry"_s, tr("&Restore\u2026")))
    , m_open(addAction(u"openChangeBackup"_s, u"folder"_s, tr("&Open Backup")))
    , m_copy(addAction(u"copyChanges"_s, u"copy"_s, tr("&Copy as Text")))
    , m_save(addAction(u"saveJournal"_s, u"export"_s, tr("&Save Report\u2026")))
    , m_retry(new QAction(tr("Try Again"), this))
{
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_retry->setObjectName(u"readJournalAgain"_s);
    buildLayout();
    connect(m_table, &FilteredTable::selectionChanged, this, &JournalPanel::updateActions);
    connect(m_table, &FilteredTable::activated, m_restore, &QAction::trigger);
    connect(m_restore, &QAction::triggered, this,
            [this] { emit restoreRequested(selectedBackups()); });
    connect(m_open, &QAction::triggered, this,
            [this] { emit openRequested(selectedBackups().constFirst()); });
    connect(m_copy, &QAction::triggered, this, &JournalPanel::copyRows);
    connect(m_save, &QAction::triggered, this, &JournalPanel::savingRequested);
    connect(m_retry, &QAction::triggered, this, &JournalPanel::reload);
    connect(&m_presenter, &JournalPresenter::loaded, this, [this] {
        m_table->showRows(tr("Nothing was changed yet."),
                          tr("Whatever this program changes on a server is written down here."));
        updateActions();
    });
    connect(&m_presenter, &JournalPresenter::failed, this, [this](const Error &error) {
        m_table->showFailure(tr("The journal cannot be read."), errorText(error).summary(),
                             m_retry);
    });
    connect(&m_presenter, &JournalPresenter::saved, this, [this](const QString &path) {
        m_message->showMessage(MessageBar::Kind::Information,
                               tr("The report is in %1.").arg(quotedPath(path)));
    });
    connect(&m_presenter, &JournalPresenter::savingFailed, this, [this](const Error &error) {
        m_message->showMessage(MessageBar::Kind::Warning, errorText(error).summary(),
                               errorText(error).details);
    });
}

void JournalPanel::buildLayout()
{
    auto *row = new QHBoxLayout;
    for (QAction *action : {m_restore, m_open, m_save})
        row->addWidget(actionButton(*action));
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_summary, 1);
    m_message->hide();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_message);
    layout->addWidget(m_table, 1);
    layout->addLayout(row);
}

QAction *JournalPanel::addAction(const QString &name, const QString &icon, const QString &text)
{
    auto *action = new QAction(tintedIcon(icon), text, this);
    action->setObjectName(name);
    m_table->view().addAction(action);
    return action;
}

void JournalPanel::reload()
{
    if (m_model.rowCount() == 0)
        m_table->showLoading(tr("Reading the journal\u2026"));
    m_presenter.reload();
}

void JournalPanel::save(const QString &path)
{
    m_presenter.save(rowsAt(m_table->shownRows()), path);
}

QList<JournalRow> JournalPanel::rowsAt(const QList<int> &numbers) const
{
    QList<JournalRow> rows;
    for (const int number : numbers)
        rows.append(m_model.row(number));
    return rows;
}

QStringList JournalPanel::selectedBackups() const
{
    QStringList folders;
    const QList<JournalRow> rows = rowsAt(m_table->selectedRows());
    for (const JournalRow &row : rows) {
        if (!row.backupFolder.isEmpty())
            folders.append(row.backupFolder);
    }
    folders.removeDuplicates();
    return folders;
}

void JournalPanel::updateActions()
{
    const QStringList backups = selectedBackups();
    m_restore->setEnabled(!backups.isEmpty());
    m_open->setEnabled(backups.size() == 1);
    m_copy->setEnabled(!m_table->selectedRows().isEmpty());
    m_save->setEnabled(m_model.rowCount() > 0);
    m_summary->setText(tr("%n change(s), kept for 90 days", nullptr, m_model.rowCount()));
}

void JournalPanel::copyRows() const
{
    QStringList lines;
    const QList<int> rows = m_table->selectedRows();
    for (const int row : rows) {
        QStringList cells;
        for (int column = 0; column < JournalTableModel::ColumnCount; ++column)
            cells.append(m_model.index(row, column).data(Qt::DisplayRole).toString());
        lines.append(cells.join(u'\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace Longshore::Ui
