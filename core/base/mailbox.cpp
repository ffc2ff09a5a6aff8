// SPDX-License-Identifier: Apache-2.0
#include "core/base/mailbox.h"

#include <QCoreApplication>
#include <QEvent>

#include <deque>
#include <mutex>

namespace Longshore {

struct Mailbox::Address::Shared
{
    std::mutex mutex;
    std::deque<Task> tasks;
    Mailbox *owner = nullptr;
};

bool Mailbox::Address::post(Task task) const
{
    if (!m_shared)
        return false;
    const std::lock_guard lock(m_shared->mutex);
    if (!m_shared->owner)
        return false;
    const bool wasEmpty = m_shared->tasks.empty();
    m_shared->tasks.push_back(std::move(task));
    if (wasEmpty)
        QCoreApplication::postEvent(m_shared->owner, new QEvent(QEvent::User));
    return true;
}

Mailbox::Mailbox(QObject *parent) : QObject(parent), m_address(std::make_shared<Address::Shared>())
{
    m_address.m_shared->owner = this;
}

Mailbox::~Mailbox()
{
    std::deque<Task> unread; // Destroyed after the lock is gone: tasks may own anything.
    const std::lock_guard lock(m_address.m_shared->mutex);
    m_address.m_shared->owner = nullptr;
    unread.swap(m_address.m_shared->tasks);
}

bool Mailbox::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    std::deque<Task> tasks;
    const Address address = m_address; // A task may delete this mailbox.
    {
        const std::lock_guard lock(address.m_shared->mutex);
        tasks.swap(address.m_shared->tasks);
    }
    for (const Task &task : tasks) {
        if (address.m_shared->owner != this)
            break;
        task();
    }
    return true;
}

} // namespace Longshore
