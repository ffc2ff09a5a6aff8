// SPDX-License-Identifier: Apache-2.0
#include "core/base/logging.h"

namespace Longshore {

Q_LOGGING_CATEGORY(logHttp, "longshore.http", QtInfoMsg)
Q_LOGGING_CATEGORY(logAuth, "longshore.auth", QtInfoMsg)
Q_LOGGING_CATEGORY(logTransfer, "longshore.transfer", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "longshore.ui", QtInfoMsg)

} // namespace Longshore
