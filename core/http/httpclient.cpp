// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"

#include "core/base/displaytext.h"
#include "core/http/httpjob.h"
#include "core/http/proxyrules.h"
#include "core/http/warningheader.h"

namespace Longshore {

constexpr int mostSilences = 10;
constexpr qsizetype mostWarnings = 100; // Nobody reads more of one connection.

HttpClient::HttpClient(Network &network, const Origin &home, const HttpSettings &settings,
                       QObject *parent)
    : QObject(parent)
    , m_home(home)
    , m_settings(settings)
    , m_requests(ExchangeLane::in(network.requests))
    , m_transfers(ExchangeLane::in(network.transfers))
    , m_queue(settings.parallelRequests)
{
    if (!m_settings.proxies)
        m_settings.proxies = ProxyRules::ofEnvironment();
}

HttpJob *HttpClient::send(const HttpRequest &request)
{
    return new HttpJob(*this, request);
}

std::shared_ptr<const ChangePermit> HttpClient::permitChanges()
{
    if (m_settings.isProduction && !m_mayChange)
        return {};
    auto permit = m_permit.lock();
    if (!permit)
        permit = std::make_shared<const ChangePermit>();
    m_permit = permit;
    return permit;
}

std::optional<Error> HttpClient::objectionTo(const HttpRequest &request) const
{
    if (request.isSafe())
        return {};
    if (m_settings.isReadOnly)
        return Error{Error::Kind::Policy, tr("This connection is read-only: nothing was sent.")};
    if (m_settings.isProduction && m_permit.expired())
        return Error{Error::Kind::Policy, tr("This connection is for production, and nobody has "
                                             "confirmed the change: nothing was sent.")};
    return {};
}

void HttpClient::noteOutcome(const QString &host, const Result<HttpResponse> &answer)
{
    using Kind = Error::Kind;
    if (answer)
        m_silences.remove(host);
    else if (answer.error().kind == Kind::Network || answer.error().kind == Kind::Timeout)
        ++m_silences[host];
}

bool HttpClient::seemsDown(const QString &host) const
{
    return m_silences.value(host) >= mostSilences;
}

void HttpClient::noteWarnings(const HttpResponse &response)
{
    if (Origin::of(response.url) != m_home)
        return;
    const QStringList texts = parseWarnings(response.headers.value("Warning"));
    for (const QString &text : texts) {
        const QString notice =
            tr("%1 warns: %2").arg(quotedText(m_home.hostAndPort()), quotedText(text));
        if (m_warnings.size() >= mostWarnings || m_warnings.contains(notice))
            continue;
        m_warnings.append(notice);
        emit serverWarned(notice);
    }
}

} // namespace Longshore
