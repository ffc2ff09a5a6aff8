// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QUrl>

#include <optional>

namespace Longshore {

/// The page after this one, as a Link header names it (RFC 8288; OCI distribution-spec,
/// "Listing Tags").
///
/// Relative targets are resolved against \a current, the URL that was asked. Nothing when the
/// header names no next page; an Error of kind Protocol when it names one that cannot be read.
[[nodiscard]] Result<std::optional<QUrl>> nextPage(const QByteArray &linkHeader,
                                                   const QUrl &current);

} // namespace Longshore
