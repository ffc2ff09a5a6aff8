// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

namespace Longshore {

// Off unless asked for: QT_LOGGING_RULES="longshore.*=true", or --verbose.
// Secrets, and queries that may hold one, never get this far: they are masked where they are made.
Q_DECLARE_LOGGING_CATEGORY(logHttp)
Q_DECLARE_LOGGING_CATEGORY(logAuth)
Q_DECLARE_LOGGING_CATEGORY(logTransfer)
Q_DECLARE_LOGGING_CATEGORY(logUi)

} // namespace Longshore
