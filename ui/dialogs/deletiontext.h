// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/deletionreport.h"

namespace Longshore::Ui {

/// What the delete dialog says.
namespace DeletionText {

/// "latest, 1.4, 1.4.2"; a long list ends in a number.
[[nodiscard]] QString names(const QList<Tag> &tags);
[[nodiscard]] QString explanation(const DeletionPlan &plan);
[[nodiscard]] QString effect(const DeletionGroup &group);
[[nodiscard]] QString outcome(const DeletionOutcome &outcome);
[[nodiscard]] QString headline(const DeletionReport &report);

} // namespace DeletionText

} // namespace Longshore::Ui
