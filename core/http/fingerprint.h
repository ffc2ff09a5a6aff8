// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

class QSslCertificate;

namespace Longshore {

/// The SHA-256 of a certificate, 32 bytes: what people compare who do not want to trust a wire.
[[nodiscard]] QByteArray fingerprintOf(const QSslCertificate &certificate);

/// "9F:86:D0:...", as other programs write it.
[[nodiscard]] QString fingerprintText(const QByteArray &fingerprint);

/// Reads 64 hexadecimal digits in any case, with or without colons, spaces and the "sha256:" or
/// "sha256 Fingerprint=" that programs put in front; nothing when it is anything else.
[[nodiscard]] std::optional<QByteArray> parseFingerprint(const QString &text);

} // namespace Longshore
