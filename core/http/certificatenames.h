// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QSslCertificate;

namespace Longshore {

/// Whether \a certificate is for \a host by its subject alternative names, which alone count: Qt
/// also takes the common name, and a name for a number. RFC 9110, 4.3.4; RFC 6125, 6.4.
///
/// "*.reg.example" stands for one label, and never for a whole domain of the top.
[[nodiscard]] bool namesHost(const QSslCertificate &certificate, const QString &host);

} // namespace Longshore
