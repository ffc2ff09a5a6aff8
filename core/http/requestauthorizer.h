// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/base/secret.h"

namespace Longshore {

struct HttpRequest;
struct HttpResponse;

/// Knows what to put into the Authorization header. Declared here, implemented by the room
/// "auth", which itself needs HTTP to fetch tokens.
///
/// Only asked for requests to the origin that the credentials are for.
class RequestAuthorizer
{
public:
    RequestAuthorizer() = default;
    virtual ~RequestAuthorizer() = default;
    Q_DISABLE_COPY_MOVE(RequestAuthorizer)

    /// The value of the header for a request that was not sent yet; empty for none. RFC
    /// 9110, 11.6.2. The caller starts the job.
    virtual ResultJob<Secret> *authorize(const HttpRequest &request) = 0;
    /// The value after the server answered 401 to \a request, which carried \a refused, or 403 where
    /// it carried nothing; an error when there is no better one to be had.
    virtual ResultJob<Secret> *answerChallenge(const HttpRequest &request,
                                               const HttpResponse &refusal,
                                               const Secret &refused) = 0;
    /// Whether there is a sign-in for \a request, and it is known how it is sent.
    [[nodiscard]] virtual bool canSignIn(const HttpRequest &request) const = 0;
    /// What it means that the server refused \a request even with \a refused, the fresh answer to
    /// its challenge.
    [[nodiscard]] virtual Error explainRefusal(const HttpRequest &request, const Error &refusal,
                                               const Secret &refused) = 0;
};

} // namespace Longshore
