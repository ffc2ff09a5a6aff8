// SPDX-License-Identifier: Apache-2.0
#include "core/base/jobqueue.h"

#include "core/base/job.h"

#include <algorithm>
#include <memory>

namespace Longshore {

JobQueue::JobQueue(int limitPerHost, QObject *parent)
    : QObject(parent), m_limitPerHost(qMax(1, limitPerHost))
{}

void JobQueue::add(Job *job, const QString &host, Priority priority)
{
    m_hosts[host].waiting.at(static_cast<size_t>(priority)).push_back(job);
    startWhatFits(host);
}

static bool isWaiting(const QPointer<Job> &job)
{
    return job && !job->isFinished(); // Deleted or cancelled jobs just leave.
}

qsizetype JobQueue::waitingCount() const
{
    qsizetype count = 0;
    for (const Host &host : m_hosts) {
        for (const auto &lane : host.waiting)
            count += std::count_if(lane.begin(), lane.end(), isWaiting);
    }
    return count;
}

int JobQueue::runningCount(const QString &host) const
{
    const auto found = m_hosts.constFind(host);
    return found == m_hosts.constEnd() ? 0 : found->running;
}

int JobQueue::limit(size_t lane) const
{
    // One place less for each step down: transfers may take hours, so that they must leave one
    // place for details, and details one for what somebody waits for.
    return qMax(1, m_limitPerHost - static_cast<int>(lane));
}

void JobQueue::startWhatFits(const QString &host)
{
    for (size_t i = 0; i < m_hosts[host].waiting.size(); ++i) {
        // Looked up in every round: starting a job may add others.
        while (!m_hosts[host].waiting.at(i).empty() && m_hosts[host].running < limit(i)) {
            const QPointer<Job> job = m_hosts[host].waiting.at(i).front();
            m_hosts[host].waiting.at(i).pop_front();
            if (isWaiting(job))
                startNow(job, host);
        }
    }
}

void JobQueue::startNow(Job *job, const QString &host)
{
    ++m_hosts[host].running;
    // A job ends by finished() or by being deleted; whichever comes first frees the place.
    auto leave = [this, host, left = std::make_shared<bool>(false)] {
        if (std::exchange(*left, true))
            return;
        --m_hosts[host].running;
        startWhatFits(host);
    };
    connect(job, &Job::finished, this, leave);
    connect(job, &QObject::destroyed, this, leave);
    job->start();
}

} // namespace Longshore
