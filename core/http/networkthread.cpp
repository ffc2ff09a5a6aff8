// SPDX-License-Identifier: Apache-2.0
#include "core/http/networkthread.h"

namespace Longshore {

NetworkThread::NetworkThread(const QString &name)
{
    m_thread.setObjectName(name);
    auto *mailbox = new Mailbox;
    m_address = mailbox->address();
    mailbox->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, mailbox, &QObject::deleteLater);
    m_thread.start();
}

NetworkThread::~NetworkThread()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace Longshore
