// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Longshore {

/// RFC 4648, 5, without padding: the alphabet of everything in a JSON web signature.
[[nodiscard]] inline QByteArray toBase64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// Takes line breaks and spaces, as libtrust does; nothing when anything else is in \a text.
[[nodiscard]] inline std::optional<QByteArray> fromBase64Url(const QString &text)
{
    const QByteArray bare = text.toUtf8().replace('\n', "").replace(' ', "");
    const auto decoded = QByteArray::fromBase64Encoding(
        bare, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
                  | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(decoded.decoded) : std::nullopt;
}

} // namespace Longshore
