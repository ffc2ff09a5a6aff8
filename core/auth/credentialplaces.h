// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/authfile.h"
#include "core/auth/credentialsource.h"

#include <QProcessEnvironment>

namespace Longshore {

/// A file in which Docker or Podman may keep sign-ins.
struct CredentialPlace
{
    /// Who writes it; Legacy is "~/.dockercfg", Docker's before it had a folder.
    enum class Owner { Podman, Docker, Legacy };

    Owner owner = Owner::Docker; ///< Decides about form, keys and helpers.
    QString path; ///< From the root.

    friend bool operator==(const CredentialPlace &, const CredentialPlace &) = default;
};

/// Where to look, the first hit wins: containers-auth.json(5), then "docker login". A file that
/// $REGISTRY_AUTH_FILE names is the only one, whether or not it is there.
[[nodiscard]] QList<CredentialPlace> credentialPlaces(const QProcessEnvironment &environment);

/// Docker's own, wherever else sign-ins are looked for: it says more than those.
[[nodiscard]] CredentialPlace dockerPlace(const QProcessEnvironment &environment);

/// Reads such a file. Nothing when it is not there; an Error of kind LocalFile when it is something
/// else than a file of that kind, and what a link points to counts. Never waits: a pipe is not
/// opened.
[[nodiscard]] Result<std::optional<AuthFile>> readCredentialFile(const CredentialPlace &place);

/// Credentials, or the program that may have them.
struct CredentialCandidate
{
    CredentialSource source; ///< The file, or the variable.
    Credentials credentials = {}; ///< Empty when there is a helper.
    QString helper = {}; ///< The name that the file gives; not checked.
    QStringList helperKeys =
        {}; ///< Names of the registry to ask the helper for, one after the other.
    QString prefix = {}; ///< The part of the registry that they are for; empty for all of it.
};

/// What the files say.
struct CredentialCandidates
{
    QList<CredentialCandidate> candidates; ///< In the order in which they are to be tried.
    QStringList notices; ///< What is wrong with the files.
};

/// What the files have for "reg.lab:5000", and for parts of it, which stand before what the same file
/// has for all of it; or what they have for one repository of it.
[[nodiscard]] CredentialCandidates candidatesInFiles(const QString &host, const QString &repository,
                                                     const QProcessEnvironment &environment);
/// The same for $DOCKER_AUTH_CONFIG.
[[nodiscard]] CredentialCandidates candidatesInVariable(const QString &host,
                                                        const QString &repository,
                                                        const QProcessEnvironment &environment);

/// A registry that Docker or Podman have been signed in to.
struct KnownRegistry
{
    QString host; ///< As references write it: "reg.lab:5000".
    CredentialSource source; ///< The file that names it first.
};

/// All of them, each once. Runs no helper; files that cannot be read are passed over.
[[nodiscard]] QList<KnownRegistry> knownRegistries(const QProcessEnvironment &environment);

} // namespace Longshore
