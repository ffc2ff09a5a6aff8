// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>

namespace Longshore {

/// A transfer as transfersToJson() writes it today, of one that an earlier version wrote: what that did
/// not know yet is as it was then. Whether it is a transfer at all, whoever reads it finds out.
[[nodiscard]] QJsonObject inThisVersion(QJsonObject object);

} // namespace Longshore
