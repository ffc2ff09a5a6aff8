// SPDX-License-Identifier: Apache-2.0
#include "ui/format/warningcolour.h"

#include <QGuiApplication>
#include <QPalette>

namespace Longshore::Ui {

QColor warningColour()
{
    constexpr QRgb onLight = 0xffb3261e;
    constexpr QRgb onDark = 0xffff8a80;
    const bool isDark = QGuiApplication::palette().color(QPalette::Base).lightnessF() < 0.5F;
    return QColor(isDark ? onDark : onLight);
}

} // namespace Longshore::Ui
