// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/findcredentialsjob.h"
#include "core/auth/tokenserverconsent.h"

namespace Longshore {

/// Looks for credentials in the keychain, whose accounts the window has saved, and in the files and
/// helpers of Docker and Podman.
[[nodiscard]] FindCredentialsJob *findCredentials(const QString &host, const QString &repository);

/// Lets sign-ins go to these token servers, and to those that the person agreed to in the window.
[[nodiscard]] std::shared_ptr<TokenServerConsent> consentTo(const QStringList &tokenServers);

} // namespace Longshore
