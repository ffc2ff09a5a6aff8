// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/format/protection.h"

namespace Longshore {
class RegistrySession;
struct SavedConnection;
} // namespace Longshore

namespace Longshore::Ui {

/// As it was chosen, before anything is asked.
[[nodiscard]] Protection protectionOf(const SavedConnection &connection);

/// As it turned out.
[[nodiscard]] Protection protectionOf(const RegistrySession &session);

/// Why nothing can be changed there, and what to do about it; empty when it can.
[[nodiscard]] QString objectionToChanges(const RegistrySession &session);

} // namespace Longshore::Ui
