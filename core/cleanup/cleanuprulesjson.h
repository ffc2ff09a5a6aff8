// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/cleanup/cleanuprules.h"

#include <QJsonObject>

namespace Longshore {

/// The rules as people keep them in a file.
[[nodiscard]] QJsonObject toJson(const CleanupRules &rules);

/// Reads what toJson() has written. An Error of kind InvalidInput for everything that is not
/// understood: a member that is passed over might be the one that protects something. Lists of
/// images in use are not read, and faults are not looked for; faultsOf() does that.
[[nodiscard]] Result<CleanupRules> parseCleanupRules(const QByteArray &bytes);

} // namespace Longshore
