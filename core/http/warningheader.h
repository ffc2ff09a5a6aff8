// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace Longshore {

/// What a registry wants people to know: the texts of a Warning field, as they were sent and in
/// their order. Only those of code 299, of nobody in particular and without a date, are meant; and
/// of these, what has control characters or lies beyond 4096 bytes in all is left out. OCI
/// distribution-spec, "Warnings"; RFC 7234, 5.5.
[[nodiscard]] QStringList parseWarnings(const QByteArray &header);

} // namespace Longshore
