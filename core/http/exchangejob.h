// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mailbox.h"
#include "core/base/resultjob.h"
#include "core/http/httprequest.h"
#include "core/http/httpresponse.h"
#include "core/http/httpsettings.h"

namespace Longshore {

class ExchangeRunner;
class NetworkThread;

/// Where exchanges run: a manager and the thread that it lives in.
struct ExchangeLane
{
    std::shared_ptr<ExchangeRunner> runner; ///< Destroyed in its thread, whoever lets go last.
    Mailbox::Address thread; ///< Where the runner is used.

    /// A new runner in \a thread, with connections of its own.
    [[nodiscard]] static ExchangeLane in(NetworkThread &thread);
};

/// One request on the wire, seen from the thread that asked. No redirects, no retries: every status
/// is a success. Fails as Network, Timeout, Tls, Ambiguous, Protocol, TooLarge or Policy.
class ExchangeJob final : public ResultJob<HttpResponse>
{
    Q_OBJECT

public:
    /// \a request must be complete: nothing is added to it, no sign-in either.
    ExchangeJob(const ExchangeLane &lane, const HttpRequest &request, const HttpTimeouts &timeouts,
                QObject *parent = nullptr);
    ~ExchangeJob() override;

    /// Whether it has failed before one byte of the request had left.
    [[nodiscard]] bool isUnsent() const noexcept { return m_isUnsent; }

private:
    void doStart() override;
    void releaseResources() override;
    void handleFinished(const Result<HttpResponse> &result);

    ExchangeLane m_lane;
    HttpRequest m_request;
    HttpTimeouts m_timeouts;
    quint64 m_id = 0; // 0 while nothing runs over there.
    bool m_isUnsent = false;
    Mailbox m_mailbox;
};

} // namespace Longshore
