// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

class QNetworkAccessManager;
class QNetworkReply;

namespace Longshore {

class BodyDevice;
struct HttpRequest;
struct TlsSettings;

/// Hands a request to Qt, with everything turned off that Qt would do on its own. A \a body, if
/// there is one, must outlive the reply.
[[nodiscard]] QNetworkReply *sendRequest(QNetworkAccessManager &network, const HttpRequest &request,
                                         BodyDevice *body);

/// Why the request must not go the way that the system would send it: a password or a token that
/// anybody at a proxy could read.
[[nodiscard]] std::optional<Error> objectionToRoute(const HttpRequest &request);

/// Whether the user trusts this server whatever Qt finds wrong with its certificate.
[[nodiscard]] bool isTrustedAnyway(const QNetworkReply &reply, const TlsSettings &tls);

/// What Qt minds too little about the certificate of the server, or what the user does not trust.
/// Asked before anything is sent over a new connection.
[[nodiscard]] std::optional<Error> objectionToCertificate(const QNetworkReply &reply,
                                                          const TlsSettings *tls);

} // namespace Longshore
