// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupreport.h"
#include "core/cleanup/deletionscope.h"

namespace Longshore::Ui {

class DeletionPresenter;

/// What the delete dialog says.
namespace DeletionText {

/// "latest, 1.4, 1.4.2"; a long list ends in a number.
[[nodiscard]] QString names(const QList<Tag> &tags);
/// What goes, what stays and why, or why nothing can go; without a scope, what there is to choose.
[[nodiscard]] QString explanation(const DeletionPlan &plan,
                                  std::optional<DeletionScope> scope = DeletionScope::WithImages);
/// Where only the tags go: which images go all the same, as a further line; empty for none.
[[nodiscard]] QString unshared(const DeletionPlan &leaving);
/// Where only the tags go: that the server cannot do it, or that nobody knows. Else empty.
[[nodiscard]] QString aboutOnlyTags(const DeletionPresenter &presenter);
/// Which images are needed by indexes that stay; empty for none.
[[nodiscard]] QString whyNotWithImages(const DeletionPlan &plan);
[[nodiscard]] QString effect(const DeletionGroup &group);
/// Why something has to be typed, and what.
[[nodiscard]] QString question(const DeletionPresenter &presenter);
/// What will be saved before, where, and how long everything will take where that is known.
[[nodiscard]] QString plannedBackup(const DeletionPresenter &presenter);
/// What was saved.
[[nodiscard]] QString backup(const QStringList &folders);
/// What a run does, and how long it still takes where that is known and nobody has paused it.
[[nodiscard]] QString running(const DeletionPresenter &presenter);
[[nodiscard]] QString outcome(const DeletionOutcome &outcome, const Tag &tag);
[[nodiscard]] QString outcome(const UntagOutcome &outcome);
/// What could not be deleted, or of which nobody knows; not what was skipped or not tried.
[[nodiscard]] QList<Tag> failedTags(const CleanupReport &report);
/// What is not there any more, whoever removed it.
[[nodiscard]] QStringList goneTags(const CleanupReport &report);
/// Whether anything went that can come back.
[[nodiscard]] bool hasDeleted(const CleanupReport &report);
[[nodiscard]] QString headline(const CleanupReport &report);

} // namespace DeletionText

} // namespace Longshore::Ui
