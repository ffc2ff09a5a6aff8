// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/names.h"

#include <QList>
#include <QStringList>

namespace Longshore {

/// The tags as text, in the same order.
[[nodiscard]] inline QStringList namesOf(const QList<Tag> &tags)
{
    QStringList names;
    for (const Tag &tag : tags)
        names.append(tag.toString());
    return names;
}

} // namespace Longshore
