// SPDX-License-Identifier: Apache-2.0
#include "ui/format/quietcolour.h"

#include <QGuiApplication>
#include <QPalette>

namespace Longshore::Ui {

QColor quietColour()
{
    constexpr float ground = 0.35F;
    const QColor text = QGuiApplication::palette().color(QPalette::Text);
    const QColor base = QGuiApplication::palette().color(QPalette::Base);
    const auto mix = [](float first, float second) {
        return first * (1 - ground) + second * ground;
    };
    return QColor::fromRgbF(mix(text.redF(), base.redF()), mix(text.greenF(), base.greenF()),
                            mix(text.blueF(), base.blueF()));
}

} // namespace Longshore::Ui
