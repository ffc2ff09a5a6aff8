// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/http/urlpolicy.h"
#include "core/oci/reference.h"

namespace Longshore {

/// A registry as a person types it: "reg.lab:5000", "https://reg.lab/v2/", or an image in it.
struct RegistryAddress
{
    /// How the registry may be spoken to.
    enum class Transport {
        Secure, ///< HTTPS and nothing else.
        Plain, ///< HTTP, because it was asked for.
        SecureOrPlain, ///< HTTPS first; HTTP only when nothing there speaks TLS.
    };

    /// As references write it: "reg.lab:5000", and "docker.io" under whatever name it was meant.
    QString host;
    Transport transport = Transport::Secure; ///< What the person allows.
    std::optional<RepositoryName> repository = {}; ///< When an image was given.
    std::optional<Reference> reference = {}; ///< When a tag or a digest was given, too.

    /// "http://" asks for plain HTTP; loopback hosts may always be spoken to that way. An Error of
    /// kind InvalidInput says what is wrong with \a text.
    [[nodiscard]] static Result<RegistryAddress> parse(const QString &text);

    /// Where requests go: "https://registry-1.docker.io" for "docker.io". \a scheme is "https" or
    /// "http".
    [[nodiscard]] QUrl url(const QString &scheme) const;

    friend bool operator==(const RegistryAddress &, const RegistryAddress &) = default;
};

} // namespace Longshore
