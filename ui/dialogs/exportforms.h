// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/imageplace.h"
#include "core/transfer/takenname.h"

#include <QString>

namespace Longshore::Ui {

/// What can be chosen of an export, in words.
/// @{
template <typename Value>
using ExportChoices = QList<std::pair<QString, Value>>;

/// The forms that several images can have together.
[[nodiscard]] ExportChoices<ImagePlace::Form> formsOfImages();
/// Those that one image can have besides.
[[nodiscard]] ExportChoices<ImagePlace::Form> formsOfOneImage();
/// Those of single layers.
[[nodiscard]] ExportChoices<ImagePlace::Form> formsOfLayers();
/// What can become of an export whose name is taken.
[[nodiscard]] ExportChoices<TakenName> takenNames();
/// @}

} // namespace Longshore::Ui
