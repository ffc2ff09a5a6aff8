// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"

#include <QList>
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

/// Credentials for a part of a registry, and for nothing else of it. containers-auth.json(5).
struct PartCredentials
{
    /// "team" or "team/app": the repository of that name, and what lies below it.
    QString prefix;
    Credentials credentials = {}; ///< Never empty.
    CredentialSource source = {}; ///< Where they came from.

    /// Whether they are for \a repository: "team" is for "team/app", and not for "team2".
    [[nodiscard]] bool areFor(QStringView repository) const
    {
        return repository == prefix
               || (repository.startsWith(prefix)
                   && repository.sliced(prefix.size()).startsWith(u'/'));
    }
};

/// Credentials, and what there is to be said about them.
struct FoundCredentials
{
    Credentials credentials = {}; ///< For the whole registry; empty for anonymous access.
    CredentialSource source = {}; ///< Of the credentials, or of nothing.
    QStringList notices = {}; ///< What could not be read or run; whole sentences.
    /// For parts of the registry: of those that are for a repository the one with the longest prefix
    /// counts, and before the credentials for the whole.
    QList<PartCredentials> parts = {};

    /// The part that counts for \a repository; null when the whole does.
    [[nodiscard]] const PartCredentials *partFor(QStringView repository) const;
    /// Whether nobody is signed in anywhere.
    [[nodiscard]] bool isAnonymous() const { return credentials.isEmpty() && parts.isEmpty(); }
};

} // namespace Longshore
