// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/http/tlssettings.h"

#include <QStringList>

namespace Longshore {

/// The certificates in a PEM file; an Error of kind LocalFile when there is not one, or when
/// something else stands between them.
[[nodiscard]] Result<QList<QSslCertificate>> readCertificates(const QString &path);

/// Where our certificate is, and its key.
struct ClientCertificateFiles
{
    QString certificate; ///< In PEM; the others of the file go along with the first.
    QString key; ///< In PEM.
    Secret passphrase = {}; ///< For a key that is encrypted.
};

/// Puts our certificate and its key into \a settings, with a notice when others may read the key.
/// An Error of kind LocalFile says what is wrong with the files or with the passphrase.
[[nodiscard]] Result<Done> readClientCertificate(const ClientCertificateFiles &files,
                                                 TlsSettings &settings);

/// Whether a key can only be read with its passphrase. An Error of kind LocalFile when there is no
/// such file.
[[nodiscard]] Result<bool> needsPassphrase(const QString &keyPath);

/// What Docker and Podman would use for a registry, from ROOT/HOST:PORT for the first of
/// \a roots where that is a folder: "*.crt" are authorities, "X.cert" with "X.key" is what we
/// show. One of the two without the other is an Error of kind LocalFile that names the missing
/// file; no folder at all is none. Docker's "Verify repository client with certificates";
/// containers-certs.d(5).
[[nodiscard]] Result<TlsSettings> readCertificateFolder(const QString &hostAndPort,
                                                        const QStringList &roots);

/// Where Docker and Podman look, in their order.
[[nodiscard]] QStringList certificateRoots();

} // namespace Longshore
