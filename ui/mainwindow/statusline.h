// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentialsource.h"
#include "core/base/error.h"

#include <QObject>

class QLabel;
class QStatusBar;

namespace Longshore {
class RegistrySession;
}

namespace Longshore::Ui {

class IconLabel;
enum class Protection;

/// What the status bar says: the page in front, the transfers, the connection; and for a while
/// what has just happened.
class StatusLine final : public QObject
{
    Q_OBJECT

public:
    explicit StatusLine(QStatusBar &bar);

    void showPage(const QString &summary);
    void showTransfers(qsizetype activeCount);
    void showConnection(const RegistrySession *session, const FoundCredentials &account);
    /// Instead of a connection.
    void showFiles(const QString &path);
    void showRetry(const Error &reason, std::chrono::milliseconds delay);
    void showCopied();
    /// For as long as nothing else is said; nothing when it is empty.
    void showHint(const QString &text);

private:
    void showProtection(Protection protection);

    QStatusBar &m_bar;
    IconLabel *m_protection;
    QLabel *m_connection;
    QLabel *m_page;
    QLabel *m_transfers;
};

} // namespace Longshore::Ui
