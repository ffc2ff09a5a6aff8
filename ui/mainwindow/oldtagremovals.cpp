// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/oldtagremovals.h"

#include "core/registry/registrysession.h"
#include "ui/dialogs/oldtagtext.h"
#include "ui/presenters/oldtagpresenter.h"
#include "ui/presenters/registrypresenter.h"

#include <QApplication>
#include <QEvent>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

OldTagRemovals::OldTagRemovals(RegistryPresenter &registries, QWidget *window)
    : QObject(window), m_registries(registries), m_window(window)
{}

void OldTagRemovals::await(const Place &repository, const OldTag &old,
                           const QList<quint64> &transfers)
{
    m_leaving.append({repository, old, QSet<quint64>(transfers.begin(), transfers.end())});
}

void OldTagRemovals::noteArrival(quint64 transfer)
{
    QList<Leaving> ready;
    for (Leaving &one : m_leaving) {
        if (one.awaited.remove(transfer) && one.awaited.isEmpty())
            ready.append(one);
    }
    m_leaving.removeIf([](const Leaving &one) { return one.awaited.isEmpty(); });
    for (const Leaving &one : std::as_const(ready))
        remove(one);
}

void OldTagRemovals::noteLoss(quint64 transfer)
{
    m_leaving.removeIf([transfer](const Leaving &one) { return one.awaited.contains(transfer); });
}

/// Somebody may have closed the connection since, or forbidden changes.
void OldTagRemovals::remove(const Leaving &leaving)
{
    const auto session = m_registries.session(leaving.repository.connectionId);
    const QString objection = session ? objectionToOldTags(*session, leaving.old.repository)
                                      : tr("The connection to the registry is closed.");
    ++m_running;
    if (!objection.isEmpty()) {
        OldTagOutcome outcome;
        outcome.error = Error{Error::Kind::Policy, objection};
        return handleOutcome(leaving, outcome);
    }
    auto *removal = new OldTagPresenter(session, leaving.old, m_journal, this);
    connect(removal, &OldTagPresenter::ended, this,
            [this, removal, leaving](const OldTagOutcome &outcome) {
                removal->deleteLater();
                handleOutcome(leaving, outcome);
            });
    removal->run();
}

void OldTagRemovals::handleOutcome(const Leaving &leaving, const OldTagOutcome &outcome)
{
    --m_running;
    emit changed(leaving.repository);
    if (outcome.state == UntagOutcome::State::Removed)
        emit removed(outcome.backupFolder);
    m_untold.append({leaving.old, outcome});
    if (!closeIfWanted(outcome))
        tell();
}

/// Whoever is asked something is not disturbed: later, when that dialog is gone.
void OldTagRemovals::tell()
{
    if (QWidget *modal = QApplication::activeModalWidget())
        return modal->installEventFilter(this);
    const auto untold = std::exchange(m_untold, {});
    for (const auto &[old, outcome] : untold) {
        auto *box = new QMessageBox(m_window);
        box->setObjectName(u"oldTagResult"_s);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setAttribute(Qt::WA_ShowWithoutActivating); // Somebody may be typing.
        box->setIcon(outcome.isGone() ? QMessageBox::Information : QMessageBox::Warning);
        box->setTextFormat(Qt::PlainText);
        box->setWindowTitle(tr("Retag Image"));
        box->setText(OldTagText::result(old, outcome));
        box->setStandardButtons(QMessageBox::Close);
        box->setModal(false); // Whoever waits for nothing is not stopped.
        box->show();
    }
}

bool OldTagRemovals::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Hide) {
        watched->removeEventFilter(this);
        QMetaObject::invokeMethod(this, &OldTagRemovals::tell, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

bool OldTagRemovals::mayClose(bool isForced)
{
    m_closing = Closing::NotWanted;
    if (m_running == 0)
        return true;
    m_closing = isForced ? Closing::Forced : Closing::Wanted;
    emit noticed(tr("The window closes when the old tag is removed."));
    return false;
}

/// As if somebody closed it now: whatever else goes on has a say.
bool OldTagRemovals::closeIfWanted(const OldTagOutcome &outcome)
{
    if (m_closing == Closing::NotWanted || m_running > 0)
        return false;
    const bool isForced = std::exchange(m_closing, Closing::NotWanted) == Closing::Forced;
    QString reason;
    if (!outcome.isGone())
        reason = tr("The window stays, because the old tag was not removed.");
    else if (QApplication::activeModalWidget())
        reason = tr("The window stays, because a dialog is open in it.");
    if (isForced || reason.isEmpty())
        return m_window->close();
    emit noticed(reason);
    return false;
}

} // namespace Longshore::Ui
