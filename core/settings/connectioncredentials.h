// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/findcredentialsjob.h"
#include "core/registry/registryaddress.h"
#include "core/settings/connectionstore.h"

namespace Longshore {

/// Where the credentials of a saved connection are to be looked for; nothing when there is nothing
/// to look for, because nobody signs in or only the person knows.
[[nodiscard]] std::optional<FindCredentialsJob::Question>
credentialQuestion(const SavedConnection &connection, const RegistryAddress &address);

/// The name of its password in the keychain; empty when it has none there.
[[nodiscard]] QString keychainKeyOf(const SavedConnection &connection);

} // namespace Longshore
