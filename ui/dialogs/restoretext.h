// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/restorereport.h"

/// Restores in words.
namespace Longshore::Ui::RestoreText {

/// What can come back of all of it, and what not.
[[nodiscard]] QString explanation(const QList<RestoreItem> &items);
/// What would happen to one tag.
[[nodiscard]] QString state(const RestoreItem &item);
[[nodiscard]] QString outcome(const RestoreOutcome &outcome);
/// Why nothing of a backup can come back, or came back; in one line.
[[nodiscard]] QString failure(const Error &error);
[[nodiscard]] QString headline(const QList<RestoreOutcome> &outcomes);

} // namespace Longshore::Ui::RestoreText
