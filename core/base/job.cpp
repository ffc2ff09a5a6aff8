// SPDX-License-Identifier: Apache-2.0
#include "core/base/job.h"

#include "core/base/error.h"

#include <QPointer>

namespace Longshore {

Job::Job(QObject *parent) : QObject(parent)
{}

void Job::start()
{
    if (isFinished())
        return; // Cancelled before its start.
    Q_ASSERT_X(m_phase == Phase::Idle, Q_FUNC_INFO, "a job starts once");
    m_phase = Phase::Running;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (isRunning())
                doStart();
        },
        Qt::QueuedConnection);
}

void Job::cancel()
{
    if (isFinished())
        return;
    const auto children = findChildren<Job *>(QString(), Qt::FindDirectChildrenOnly);
    for (Job *child : children)
        child->cancel();
    fail(Error::cancelled());
}

void Job::markFinished()
{
    Q_ASSERT_X(!isFinished(), Q_FUNC_INFO, "a job finishes once");
    m_phase = Phase::Finished;
    releaseResources();
    QMetaObject::invokeMethod(
        this,
        [this] {
            const QPointer<Job> self = this; // A listener may delete the job or its owner.
            emit finished();
            if (self)
                deleteLater();
        },
        Qt::QueuedConnection);
}

} // namespace Longshore
