// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>

namespace Longshore {

/// One way in which a server wants to be asked again. RFC 9110, 11.3.
struct AuthChallenge
{
    QByteArray scheme; ///< Lower case: "basic", "bearer".
    QMap<QByteArray, QByteArray> parameters; ///< Names in lower case; the first value wins.
    bool isContradictory = false; ///< Two different realms: nobody can tell where to go.

    friend bool operator==(const AuthChallenge &, const AuthChallenge &) = default;
};

/// Reads a WWW-Authenticate header that may hold several challenges, merged from several header
/// fields. Lenient where real registries are: unquoted URLs, stray commas, empty values.
[[nodiscard]] QList<AuthChallenge> parseChallenges(const QByteArray &header);

} // namespace Longshore
