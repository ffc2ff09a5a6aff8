// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/http/tlssettings.h"

#include <QStringList>

namespace Longshore {

/// The certificates in a PEM file; an Error of kind LocalFile when there is not one, or when
/// something else stands between them.
[[nodiscard]] Result<QList<QSslCertificate>> readCertificates(const QString &path);

/// Puts our certificate and its key into \a settings. The key may be EC or RSA, without a
/// password; an Error of kind LocalFile when it is none, or not that of the certificate.
[[nodiscard]] Result<Done> readClientCertificate(const QString &certificatePath,
                                                 const QString &keyPath, TlsSettings &settings);

/// What Docker and Podman would use for a registry, from <root>/<host:port> of the first of
/// \a roots where that is a folder: "*.crt" are authorities, "X.cert" with "X.key" is what we
/// show. One of the two without the other is an error that names the missing file.
[[nodiscard]] Result<TlsSettings> readCertificateFolder(const QString &hostAndPort,
                                                        const QStringList &roots);

/// Where Docker and Podman look, in their order.
[[nodiscard]] QStringList certificateRoots();

} // namespace Longshore
