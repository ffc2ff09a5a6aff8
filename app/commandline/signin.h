// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/findcredentialsjob.h"

namespace Longshore {

/// Looks for credentials in the keychain, whose accounts the window has saved, and in the files and
/// helpers of Docker and Podman.
[[nodiscard]] FindCredentialsJob *findCredentials(const QString &host, const QString &repository);

} // namespace Longshore
