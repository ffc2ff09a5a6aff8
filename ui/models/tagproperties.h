// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/propertymodel.h"

#include <QModelIndex>

namespace Longshore::Ui {

/// What can be said of a row of the tag tree: a tag, a manifest or a layer.
[[nodiscard]] QList<Property> propertiesOf(const QModelIndex &tagTreeIndex);

} // namespace Longshore::Ui
