// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"

#include "core/http/exchangerunner.h"
#include "core/http/httpjob.h"

namespace Longshore {

static ExchangeLane makeLane(NetworkThread &thread)
{
    auto runner = std::make_shared<ExchangeRunner>();
    runner->moveToThread(thread.thread());
    return {std::move(runner), thread.address()};
}

HttpClient::HttpClient(Network &network, const Origin &home, const HttpSettings &settings,
                       QObject *parent)
    : QObject(parent)
    , m_home(home)
    , m_settings(settings)
    , m_requests(makeLane(network.requests))
    , m_transfers(makeLane(network.transfers))
    , m_queue(settings.parallelRequests)
{}

HttpClient::~HttpClient()
{
    for (ExchangeLane *lane : {&m_requests, &m_transfers}) {
        // The last owner lets go in the thread where the manager lives.
        lane->thread.post([runner = std::exchange(lane->runner, {})]() mutable { runner.reset(); });
    }
}

HttpJob *HttpClient::send(const HttpRequest &request)
{
    return new HttpJob(*this, request);
}

} // namespace Longshore
