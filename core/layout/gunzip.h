// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"
#include "core/layout/fileslice.h"

namespace Longshore {

/// Takes what was unpacked, piece by piece; an error ends the unpacking.
using TakeUnpacked = std::function<Result<Done>(QByteArrayView)>;

/// Hands over what gzip has compressed, all members of it. libarchive could do that too, but looks
/// at none of the check sums, and a list of images has no other. RFC 1952.
///
/// An Error of kind LocalFile when the data is damaged, ends too early, or something else than zeros
/// stands behind it; Cancelled.
[[nodiscard]] Result<Done> gunzip(const FileSlice &slice, const TakeUnpacked &take,
                                  const CancelFlag &cancelled);

} // namespace Longshore
