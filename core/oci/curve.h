// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Longshore {

/// An elliptic curve and the algorithm that goes with it. RFC 7518, 3.4 and 6.2.1.1.
struct Curve
{
    const char *name; ///< In a JSON web key; OpenSSL knows it by this name, too.
    const char *algorithm; ///< The only one for keys on this curve.
    const char *hash; ///< What is signed of a text, by OpenSSL's name: "SHA256".
    int coordinateSize; ///< In bytes, also of each half of a signature.
};

/// Null when the name means none of P-256, P-384 and P-521.
[[nodiscard]] const Curve *findCurve(const QString &name);
/// The curve whose coordinates are that large.
[[nodiscard]] const Curve *findCurve(int keyBits);

} // namespace Longshore
