// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <openssl/evp.h>

#include <memory>

namespace Longshore {

struct Curve;

// What the classes of keys need of OpenSSL; only their sources include this.

using OpenSslKey = std::shared_ptr<EVP_PKEY>;

/// Takes the key over; null stays null.
[[nodiscard]] OpenSslKey ownKey(EVP_PKEY *key);
/// A key on a curve from its two coordinates, one behind the other, and its secret number if it
/// is to sign; null when the point is not on the curve, or the number is not that of the point.
[[nodiscard]] OpenSslKey makeCurveKey(const Curve &curve, const QByteArray &point,
                                      const QByteArray &secretNumber = {});
[[nodiscard]] OpenSslKey makeRsaKey(const QByteArray &modulus, const QByteArray &exponent);
/// The SubjectPublicKeyInfo of RFC 5280.
[[nodiscard]] QByteArray publicDer(const OpenSslKey &key);
/// Signatures in the form of OpenSSL; the new one is empty when it cannot be made.
[[nodiscard]] bool verifySignature(const OpenSslKey &key, const char *hash,
                                   const QByteArray &signature, const QByteArray &bytes);
[[nodiscard]] QByteArray makeSignature(const OpenSslKey &key, const char *hash,
                                       const QByteArray &bytes);

} // namespace Longshore
