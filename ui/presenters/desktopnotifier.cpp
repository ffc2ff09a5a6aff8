// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/desktopnotifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;
const QString openAction = u"default"_s; // A click on the notification itself.
constexpr int patience = 5000; // In milliseconds; nothing waits for it.

} // namespace

DesktopNotifier::DesktopNotifier(QObject *parent) : QObject(parent)
{}

void DesktopNotifier::listen()
{
    if (std::exchange(m_isListening, true))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(service, path, service, u"ActionInvoked"_s, this,
                SLOT(handleAction(uint, QString)));
    bus.connect(service, path, service, u"NotificationClosed"_s, this,
                SLOT(handleClosed(uint, uint)));
}

void DesktopNotifier::show(const Notification &notification)
{
    if (!QDBusConnection::sessionBus().isConnected())
        return;
    listen();
    QStringList actions;
    if (!notification.folder.isEmpty())
        actions = {openAction, tr("Open Folder")};
    const QString application = QGuiApplication::desktopFileName();
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, u"Notify"_s);
    // Services take the body for HTML, some of them also when they say that they do not.
    call.setArguments({u"Longshore"_s, 0U, application, notification.summary,
                       notification.body.toHtmlEscaped(), actions,
                       QVariantMap{{u"desktop-entry"_s, application}}, -1});
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, patience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, folder = notification.folder] {
                const QDBusPendingReply<uint> reply = *watcher;
                if (!reply.isError() && !folder.isEmpty())
                    m_folders.insert(reply.value(), folder);
                watcher->deleteLater();
            });
}

void DesktopNotifier::handleAction(uint id, const QString &action)
{
    const QString folder = m_folders.value(id); // Those of other programs are none of ours.
    if (action == openAction && !folder.isEmpty())
        emit folderRequested(folder);
}

void DesktopNotifier::handleClosed(uint id, uint)
{
    m_folders.remove(id);
}

} // namespace Longshore::Ui
