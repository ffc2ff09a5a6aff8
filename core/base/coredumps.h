// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Longshore {

/// Lets the system write no image of this process when it crashes: passwords and tokens would be in
/// it. For programs, at their start.
void forbidCoreDumps();

} // namespace Longshore
