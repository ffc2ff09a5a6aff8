// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupreport.h"
#include "core/cleanup/freedbytes.h"

#include <QJsonObject>

namespace Longshore {

class Output;

/// What is known of the clean-up of one repository.
struct RepositoryCleanup
{
    RepositoryInventory inventory;
    CleanupDecisions decisions;
    FreedBytes freed = {};
    std::optional<CleanupReport> report = {}; ///< Once it was carried out.
    std::optional<Error> failure = {}; ///< Why it could not be.
};

/// The sums over all repositories, as scripts read them.
[[nodiscard]] QJsonObject cleanupTotals(const QList<RepositoryCleanup> &cleanups);
/// The whole of it.
[[nodiscard]] QJsonObject cleanupJson(const QList<RepositoryCleanup> &cleanups);
/// The same for people: a line for each tag, and the sums.
void writeCleanup(const QList<RepositoryCleanup> &cleanups, Output &output);

} // namespace Longshore
