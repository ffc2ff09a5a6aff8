// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"

#include "core/http/httpjob.h"

namespace Longshore {

HttpClient::HttpClient(Network &network, const Origin &home, const HttpSettings &settings,
                       QObject *parent)
    : QObject(parent)
    , m_home(home)
    , m_settings(settings)
    , m_requests(ExchangeLane::in(network.requests))
    , m_transfers(ExchangeLane::in(network.transfers))
    , m_queue(settings.parallelRequests)
{}

HttpJob *HttpClient::send(const HttpRequest &request)
{
    return new HttpJob(*this, request);
}

} // namespace Longshore
