// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QWidget;

/// Draws the widget into LONGSHORE_SNAPSHOTS/<name>.png, for people to look at; does nothing
/// while that variable is empty.
void snap(QWidget &widget, const QString &name);
