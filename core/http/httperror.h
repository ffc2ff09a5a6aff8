// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

class QNetworkReply;
class QUrl;

namespace Longshore {

struct HttpRequest;
struct HttpResponse;

/// How far a request got before it failed.
struct Progress
{
    bool mayHaveHappened = false; ///< A change was sent, and its answer is lost.
    bool hadAnswer = false; ///< The answer began.
};

/// What Qt says about a reply that never became a whole answer, as an Error: Network, Timeout, Tls,
/// Protocol, Forbidden by a proxy, or Ambiguous when a change may have happened.
[[nodiscard]] Error networkError(const QNetworkReply &reply, Progress progress);

/// The other side did nothing for too long: Timeout, or Ambiguous.
[[nodiscard]] Error timeoutError(const QUrl &url, bool wasSent, bool mayHaveHappened);

/// A refusal (status 400 and above) with the registry's own words, cut and made safe to show. The
/// kind follows the status: 401 Unauthorized, 403 Forbidden, 404 NotFound, 405 Unsupported, 408
/// Timeout, 413 TooLarge, 429 RateLimited, else Protocol; Forbidden also for a token that does not
/// reach (RFC 6750, 3.1).
/// OCI distribution-spec, "Error Codes"; also reads the forms of token servers and gateways.
[[nodiscard]] Error refusalError(const HttpResponse &response);

/// A redirect or any other answer that means nothing to the one who asked. Of kind Protocol.
[[nodiscard]] Error unexpectedStatus(const HttpResponse &response);

/// Whether the server says that it made the change which it was asked for; else it is an answer
/// that means nothing. A page on which to sign in is no success, whatever its status.
[[nodiscard]] Result<Done> checkChange(const HttpResponse &response);

} // namespace Longshore
