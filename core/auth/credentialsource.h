// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"

#include <QStringList>

namespace Longshore {

/// Where credentials came from; can be told to anybody.
struct CredentialSource
{
    /// Of what kind the place is. FindCredentialsJob says in which order they are asked.
    enum class Kind {
        None, ///< Nothing was found: anonymous access.
        Given, ///< Typed by the user.
        Variable, ///< $DOCKER_AUTH_CONFIG.
        Keychain,
        File, ///< Of Docker or Podman.
    };

    Kind kind = Kind::None; ///< Decides which other members mean something.
    QString path = {}; ///< Of the file.
    QString helper = {}; ///< The program that the file names, "docker-credential-pass".

    /// For the end of a sentence: "from ~/.docker/config.json by docker-credential-pass".
    [[nodiscard]] QString toString() const;

    friend bool operator==(const CredentialSource &, const CredentialSource &) = default;
};

/// Credentials, and what there is to be said about them.
struct FoundCredentials
{
    Credentials credentials = {}; ///< Empty for anonymous access.
    CredentialSource source = {}; ///< Of the credentials, or of nothing.
    QStringList notices = {}; ///< What could not be read or run; whole sentences.
};

} // namespace Longshore
