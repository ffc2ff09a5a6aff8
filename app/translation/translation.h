// SPDX-License-Identifier: Apache-2.0
#pragma once

class QCoreApplication;

namespace Longshore {

/// Loads what the programs say in the user's language, and before it the plural forms of English.
void installTranslations(QCoreApplication &application);

} // namespace Longshore
