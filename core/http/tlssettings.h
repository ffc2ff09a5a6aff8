// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslCertificate>
#include <QSslKey>
#include <QStringList>

namespace Longshore {

/// How one registry is trusted, and what we show it, beyond what the system trusts anyway.
///
/// For the registry's own origin only: never for a token server or a store that it names.
struct TlsSettings
{
    QList<QSslCertificate> authorities = {}; ///< Trusted besides those of the system.
    /// Ours, and those that lead from it to an authority; empty for none.
    QList<QSslCertificate> certificates = {};
    QSslKey key = QSslKey(); ///< Of the first of the certificates.
    /// SHA-256 of the one certificate that is trusted whatever else is wrong with it, and the only
    /// one then; empty for none.
    QByteArray pinnedSha256 = {};
    /// Without, anybody may pretend to be the registry; a pinned certificate is looked at anyway.
    bool isVerified = true;
    QStringList notices = {}; ///< About the files that this came from; whole sentences.

    friend bool operator==(const TlsSettings &, const TlsSettings &) = default;
};

} // namespace Longshore
