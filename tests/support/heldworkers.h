// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QSemaphore>
#include <QThreadPool>

/// Keeps every worker but the first one of the next job waiting, until release(): for tests in
/// which something else must come first.
class HeldWorkers : public QObject
{
public:
    HeldWorkers()
    {
        pool().setMaxThreadCount(1);
        holdAfter(2); // One turn of the event loop starts the job, another one its worker.
    }
    ~HeldWorkers() override
    {
        release();
        pool().waitForDone();
        pool().setMaxThreadCount(m_threads);
    }
    void release() { m_released.release(); }

private:
    static QThreadPool &pool() { return *QThreadPool::globalInstance(); }

    void holdAfter(int turns)
    {
        const auto next = [this, turns] {
            if (turns > 0)
                return holdAfter(turns - 1);
            pool().start([this] { m_released.acquire(); });
        };
        QMetaObject::invokeMethod(this, next, Qt::QueuedConnection);
    }

    const int m_threads = pool().maxThreadCount();
    QSemaphore m_released;
};
