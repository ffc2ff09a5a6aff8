// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QSslCertificate>
#include <QSslError>
#include <QStringList>

namespace Longshore {

struct TlsSettings;

/// A certificate that was not accepted, and why.
struct RefusedCertificate
{
    /// The weightiest first.
    enum class Reason {
        Changed, ///< Not the one that is trusted here and no other.
        Expired,
        NotYetValid,
        WrongHost,
        NamesNoHost, ///< No subject alternative name, which is all that counts.
        SelfSigned,
        UnknownAuthority,
        Other, ///< Only the words of the library say what.
    };

    QString host; ///< "reg.lab:5000"
    QList<QSslCertificate> chain; ///< As the server showed it, its own first; never empty.
    QList<Reason> reasons; ///< In the order of their weight; never empty.
    QByteArray pinnedSha256 = {}; ///< What was expected instead; empty for anything good.
    QStringList words = {}; ///< Other reasons in the words of the library.

    /// One of the reasons as a translated sentence; what it quotes is safe to show.
    [[nodiscard]] QString sentence(Reason reason) const;
    /// The hosts that the certificate is for, as it names them; safe to show.
    [[nodiscard]] QStringList names() const;
};

/// Why a \a chain that is good for Qt but for \a errors is none for us.
[[nodiscard]] RefusedCertificate refusedCertificate(const QString &host,
                                                    const QList<QSslCertificate> &chain,
                                                    const QList<QSslError> &errors,
                                                    const TlsSettings *tls);

/// An Error of kind Tls that carries it and says the weightiest reason.
[[nodiscard]] Error certificateError(std::shared_ptr<const RefusedCertificate> refused);

} // namespace Longshore
