// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/blobstage.h"

#include <QStringList>

namespace Longshore {

/// What was made in a BlobStage and is complete, so that it only lacks its name: written down there
/// before it gets that. Whoever is stopped right then need not make it again, and whoever is stopped
/// right afterwards knows what has the name for its own.
struct PackedResult
{
    QString contents; ///< What tells it from others.
    QStringList deviations = {}; ///< What the file system could not take; sentences.
    QString stamp = {}; ///< Of the file or folder; it stays the same under another name.

    /// Whether that is what has the name \a path now.
    [[nodiscard]] bool isAt(const QString &path) const;
    /// Writes it down for what \a stage holds.
    [[nodiscard]] Result<Done> save(const BlobStage &stage);
    /// What was written down in \a stage, if so.
    [[nodiscard]] static std::optional<PackedResult> in(const BlobStage &stage);
};

} // namespace Longshore
