// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHostAddress>

namespace Longshore {

/// How far an address reaches, from this machine outwards.
enum class Reach : quint8 {
    Host, ///< 127.0.0.0/8 and ::1. RFC 1122, 3.2.1.3.
    Link, ///< The nearest network, where clouds keep their secrets; or no address at all. RFC 3927.
    Private, ///< RFC 1918, RFC 4193, RFC 6598.
    Open,
};

/// Null when \a host is a name. IPv4 in the clothes of IPv6 is what it is.
[[nodiscard]] QHostAddress addressOf(const QString &host);

/// That of \a address.
[[nodiscard]] Reach reachOf(const QHostAddress &address);
/// That of \a host as far as it shows: names reach into the open, but for those of this machine.
[[nodiscard]] Reach reachOf(const QString &host);
/// From where a server under \a host speaks: names that only private networks have are inside one.
[[nodiscard]] Reach standingOf(const QString &host);

} // namespace Longshore
