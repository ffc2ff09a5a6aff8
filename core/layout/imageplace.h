// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

namespace Longshore {

/// A place for images outside a registry, as skopeo writes it too: "oci:DIR[:TAG]".
struct ImagePlace
{
    QString folder; ///< Never empty; as it was written.
    QString name; ///< What the layout calls the image; empty for no name.

    /// An Error of kind InvalidInput says what is wrong with \a text. What is behind the last colon
    /// is a name, unless a tag cannot be written so.
    [[nodiscard]] static Result<ImagePlace> parse(const QString &text);

    friend bool operator==(const ImagePlace &, const ImagePlace &) = default;
};

} // namespace Longshore
