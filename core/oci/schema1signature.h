// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/signingkey.h"

#include <QDateTime>
#include <QList>

namespace Longshore {

/// What became of checking the signatures of a schema 1 manifest.
struct Schema1Check
{
    /// One of them, and what is wrong with it.
    struct Signature
    {
        QString keyId; ///< Computed from the key itself; empty when there is no usable key.
        QString algorithm; ///< As the document names it.
        std::optional<Error> error; ///< Why it does not hold.
    };

    QByteArray payload; ///< What was signed; its SHA-256 is the digest of the manifest.
    QList<Signature> signatures; ///< In the order of the document.

    /// There is a signature, and all of them hold. The keys name themselves, so this says that
    /// nobody has changed the payload since, and nothing about who signed it.
    [[nodiscard]] bool isValid() const;
};

/// Checks each signature of \a document (libtrust's form, as schema 1 uses it; RFC 7515, 7.2). An
/// Error of kind DigestMismatch when the document has none, Protocol when they do not agree about
/// what was signed.
[[nodiscard]] Result<Schema1Check> checkSchema1Signatures(const QByteArray &document);

/// The document that a registry takes: \a payload with one signature of \a key. The payload stays
/// as it is, to the byte. An Error of kind InvalidInput when it is no JSON object or has been
/// signed, LocalFile when OpenSSL cannot sign. \a time is noted in seconds of UTC.
[[nodiscard]] Result<QByteArray> signSchema1(const QByteArray &payload, const SigningKey &key,
                                             const QDateTime &time);

} // namespace Longshore
