// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/backgroundruns.h"

#include "ui/dialogs/deletedialog.h"
#include "ui/format/tintedicon.h"

#include <QApplication>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

BackgroundRuns::BackgroundRuns(QStatusBar &bar, QWidget *window)
    : QObject(window), m_window(window), m_button(new QToolButton)
{
    m_button->setObjectName(u"backgroundRuns"_s);
    m_button->setIcon(tintedIcon(u"delete"_s));
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setAutoRaise(true);
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_button->setToolTip(tr("Show it again"));
    m_button->setAccessibleName(tr("Deletions in the background"));
    m_button->hide();
    bar.addPermanentWidget(m_button);
    connect(m_button, &QToolButton::clicked, this, &BackgroundRuns::chooseRun);
}

void BackgroundRuns::send(DeleteDialog *dialog)
{
    dialog->hide();
    begin({&dialog->watch(),
           [dialog] {
               return dialog->watch().isRunning()
                          ? tr("Deleting: %1", "how far it is").arg(dialog->watch().counts())
                          : dialog->headline();
           },
           [dialog] { dialog->open(); }, true});
}

void BackgroundRuns::add(RunWatch &watch, const QString &what, const std::function<void()> &show)
{
    begin({&watch,
           [what, &watch] {
               return tr("Cleaning up %1: %2", "what, and how far it is").arg(what, watch.counts());
           },
           show});
}

void BackgroundRuns::begin(const Run &run)
{
    // Behind whoever shows the run: what became of it is known there then. Pages run more than once.
    constexpr auto once =
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::UniqueConnection);
    m_runs.append(run);
    connect(run.watch, &RunWatch::changed, this, &BackgroundRuns::update, once);
    // What the run is of takes the watch along.
    connect(run.watch, &QObject::destroyed, this, &BackgroundRuns::update, once);
    update();
}

bool BackgroundRuns::wouldBeMissed(const Run &run)
{
    return run.staysWhenOver && run.watch && run.watch->isRunning();
}

bool BackgroundRuns::isBusy() const
{
    return std::any_of(m_runs.begin(), m_runs.end(), &BackgroundRuns::wouldBeMissed);
}

void BackgroundRuns::update()
{
    m_runs.removeIf([](const Run &run) {
        return !run.watch || (!run.watch->isRunning() && !run.staysWhenOver);
    });
    m_button->setVisible(!m_runs.isEmpty());
    if (m_runs.size() == 1)
        m_button->setText(m_runs.first().text());
    else
        m_button->setText(tr("%n deletion(s)", nullptr, static_cast<int>(m_runs.size())));
    if (!m_runs.isEmpty())
        m_button->setAccessibleName(m_button->text());
    closeIfStopped();
}

/// As if somebody closed it now: whatever else goes on has a say.
void BackgroundRuns::closeIfStopped()
{
    if (!m_closesWhenStopped || isBusy())
        return;
    m_closesWhenStopped = false;
    if (QApplication::activeModalWidget()) // Such as the run itself, at which somebody looks again.
        return emit noticed(tr("The window stays, because a dialog is open in it."));
    m_window->close();
}

void BackgroundRuns::show(const Run &run)
{
    if (run.staysWhenOver) {
        disconnect(run.watch, nullptr, this, nullptr);
        m_runs.removeIf([&run](const Run &one) { return one.watch == run.watch; });
    }
    run.show();
    update();
}

void BackgroundRuns::chooseRun()
{
    const QList<Run> runs = m_runs; // The one that is shown leaves the list.
    if (runs.size() == 1)
        return show(runs.first());
    auto *menu = new QMenu(m_button);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Run &run : runs)
        connect(menu->addAction(run.text()), &QAction::triggered, this, [this, run] {
            if (run.watch)
                show(run);
        });
    menu->popup(m_button->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

bool BackgroundRuns::mayClose()
{
    m_closesWhenStopped = false; // Whoever closes the window again is asked again.
    if (!isBusy())
        return true;
    auto *question = new QMessageBox(m_window);
    question->setObjectName(u"stopRunsDialog"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::Question);
    question->setTextFormat(Qt::PlainText);
    question->setWindowTitle(tr("A Deletion is Running"));
    question->setText(tr("What is being deleted in the background is not finished. It would end "
                         "behind what is being dealt with; the rest stays."));
    QPushButton *stop = question->addButton(tr("&Stop and Quit"), QMessageBox::DestructiveRole);
    stop->setObjectName(u"stopAndQuit"_s);
    QPushButton *keep = question->addButton(tr("&Keep Window"), QMessageBox::RejectRole);
    keep->setObjectName(u"keepWindow"_s);
    question->setDefaultButton(keep);
    connect(stop, &QPushButton::clicked, this, &BackgroundRuns::stopAll);
    question->open();
    return false;
}

void BackgroundRuns::stopAll()
{
    m_closesWhenStopped = true;
    const QList<Run> runs = m_runs;
    for (const Run &run : runs) {
        if (wouldBeMissed(run))
            run.watch->stop();
    }
    // It may have ended meanwhile. Later, because the question is still about to go.
    QMetaObject::invokeMethod(this, &BackgroundRuns::update, Qt::QueuedConnection);
}

} // namespace Longshore::Ui
