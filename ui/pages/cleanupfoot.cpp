// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cleanupfoot.h"

#include "ui/format/tintedicon.h"
#include "ui/views/plainlabel.h"
#include "ui/views/rundetails.h"

#include <QBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = CleanupPresenter::State;

CleanupFoot::CleanupFoot(QWidget *parent)
    : QWidget(parent)
    , m_details(new RunDetails)
    , m_export(add(u"exportCleanup"_s, tr("&Export List\u2026"), &CleanupFoot::exportRequested))
    , m_openBackup(
          add(u"openBackup"_s, tr("Open &Backup Folder"), &CleanupFoot::backupFolderRequested))
    , m_what(plainLabel(u"cleanupStep"_s))
    , m_progress(new QProgressBar)
    , m_stop(add(u"stopCleanup"_s, {}, &CleanupFoot::stopRequested))
    , m_restore(add(u"restoreCleanup"_s, tr("&Restore\u2026"), &CleanupFoot::restoreRequested))
    , m_retry(add(u"retryFailed"_s, tr("Retr&y Failed\u2026"), &CleanupFoot::retryRequested))
    , m_again(add(u"planAgain"_s, tr("Plan A&gain"), &CleanupFoot::planRequested))
    , m_delete(add(u"cleanUpNow"_s, {}, &CleanupFoot::deletionRequested))
{
    m_progress->setObjectName(u"cleanupProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_again->setToolTip(tr("Read the repository again, and decide by the same rules"));
    m_retry->setToolTip(tr("Read the repository again, and plan only what failed"));
    m_retry->hide();
    m_delete->setIcon(tintedIcon(u"delete"_s));
    auto *layout = new QHBoxLayout;
    layout->addWidget(m_export);
    layout->addWidget(m_openBackup);
    layout->addWidget(m_what, 1);
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_stop);
    layout->addStretch();
    for (QPushButton *button : {m_restore, m_retry, m_again, m_delete})
        layout->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_details);
    column->addLayout(layout);
}

QPushButton *CleanupFoot::add(const QString &name, const QString &text,
                              void (CleanupFoot::*signal)())
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, signal);
    return button;
}

void CleanupFoot::showState(State state, bool hasRows, int count, const QString &objection)
{
    const bool isBusy = state == State::Checking || state == State::Running;
    const bool isDone = state == State::Done;
    for (QWidget *widget : QList<QWidget *>{m_what, m_progress, m_stop})
        widget->setVisible(isBusy);
    m_details->setVisible(state == State::Running);
    m_stop->setText(state == State::Running ? tr("&Stop after Current") : tr("&Stop"));
    for (QWidget *widget : QList<QWidget *>{m_openBackup, m_restore, m_again})
        widget->setVisible(isDone);
    m_delete->setVisible(!isDone);
    m_delete->setText(count > 0 ? tr("Back Up and &Delete %n Tag(s)\u2026", nullptr, count)
                                : tr("Back Up and &Delete\u2026"));
    m_delete->setEnabled(state == State::Ready && objection.isEmpty());
    m_delete->setToolTip(objection);
    m_export->setEnabled(hasRows && !isBusy);
    m_export->setVisible(!isBusy);
    m_export->setText(isDone ? tr("Save R&eport\u2026") : tr("&Export List\u2026"));
}

void CleanupFoot::offerRetry(bool hasFailed)
{
    m_retry->setVisible(hasFailed);
}

void CleanupFoot::showStep(const QString &what, qint64 done, qint64 total)
{
    constexpr int parts = 1000; // More bytes than an int may be.
    m_step = what;
    showWhat();
    m_progress->setRange(0, total > 0 ? parts : 0);
    m_progress->setValue(total > 0 ? static_cast<int>(done * parts / total) : 0);
}

/// How far it was stays, but for the time that was left.
void CleanupFoot::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    showWhat();
}

void CleanupFoot::showWhat()
{
    m_what->setText(m_isPaused ? tr("Paused") : m_step);
}

} // namespace Longshore::Ui
