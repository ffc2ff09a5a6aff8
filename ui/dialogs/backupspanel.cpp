// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/backupspanel.h"

#include "core/base/displaytext.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/format/valueformat.h"
#include "ui/views/actionbutton.h"
#include "ui/views/filteredtable.h"
#include "ui/views/messagebar.h"
#include "ui/views/plainlabel.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

static constexpr qint64 gibibyte = 1024LL * 1024 * 1024;

BackupsPanel::BackupsPanel(const QString &place, std::shared_ptr<RunJournal> journal,
                           const BackupRetention &retention, QWidget *parent)
    : QWidget(parent)
    , m_presenter(place, std::move(journal), m_model)
    , m_table(new FilteredTable(m_model, {u"backups"_s, tr("Backups"), tr("Filter backups")}))
    , m_message(new MessageBar)
    , m_progress(new QProgressBar)
    , m_stop(new QPushButton(tr("S&top")))
    , m_summary(plainLabel(u"backupsSummary"_s))
    , m_days(new QSpinBox)
    , m_gibibytes(new QSpinBox)
    , m_restore(addAction(u"restoreSelected"_s, u"retry"_s, tr("&Restore\u2026")))
    , m_verify(addAction(u"verifySelected"_s, u"done"_s, tr("&Verify")))
    , m_remove(addAction(u"removeSelected"_s, u"delete"_s, tr("&Delete\u2026")))
    , m_open(addAction(u"openSelected"_s, u"folder"_s, tr("&Open Folder")))
    , m_retry(new QAction(tr("Try Again"), this))
{
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_retry->setObjectName(u"readBackupsAgain"_s);
    m_progress->setObjectName(u"backupsProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_stop->setObjectName(u"stopBackups"_s);
    m_message->hide();
    auto *progress = new QHBoxLayout;
    progress->addWidget(m_progress, 1);
    progress->addWidget(m_stop);
    m_progress->hide();
    m_stop->hide();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_message);
    layout->addWidget(m_table, 1);
    layout->addLayout(progress);
    layout->addLayout(buildButtons());
    layout->addLayout(buildRetention(retention));
    connectSignals();
}

QAction *BackupsPanel::addAction(const QString &name, const QString &icon, const QString &text)
{
    auto *action = new QAction(tintedIcon(icon), text, this);
    action->setObjectName(name);
    m_table->view().addAction(action);
    return action;
}

QLayout *BackupsPanel::buildButtons()
{
    auto *row = new QHBoxLayout;
    for (QAction *action : {m_restore, m_verify, m_remove, m_open})
        row->addWidget(actionButton(*action));
    row->addWidget(m_summary, 1);
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return row;
}

QLayout *BackupsPanel::buildRetention(const BackupRetention &retention)
{
    m_days->setObjectName(u"backupDays"_s);
    m_days->setAccessibleName(tr("Days for which backups are kept"));
    m_days->setRange(0, 9999);
    m_days->setSpecialValueText(tr("for ever"));
    m_days->setSuffix(tr(" days"));
    m_days->setValue(retention.days);
    m_gibibytes->setObjectName(u"backupGibibytes"_s);
    m_gibibytes->setAccessibleName(tr("What all backups may take"));
    m_gibibytes->setRange(0, 9999);
    m_gibibytes->setSpecialValueText(tr("any amount"));
    m_gibibytes->setSuffix(tr(" GiB"));
    m_gibibytes->setValue(static_cast<int>(retention.bytes / gibibyte));
    auto *keep = new QLabel(tr("&Keep backups:"));
    keep->setBuddy(m_days);
    auto *upTo = new QLabel(tr("&up to:"));
    upTo->setBuddy(m_gibibytes);
    auto *hint = plainLabel(
        u"retentionHint"_s,
        tr("What is beyond that is removed when the program starts, the oldest first. The newest "
           "backup, those of the last day and those of unfinished runs always stay."));
    auto *row = new QHBoxLayout;
    for (QWidget *widget : std::initializer_list<QWidget *>{keep, m_days, upTo, m_gibibytes})
        row->addWidget(widget);
    row->addWidget(hint, 1);
    return row;
}

void BackupsPanel::connectSignals()
{
    connect(m_table, &FilteredTable::selectionChanged, this, &BackupsPanel::updateActions);
    connect(m_table, &FilteredTable::activated, m_restore, &QAction::trigger);
    connect(m_restore, &QAction::triggered, this,
            [this] { emit restoreRequested(selectedFolders()); });
    connect(m_open, &QAction::triggered, this,
            [this] { emit openRequested(selected().constFirst().folder); });
    connect(m_remove, &QAction::triggered, this, [this] { emit removalRequested(selected()); });
    connect(m_verify, &QAction::triggered, this,
            [this] { m_presenter.verify(selected().constFirst().folder); });
    connect(m_stop, &QPushButton::clicked, &m_presenter, &BackupsPresenter::stop);
    connect(m_retry, &QAction::triggered, this, &BackupsPanel::reload);
    for (const QSpinBox *box : {m_days, m_gibibytes})
        connect(box, &QSpinBox::valueChanged, this, [this] { emit retentionChanged(retention()); });
    connect(&m_presenter, &BackupsPresenter::loaded, this, &BackupsPanel::showRows);
    connect(&m_presenter, &BackupsPresenter::progressed, this, &BackupsPanel::showProgress);
    connect(&m_presenter, &BackupsPresenter::verified, this, &BackupsPanel::showCheck);
    connect(&m_presenter, &BackupsPresenter::removed, this, &BackupsPanel::showRemovals);
    connect(&m_presenter, &BackupsPresenter::workFailed, this, &BackupsPanel::showFailure);
    connect(&m_presenter, &BackupsPresenter::failed, this, [this](const Error &error) {
        const ErrorText text = errorText(error);
        m_table->showFailure(tr("The backups cannot be listed."), text.summary(), m_retry);
    });
}

void BackupsPanel::reload()
{
    if (m_model.rowCount() == 0)
        m_table->showLoading(tr("Reading the backups\u2026"));
    m_presenter.reload();
}

QList<BackupRow> BackupsPanel::selected() const
{
    QList<BackupRow> backups;
    const QList<int> rows = m_table->selectedRows();
    for (const int row : rows)
        backups.append(m_model.rows().at(row));
    return backups;
}

QStringList BackupsPanel::selectedFolders() const
{
    QStringList folders;
    const QList<BackupRow> backups = selected();
    for (const BackupRow &backup : backups)
        folders.append(backup.folder);
    return folders;
}

BackupRetention BackupsPanel::retention() const
{
    return {m_days->value(), m_gibibytes->value() * gibibyte};
}

void BackupsPanel::updateActions()
{
    const QList<BackupRow> backups = selected();
    const bool isOne = backups.size() == 1;
    const bool isNeeded = std::any_of(backups.begin(), backups.end(),
                                      [](const BackupRow &backup) { return backup.isNeeded; });
    const bool isReadable =
        std::none_of(backups.begin(), backups.end(),
                     [](const BackupRow &backup) { return backup.repository.isEmpty(); });
    m_restore->setEnabled(!backups.isEmpty() && isReadable);
    m_verify->setEnabled(isOne && !m_presenter.isBusy());
    m_remove->setEnabled(!backups.isEmpty() && !isNeeded && !m_presenter.isBusy());
    m_remove->setToolTip(
        isNeeded ? tr("A run that is not finished needs this backup.")
                 : tr("Remove these backups; what they hold can then not be restored any more"));
    m_open->setEnabled(isOne);
}

void BackupsPanel::showRows()
{
    m_table->showRows(tr("There are no backups."),
                      tr("Before anything is deleted, what goes is saved in %1.")
                          .arg(quotedPath(m_presenter.place())));
    m_summary->setText(
        tr("%n backup(s), %1", nullptr, m_model.rowCount()).arg(formatBytes(m_model.totalBytes())));
    updateActions();
}

void BackupsPanel::showProgress(qint64 done, qint64 total)
{
    constexpr int steps = 1000; // Bytes may be more than an int.
    m_progress->setRange(0, total > 0 ? steps : 0);
    m_progress->setValue(total > 0 ? static_cast<int>(done * steps / total) : 0);
    m_progress->show();
    m_stop->show();
    updateActions();
}

void BackupsPanel::showCheck(const QString &folder, const BackupCheck &check)
{
    m_progress->hide();
    m_stop->hide();
    const auto count = static_cast<int>(check.blobs);
    if (check.problems.isEmpty())
        m_message->showMessage(
            MessageBar::Kind::Information,
            tr("The backup %1 is complete: %n file(s), %2, all as their digests say.", nullptr,
               count)
                .arg(quotedPath(folder), formatBytes(check.bytes)));
    else
        m_message->showMessage(MessageBar::Kind::Warning,
                               tr("The backup %1 is damaged: not everything in it can be restored.")
                                   .arg(quotedPath(folder)),
                               check.problems.join(u'\n'));
    updateActions();
}

void BackupsPanel::showRemovals(const QList<BackupRemoval> &removals)
{
    m_progress->hide();
    m_stop->hide();
    QStringList reasons;
    for (const BackupRemoval &removal : removals) {
        if (removal.error)
            reasons.append(removal.error->message);
    }
    const auto gone = static_cast<int>(removals.size() - reasons.size());
    if (reasons.isEmpty())
        m_message->showMessage(MessageBar::Kind::Information,
                               tr("%n backup(s) deleted.", nullptr, gone));
    else
        m_message->showMessage(
            MessageBar::Kind::Warning,
            tr("%n backup(s) could not be deleted.", nullptr, static_cast<int>(reasons.size())),
            reasons.join(u'\n'));
    updateActions();
}

void BackupsPanel::showFailure(const Error &error)
{
    m_progress->hide();
    m_stop->hide();
    const ErrorText text = errorText(error);
    m_message->showMessage(error.isCancelled() ? MessageBar::Kind::Information
                                               : MessageBar::Kind::Warning,
                           error.isCancelled() ? tr("Stopped.") : text.summary(),
                           error.isCancelled() ? QString() : text.details);
    updateActions();
}

} // namespace Longshore::Ui
