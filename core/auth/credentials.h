// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/secret.h"

#include <QString>

namespace Longshore {

/// Who somebody is at a registry.
struct Credentials
{
    QString user; ///< May be empty with an identity token.
    Secret password; ///< Or an access token that is used in its place.
    /// Gets tokens from the token server, and goes nowhere else. OAuth2 calls it a refresh token.
    Secret identityToken = {};
    /// A token for the registry itself, ready to be used as it is; then nothing else is.
    Secret registryToken = {};

    /// What programs that keep passwords write in place of a user when the secret is an identity
    /// token. Docker's credential helpers, "get".
    static constexpr QLatin1StringView identityTokenUser{"<token>"};

    /// The account as such a program keeps it.
    [[nodiscard]] static Credentials ofAccount(const QString &user, const Secret &secret)
    {
        if (user == identityTokenUser)
            return {.user = {}, .password = {}, .identityToken = secret};
        return {user, secret};
    }
    /// The one secret of such an account.
    [[nodiscard]] const Secret &accountSecret() const
    {
        return identityToken.isEmpty() ? password : identityToken;
    }

    /// Nobody in particular: anonymous access.
    [[nodiscard]] bool isEmpty() const
    {
        return user.isEmpty() && password.isEmpty() && identityToken.isEmpty()
               && registryToken.isEmpty();
    }
    /// Whether there is something that Basic can send; a password may be empty.
    [[nodiscard]] bool hasPassword() const
    {
        return !password.isEmpty() || (!user.isEmpty() && identityToken.isEmpty());
    }
    /// The value of an Authorization header. RFC 7617; UTF-8.
    [[nodiscard]] Secret basicHeader() const
    {
        const QByteArray pair = user.toUtf8() + ':' + password.reveal();
        return Secret("Basic " + pair.toBase64());
    }

    /// The same for the token that is ready.
    [[nodiscard]] Secret registryTokenHeader() const
    {
        return Secret("Bearer " + registryToken.reveal());
    }

    friend bool operator==(const Credentials &, const Credentials &) = default;
};

/// Why \a credentials cannot be sent; nothing when they can. A colon ends the name of the user for
/// whoever reads the header, and another user would be signed in. Of kind InvalidInput. RFC 7617, 2.
[[nodiscard]] std::optional<Error> objectionTo(const Credentials &credentials);

} // namespace Longshore
