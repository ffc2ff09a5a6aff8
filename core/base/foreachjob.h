// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"

#include <QList>

#include <functional>

namespace Longshore {

/// Runs one job for each item, a bounded number at once, and hands over each result as it comes.
///
/// Succeeds when every item has had its turn, whatever became of it. Progress counts items.
template <typename Item, typename T>
class ForEachJob final : public ResultJob<Done>
{
public:
    /// Makes the job for one item, without starting it.
    using MakeJob = std::function<ResultJob<T> *(const Item &)>;
    /// Takes what became of one item, in the order in which the jobs end.
    using HandleResult = std::function<void(const Item &, const Result<T> &)>;

    /// Both functions are called in the thread of this job, and never after its end.
    ForEachJob(const QList<Item> &items, MakeJob makeJob, HandleResult handleResult,
               QObject *parent = nullptr)
        : ResultJob(parent)
        , m_items(items)
        , m_makeJob(std::move(makeJob))
        , m_handleResult(std::move(handleResult))
    {}

private:
    // More than any queue lets through at once, so that a free place never waits for us.
    static constexpr int mostAtOnce = 16;

    void doStart() override { startMore(); }

    void startMore()
    {
        while (isRunning() && m_next < m_items.size() && m_next - m_done < mostAtOnce) {
            const Item &item = m_items.at(m_next++);
            runChild(m_makeJob(item), [this, item](const Result<T> &result) {
                m_handleResult(item, result);
                ++m_done;
                emit progressChanged(m_done, m_items.size());
                if (isRunning())
                    startMore();
            });
        }
        if (isRunning() && m_done == m_items.size())
            succeed(Done());
    }

    QList<Item> m_items;
    MakeJob m_makeJob;
    HandleResult m_handleResult;
    qsizetype m_next = 0;
    qsizetype m_done = 0;
};

} // namespace Longshore
