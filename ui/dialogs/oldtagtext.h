// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/oldtag.h"

namespace Longshore::Ui {

/// What somebody reads about a tag that goes when its image has got others.
namespace OldTagText {

/// What will be done, and how.
[[nodiscard]] QString promise(const Tag &tag);
/// What became of it; what there is now where it is still there.
[[nodiscard]] QString result(const OldTag &old, const OldTagOutcome &outcome);

} // namespace OldTagText

} // namespace Longshore::Ui
