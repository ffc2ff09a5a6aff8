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
    enum class Priority {
        Interactive, ///< Somebody looks at the place where the answer will appear.
        Background, ///< Details of rows, inventories.
        Transfer, ///< Blobs.
    };

    explicit JobQueue(int limitPerHost = 6, QObject *parent = nullptr);

    void add(Job *job, const QString &host, Priority priority = Priority::Interactive);
    /// Jobs that wait; running ones are not counted.
    [[nodiscard]] qsizetype waitingCount() const;
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
