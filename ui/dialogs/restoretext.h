// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/restorereport.h"

/// Restores in words.
namespace Longshore::Ui::RestoreText {

/// What can come back of all of it, and what not.
[[nodiscard]] QString explanation(const RestorePlan &plan);
/// What would happen to one tag.
[[nodiscard]] QString state(const RestoreItem &item);
[[nodiscard]] QString outcome(const RestoreOutcome &outcome);
[[nodiscard]] QString headline(const RestoreReport &report);

} // namespace Longshore::Ui::RestoreText
