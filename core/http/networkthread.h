// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mailbox.h"

#include <QThread>

namespace Longshore {

/// A thread in which network requests run, so that bytes in bulk never meet the GUI thread.
class NetworkThread
{
public:
    /// Starts it. \a name is what debuggers show.
    explicit NetworkThread(const QString &name);
    /// Ends it, and everything that lives in it.
    ~NetworkThread();
    Q_DISABLE_COPY_MOVE(NetworkThread)

    /// Runs functions in this thread.
    [[nodiscard]] const Mailbox::Address &address() const noexcept { return m_address; }
    /// For objects that are to live in it.
    [[nodiscard]] QThread *thread() noexcept { return &m_thread; }

private:
    QThread m_thread;
    Mailbox::Address m_address;
};

/// The two threads of a program: what somebody waits for never queues behind a download.
struct Network
{
    NetworkThread requests{QStringLiteral("requests")}; ///< Small requests.
    NetworkThread transfers{QStringLiteral("transfers")}; ///< Blobs.
};

} // namespace Longshore
