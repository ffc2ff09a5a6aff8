// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/cleanuppresenter.h"

namespace Longshore::Ui {

/// What a plan is made of.
struct CleanupInput
{
    QList<RepositoryInventory> inventories;
    CleanupRules rules;
    QHash<RepositoryName, CleanupChoices> choices;
    QDateTime now; ///< What ages are measured from.
    std::optional<TagsByRepository> only = {}; ///< What may go; nothing where everything may.
};

/// Decides about all repositories. Reads the lists of images in use that the rules name, so that it
/// blocks on the disk: for a worker.
[[nodiscard]] CleanupPlan decideAll(const CleanupInput &input);

/// How many tags go whose image stays, where the server is not known to remove a tag alone.
[[nodiscard]] qsizetype untaggedByDetour(const CleanupPlan &plan, const RegistrySession &session);

/// What could not be deleted, or of which nobody knows, and what is about these images; nothing else
/// that was skipped or not tried.
[[nodiscard]] TagsByRepository failedTags(const QList<RepositoryCleanup> &repositories);

/// What people see of \a repositories.
[[nodiscard]] QList<CleanupRow> rowsOf(const QList<RepositoryCleanup> &repositories);

} // namespace Longshore::Ui
