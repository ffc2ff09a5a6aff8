// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/notifier.h"

#include <QHash>
#include <QObject>

namespace Longshore::Ui {

/// Notifications by the service of freedesktop.org, which every desktop under Linux has. Where it is
/// missing nothing happens, and nobody waits for it.
class DesktopNotifier final : public QObject, public Notifier
{
    Q_OBJECT

public:
    explicit DesktopNotifier(QObject *parent = nullptr);

    void show(const Notification &notification) override;

signals:
    /// Somebody has chosen that in a notification.
    void folderRequested(const QString &folder);

private slots:
    void handleAction(uint id, const QString &action);
    void handleClosed(uint id, uint reason);

private:
    void listen();

    QHash<uint, QString> m_folders; ///< Of the notifications that are there.
    bool m_isListening = false;
};

} // namespace Longshore::Ui
