// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/testserver.h"

#include <algorithm>

/// Whether a secret stands in \a bytes, in any form in which one may get there.
[[nodiscard]] inline bool holdsSecret(const QByteArray &bytes, const QByteArray &secret)
{
    const auto base64 = [](const QByteArray &text) {
        return text.toBase64(QByteArray::OmitTrailingEquals);
    };
    const QByteArrayList forms{secret, secret.toPercentEncoding(), base64(secret),
                               base64("me:" + secret), secret.toHex()};
    return std::any_of(forms.begin(), forms.end(),
                       [&](const QByteArray &form) { return bytes.contains(form); });
}

/// Whether a server was shown the secret in a request.
[[nodiscard]] inline bool holdsSecret(const TestServer &server, const QByteArray &secret)
{
    const auto &requests = server.requests();
    return std::any_of(requests.begin(), requests.end(), [&](const TestRequest &request) {
        return holdsSecret(request.raw, secret);
    });
}
