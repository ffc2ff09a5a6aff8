// SPDX-License-Identifier: Apache-2.0
#include "core/http/exchangejob.h"

#include "core/http/exchangerunner.h"
#include "core/http/networkthread.h"
#include "core/http/ratelimit.h"

#include <atomic>

namespace Longshore {

ExchangeLane ExchangeLane::in(NetworkThread &thread)
{
    auto *runner = new ExchangeRunner(rateLimitOf(thread));
    runner->moveToThread(thread.thread());
    const auto letGo = [address = thread.address()](ExchangeRunner *last) {
        // Also a task that nobody reads any more is destroyed over there.
        address.post([owner = std::shared_ptr<ExchangeRunner>(last)] {});
    };
    return {std::shared_ptr<ExchangeRunner>(runner, letGo), thread.address()};
}

ExchangeJob::ExchangeJob(const ExchangeLane &lane, const HttpRequest &request,
                         const HttpTimeouts &timeouts, QObject *parent)
    : ResultJob(parent), m_lane(lane), m_request(request), m_timeouts(timeouts)
{}

ExchangeJob::~ExchangeJob()
{
    ExchangeJob::releaseResources();
}

void ExchangeJob::doStart()
{
    static std::atomic<quint64> lastId = 0;
    m_id = ++lastId;
    // `this` is only used from the mailbox, which dies with the job.
    Exchange::Observer observer{
        [this, home = m_mailbox.address()](qint64 done, qint64 total) {
            home.post([this, done, total] {
                if (isRunning()) // Posted before a cancel(), delivered behind it.
                    emit progressChanged(done, total);
            });
        },
        [this, home = m_mailbox.address()](const Result<HttpResponse> &result) {
            home.post([this, result] { handleFinished(result); });
        },
        [this, home = m_mailbox.address()] { home.post([this] { m_isUnsent = true; }); }};
    m_lane.thread.post(
        [runner = m_lane.runner, id = m_id, request = m_request, timeouts = m_timeouts,
         observer = std::move(observer)] { runner->start(id, request, timeouts, observer); });
}

void ExchangeJob::handleFinished(const Result<HttpResponse> &result)
{
    m_id = 0;
    if (!isRunning())
        return;
    if (result)
        succeed(*result);
    else
        fail(result.error());
}

void ExchangeJob::releaseResources()
{
    if (m_id == 0)
        return;
    m_lane.thread.post(
        [runner = m_lane.runner, id = std::exchange(m_id, 0)] { runner->abort(id); });
}

} // namespace Longshore
