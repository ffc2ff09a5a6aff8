// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>

#include <array>
#include <deque>

namespace Longshore {

class Job;

/// Starts jobs in order of priority, never more than a set number at once for one host.
///
/// The queue owns nothing: a job that is deleted or cancelled while it waits just leaves.
class JobQueue final : public QObject
{
    Q_OBJECT

public:
    /// Who goes first. Each lower one leaves a place free for those above it.
    enum class Priority {
        Interactive, ///< Somebody looks at the place where the answer will appear.
        Background, ///< Details of rows, inventories.
        Transfer, ///< Blobs.
    };

    /// At most \a limitPerHost jobs run for one host at once; there is always place for one.
    explicit JobQueue(int limitPerHost = 6, QObject *parent = nullptr);

    /// Starts \a job when its turn comes, which may be now. \a host is only compared.
    void add(Job *job, const QString &host, Priority priority = Priority::Interactive);
    /// Jobs that wait; running ones are not counted.
    [[nodiscard]] qsizetype waitingCount() const;
    /// Jobs that were started for \a host and have not ended.
    [[nodiscard]] int runningCount(const QString &host) const;

private:
    struct Host
    {
        std::array<std::deque<QPointer<Job>>, 3> waiting;
        int running = 0;
    };

    void startWhatFits(const QString &host);
    void startNow(Job *job, const QString &host);
    [[nodiscard]] int limit(size_t lane) const;

    const int m_limitPerHost;
    QHash<QString, Host> m_hosts;
};

} // namespace Longshore
