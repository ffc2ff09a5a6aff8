// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/unfinisheddialog.h"

#include "core/base/displaytext.h"
#include "ui/delegates/roomydelegate.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

/// How much of the run has left a trace.
static QString progressOf(const JournalRun &run)
{
    const auto known = std::count_if(run.items.begin(), run.items.end(),
                                     [](const auto &item) { return !item.result.state.isEmpty(); });
    const auto text = [&] {
        switch (run.kind) {
        case JournalRun::Kind::Deletion:
            return UnfinishedDialog::tr("Deletion: %1 of %2 images had their turn");
        case JournalRun::Kind::Untagging:
            return UnfinishedDialog::tr("Removal of tags alone: %1 of %2 had their turn");
        default: break;
        }
        return UnfinishedDialog::tr("Restore: %1 of %2 tags had their turn");
    }();
    return text.arg(known).arg(run.items.size());
}

UnfinishedDialog::UnfinishedDialog(const QList<JournalRun> &runs, QWidget *parent)
    : QDialog(parent)
    , m_runs(runs)
    , m_notice(new QLabel)
    , m_list(new QTreeWidget)
    , m_continue(new QPushButton(tr("Check and &Continue\u2026")))
    , m_restore(new QPushButton(tr("Check and &Restore\u2026")))
    , m_forget(new QPushButton(tr("&Forget")))
{
    setObjectName(u"unfinishedDialog"_s);
    setWindowTitle(tr("Not Finished"));
    auto *text = new QLabel;
    text->setTextFormat(Qt::PlainText);
    text->setText(
        tr("The program ended in the middle of these. Nothing is done about them by itself: "
           "the server is asked first how it stands there now."));
    text->setWordWrap(true);
    m_notice->setObjectName(u"unfinishedNotice"_s);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->hide();
    m_list->setObjectName(u"unfinishedList"_s);
    m_list->setAccessibleName(tr("What was not finished"));
    m_list->setHeaderLabels({tr("Begun"), tr("Repository"), tr("What is known")});
    m_list->setItemDelegate(new RoomyDelegate(m_list));
    m_list->setRootIsDecorated(false);
    for (const JournalRun &run : std::as_const(m_runs))
        m_list->addTopLevelItem(new QTreeWidgetItem(
            {QLocale().toString(run.begun.toLocalTime(), QLocale::ShortFormat),
             displayText(run.host + u'/' + run.repository->toString()), progressOf(run)}));
    m_list->header()->resizeSection(0, fontMetrics().averageCharWidth() * 26);
    m_list->header()->resizeSection(1, fontMetrics().averageCharWidth() * 36);
    m_list->setCurrentItem(m_list->topLevelItem(0));
    m_continue->setObjectName(u"continueRun"_s);
    m_restore->setObjectName(u"restoreRun"_s);
    m_forget->setObjectName(u"forgetRun"_s);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setObjectName(u"close"_s);
    auto *row = new QHBoxLayout;
    for (QPushButton *button : {m_continue, m_restore, m_forget}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    connect(m_continue, &QPushButton::clicked, this,
            [this] { emit continueRequested(*current()); });
    connect(m_restore, &QPushButton::clicked, this, [this] { emit restoreRequested(*current()); });
    connect(m_forget, &QPushButton::clicked, this, [this] { emit forgetRequested(current()->id); });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &UnfinishedDialog::updateButtons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_notice);
    layout->addLayout(row);
    layout->addWidget(buttons);
    updateButtons();
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 16);
}

const JournalRun *UnfinishedDialog::current() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row < 0 ? nullptr : &m_runs.at(row);
}

void UnfinishedDialog::updateButtons()
{
    const JournalRun *run = current();
    const bool isRestore = run && run->kind == JournalRun::Kind::Restore;
    m_continue->setEnabled(run && (!isRestore || !run->backupFolder.isEmpty()));
    // What goes on with a restore is a restore.
    m_restore->setEnabled(run && !isRestore && !run->backupFolder.isEmpty());
    m_forget->setEnabled(run);
}

void UnfinishedDialog::say(const QString &sentence)
{
    m_notice->setText(sentence);
    m_notice->setAccessibleName(sentence);
    m_notice->show();
}

void UnfinishedDialog::removeRun(qint64 id)
{
    for (int row = 0; row < m_runs.size(); ++row) {
        if (m_runs.at(row).id != id)
            continue;
        // Taking the row changes which one is current, and so must not be seen half done.
        const QSignalBlocker blocker(m_list);
        delete m_list->takeTopLevelItem(row);
        m_runs.removeAt(row);
        m_list->setCurrentItem(m_list->topLevelItem(0));
        break;
    }
    m_notice->hide();
    updateButtons();
    if (m_runs.isEmpty())
        close();
}

} // namespace Longshore::Ui
