// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

namespace Longshore {

/// A place for images outside a registry, as skopeo writes it too: "oci:DIR[:TAG]",
/// "oci-archive:FILE[:TAG]", "docker-archive:FILE[:REF]", "dir:DIR". Any but the last may end in
/// "@DIGEST" instead.
struct ImagePlace
{
    /// How the images are kept. For reading, only what is there decides.
    enum class Form { OciFolder, OciArchive, DockerArchive, Folder };

    Form form = Form::OciFolder; ///< What the text begins with.
    QString path; ///< Of the folder or file. Never empty; as it was written.
    QString name = {}; ///< What the image is called there, or its digest; empty for no name.

    /// An Error of kind InvalidInput says what is wrong with \a text. What is behind the last colon
    /// is a tag, unless a tag cannot be written so; of a docker-archive, what is behind the first
    /// colon is a reference, as far as it can be one.
    [[nodiscard]] static Result<ImagePlace> parse(const QString &text);

    friend bool operator==(const ImagePlace &, const ImagePlace &) = default;
};

} // namespace Longshore
