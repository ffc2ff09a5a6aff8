// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QString>

#include <memory>

namespace Longshore {

struct TlsSettings;

/// What a person chose for the TLS of one registry: where TlsSettings come from.
struct TlsChoice
{
    QString authorities = {}; ///< A file in PEM, as the others; empty for none.
    QString certificate = {}; ///< Ours, which takes a key.
    QString key = {}; ///< Of the certificate.
    Secret passphrase = {}; ///< Of a key that is encrypted; not for storing.
    /// The fingerprint of the one certificate to trust, as parseFingerprint() reads it.
    QString pin = {};
    bool isVerified = true; ///< See TlsSettings::isVerified.

    friend bool operator==(const TlsChoice &, const TlsChoice &) = default;
};

/// Reads the files; null when nothing was chosen. What cannot be read is an Error of kind
/// LocalFile, what cannot be meant one of kind InvalidInput, so that nobody is trusted more, or
/// less, than was asked for.
[[nodiscard]] Result<std::shared_ptr<const TlsSettings>> readTlsChoice(const TlsChoice &choice);

} // namespace Longshore
