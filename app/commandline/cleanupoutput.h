// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/repositorycleanup.h"

#include <QJsonObject>

namespace Longshore {

class Output;

/// The sums over all repositories, as scripts read them.
[[nodiscard]] QJsonObject cleanupTotals(const QList<RepositoryCleanup> &cleanups);
/// The whole of it.
[[nodiscard]] QJsonObject cleanupJson(const QList<RepositoryCleanup> &cleanups);
/// The same for people: a line for each tag, and the sums.
void writeCleanup(const QList<RepositoryCleanup> &cleanups, Output &output);

} // namespace Longshore
