// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/journaldialog.h"

#include "ui/dialogs/backupspanel.h"
#include "ui/dialogs/journalpanel.h"
#include "ui/format/tintedicon.h"
#include "ui/views/filteredtable.h"

#include <QAction>
#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

/// In characters, from the left; the last column takes the rest.
static void setWidths(const FilteredTable &table, const QList<int> &widths)
{
    const int character = table.fontMetrics().averageCharWidth();
    for (int column = 0; column < widths.size(); ++column)
        table.view().header()->resizeSection(column, character * widths.at(column));
}

JournalDialog::JournalDialog(JournalPanel *journal, BackupsPanel *backups, QWidget *parent)
    : QDialog(parent), m_journal(journal), m_backups(backups), m_tabs(new QTabWidget)
{
    setObjectName(u"journalDialog"_s);
    setWindowTitle(tr("Journal and Backups"));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    m_tabs->setObjectName(u"journalTabs"_s);
    m_tabs->setAccessibleName(tr("Journal and backups"));
    m_tabs->addTab(m_journal, tintedIcon(u"details"_s), tr("&Journal"));
    m_tabs->addTab(m_backups, tintedIcon(u"lock"_s), tr("&Backups"));
    setWidths(m_journal->table(), {25, 18, 17, 16, 13, 17, 17, 14, 13});
    setWidths(m_backups->table(), {25, 38, 38, 9, 12});
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setObjectName(u"close"_s);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *again = new QAction(this);
    again->setShortcut(Qt::Key_F5);
    connect(again, &QAction::triggered, this, &JournalDialog::reload);
    addAction(again);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(buttons);
    m_journal->table().view().setFocus();
    resize(fontMetrics().averageCharWidth() * 176, fontMetrics().height() * 32);
    reload();
}

void JournalDialog::removeBackups(const QStringList &folders)
{
    m_backups->remove(folders);
}

void JournalDialog::reload()
{
    m_journal->reload();
    m_backups->reload();
}

} // namespace Longshore::Ui
