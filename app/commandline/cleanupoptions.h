// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/commandline/invocation.h"
#include "core/cleanup/cleanuprules.h"
#include "core/oci/imagereference.h"

namespace Longshore {

/// What "cleanup" was told.
struct CleanupOptions
{
    ImageReference first; ///< Of the registry; the others have the same.
    QList<RepositoryName> repositories; ///< Each once, in the order of the arguments.
    CleanupRules rules; ///< Without a fault.
    QSet<RepositoryName> mayEmpty; ///< May lose their last tag.
    std::optional<qsizetype> confirmed; ///< How many tags may go, where that has to be said.
};

/// Reads the arguments, and the files that they name. Fails as InvalidInput, and as LocalFile for a
/// file that cannot be read.
[[nodiscard]] Result<CleanupOptions> readCleanupOptions(const Invocation &invocation);

} // namespace Longshore
