// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace Longshore {

struct HttpResponse;

/// The body of an answer without the gzip that a proxy has put around it, though we ask for
/// "identity". An Error of kind TooLarge beyond \a maximum bytes, Protocol when it is damaged. RFC
/// 9110, 8.4.
///
/// The label alone changes nothing: it also stands on blobs that are gzip by nature, and whose
/// digest is that of the bytes as they are. Whoever expects such bytes looks at them first.
[[nodiscard]] Result<QByteArray> plainBody(const HttpResponse &response, qint64 maximum);

} // namespace Longshore
