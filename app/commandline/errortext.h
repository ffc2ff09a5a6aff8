// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

class QJsonObject;

namespace Longshore {

/// The one line that tells a person on a terminal what happened, to what, and what to do.
///
/// \a subject is what the command was about, as it was typed; the result holds no control
/// characters, whatever went into it.
[[nodiscard]] QString errorLine(const Error &error, const QString &subject);

/// Our sentences isolate foreign text from its surroundings, which a terminal shows as garbage or
/// not at all.
[[nodiscard]] QString withoutIsolates(QString text);

/// The members of "error", for scripts: kind, message, status, detail.
[[nodiscard]] QJsonObject errorObject(const Error &error);

} // namespace Longshore
