// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/http/reach.h"

#include <QUrl>

namespace Longshore {

/// Scheme, host and port: what credentials belong to.
struct Origin
{
    QString scheme; ///< "https" or "http".
    QString host; ///< As QUrl normalises it: lower case, numbers as dotted quads.
    int port = -1; ///< The default of the scheme is filled in.

    /// That of \a url, which need not be fit to be asked.
    [[nodiscard]] static Origin of(const QUrl &url);
    /// "host:port", the port only where it is not the scheme's own.
    [[nodiscard]] QString hostAndPort() const;

    friend bool operator==(const Origin &, const Origin &) = default;
    friend size_t qHash(const Origin &origin, size_t seed = 0)
    {
        return qHashMulti(seed, origin.scheme, origin.host, origin.port);
    }
};

/// Whether \a host means this machine: localhost, 127.0.0.0/8, ::1.
[[nodiscard]] bool isLoopbackHost(const QString &host);

/// Whether two hosts belong to one owner as far as names tell: "auth.reg.example" and
/// "reg.example". Numbers and hosts without a domain only belong to themselves.
[[nodiscard]] bool isSameSite(const QString &left, const QString &right);

/// Whether a URL that a server named may be asked at all, whoever named it: in a redirect, a
/// Location, a Link, a realm or a descriptor.
///
/// Refused are other schemes than http and https, userinfo, control characters, more than 8 KiB,
/// the way from https to http, and the way into this machine, as far as the host itself shows. Where
/// names lead, and whether into a private network, checkReferral() looks before it is asked.
/// An Error of kind Policy says which. Whether credentials may go along is another question: only
/// to the origin that they are for.
[[nodiscard]] Result<Done> checkServerUrl(const QUrl &url, const QUrl &namedBy);

/// That \a url leads further inwards than it may: to \a target. Of kind Policy.
[[nodiscard]] Error inwardsError(const QUrl &url, Reach target);

/// \a url for a log or a message: the query is left out, because it may be a signature.
[[nodiscard]] QString loggableUrl(const QUrl &url);

} // namespace Longshore
