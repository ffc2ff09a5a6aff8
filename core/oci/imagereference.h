// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/oci/reference.h"

namespace Longshore {

/// An image as people write it: "host[:port]/repository[:tag][@digest]".
///
/// Follows the rules of distribution/reference, with Docker Hub's short forms: "ubuntu" is
/// "docker.io/library/ubuntu:latest".
struct ImageReference
{
    /// With its port, in lower case where it stays a host so; "docker.io" for Docker Hub.
    QString host;
    RepositoryName repository; ///< As requests write it: with "library/", where that is meant.
    std::optional<Tag> tag; ///< Only informative when there is a digest.
    std::optional<Digest> digest; ///< What is meant, whatever the tag points to by now.

    /// An Error of kind InvalidInput says what is wrong with \a text.
    [[nodiscard]] static Result<ImageReference> parse(const QString &text);

    /// What a request has to name: the digest if there is one, else the tag, else "latest".
    [[nodiscard]] Reference reference() const;
    /// Everything that is known, so that no reader needs a rule: "docker.io/library/ubuntu:22.04".
    [[nodiscard]] QString toString() const;
    /// Docker's short form, without "docker.io/" and "library/".
    [[nodiscard]] QString familiarString() const;

    friend bool operator==(const ImageReference &, const ImageReference &) = default;
};

/// Whether \a text is "host[:port]" by the grammar of references; IPv6 in brackets.
[[nodiscard]] bool isReferenceHost(QStringView text);

} // namespace Longshore
