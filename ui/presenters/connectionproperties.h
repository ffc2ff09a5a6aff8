// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/propertymodel.h"

namespace Longshore {
class RegistrySession;
struct FoundCredentials;
} // namespace Longshore

namespace Longshore::Ui {

/// Who is signed in, "anonymous" for nobody; safe to show.
[[nodiscard]] QString accountText(const RegistrySession &session);

/// Whether anybody on the way can read along, and what is special about it.
[[nodiscard]] QString encryptionText(const RegistrySession &session);

/// What is known of an open registry: where it is, and who asks. Nothing when there is no \a session.
[[nodiscard]] QList<Property> propertiesOf(const RegistrySession *session,
                                           const FoundCredentials &account);

} // namespace Longshore::Ui
