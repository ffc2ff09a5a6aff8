// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/digest.h"

#include <QList>

namespace Longshore {

/// What a registry or a tag names as about an image, but nobody can bring along: its manifest is gone,
/// or does not tell what it is made of.
struct LeftOutReferrer
{
    Digest digest; ///< Of its manifest.
    QString reason; ///< One sentence, safe to show.

    friend bool operator==(const LeftOutReferrer &, const LeftOutReferrer &) = default;
};

/// "1 referrer was left out: sha256:..., it is gone." Of many, the first few; empty for none.
[[nodiscard]] QString leftOutText(const QList<LeftOutReferrer> &referrers);

} // namespace Longshore
