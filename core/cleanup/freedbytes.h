// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupdecision.h"

namespace Longshore {

/// How much a clean-up frees once the server has collected its garbage.
struct FreedBytes
{
    qint64 least = 0; ///< Without blobs that other repositories are known to use.
    qint64 most = 0; ///< All blobs that nothing in the repository uses that stays.

    friend bool operator==(const FreedBytes &, const FreedBytes &) = default;
};

/// The blobs of every manifest in \a inventory.
[[nodiscard]] QSet<Digest> blobsOf(const RepositoryInventory &inventory);

/// What \a decisions free; \a elsewhere are the blobs of other repositories of the registry. Where it
/// is not known what a manifest that stays is made of, the least is 0.
[[nodiscard]] FreedBytes freedBytes(const CleanupDecisions &decisions,
                                    const RepositoryInventory &inventory,
                                    const QSet<Digest> &elsewhere);

} // namespace Longshore
