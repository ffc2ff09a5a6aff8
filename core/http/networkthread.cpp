// SPDX-License-Identifier: Apache-2.0
#include "core/http/networkthread.h"

#include <openssl/crypto.h>

namespace Longshore {

NetworkThread::NetworkThread(const QString &name)
{
    // Qt calls a thread finished a little before it is. When the process ends at that moment,
    // OpenSSL must not be taken down under it.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
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
