// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <functional>
#include <memory>
#include <optional>

class QNetworkAccessManager;
class QNetworkReply;
class QObject;

namespace Longshore {

class BodyDevice;
struct HttpRequest;
struct HttpResponse;
struct TlsSettings;

/// Hands a request to Qt, with everything turned off that Qt would do on its own. A \a body, if
/// there is one, must outlive the reply.
[[nodiscard]] QNetworkReply *sendRequest(QNetworkAccessManager &network, const HttpRequest &request,
                                         BodyDevice *body);

/// Tells \a answer, at once or later, why the request must not go the way that the system would send
/// it: a password or a token that anybody at a proxy could read, or what checkReferral() minds. Of
/// kind Policy; nothing when it may. Not when \a context is destroyed first.
void checkRoute(const HttpRequest &request, QObject *context,
                const std::function<void(const std::optional<Error> &)> &answer);

/// Takes the status and the headers into \a response; the size of all lines in bytes.
[[nodiscard]] qint64 readHeaders(const QNetworkReply &reply, HttpResponse &response);

/// The certificate that Qt refused on the way to this reply; null when it refused none.
[[nodiscard]] std::shared_ptr<const RefusedCertificate>
certificateRefusedFor(const QNetworkReply &reply);

/// Whether nobody was there to whom anything of the request could be sent. Qt connects again by
/// itself, so that a connection that was refused need not be the first one: then this is false.
[[nodiscard]] bool hasFoundNobody(const QNetworkReply &reply);

/// What Qt minds too little about the certificate of the server, or what the user does not trust.
/// Nothing for a reply that does not come over TLS. Of kind Tls. RFC 9110, 4.3.4.
[[nodiscard]] std::optional<Error> objectionToCertificate(const QNetworkReply &reply,
                                                          const TlsSettings *tls);

} // namespace Longshore
