// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QLabel;

namespace Longshore::Ui {

/// A label for words that may come from a server: never interpreted, wrapped however long a word is,
/// and selectable by mouse and keyboard.
[[nodiscard]] QLabel *plainLabel(const QString &objectName, const QString &text = {});

} // namespace Longshore::Ui
