// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QSslCertificate>
#include <QSslKey>

namespace Longshore {

/// A private key as it stands in a file.
struct ClientKeyFile
{
    QString path; ///< For messages.
    QByteArray pem; ///< All of it.
    Secret passphrase = {}; ///< Looked at only where the key is encrypted.
};

/// Whether nobody can read the key without its passphrase. PKCS #8, RFC 7468; and the older form
/// with "Proc-Type".
[[nodiscard]] bool isEncryptedKey(const QByteArray &pem);

/// The key that belongs to \a certificate: EC, RSA, Ed25519, whatever OpenSSL reads. An Error of
/// kind LocalFile tells a file without a key, a missing passphrase, a wrong one and the key of
/// another certificate apart. Asks nobody.
[[nodiscard]] Result<QSslKey> readClientKey(const ClientKeyFile &file,
                                            const QSslCertificate &certificate);

} // namespace Longshore
