// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

#include <algorithm>
#include <cmath>

/// How well one colour is seen on the other, from 1 to 21. WCAG 2.1, "contrast ratio".
[[nodiscard]] inline double contrast(const QColor &one, const QColor &other)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](float part) {
            return part <= 0.03928F ? double(part) / 12.92
                                    : std::pow((double(part) + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
               + 0.0722 * linear(colour.blueF());
    };
    const auto [darker, lighter] = std::minmax({luminance(one) + 0.05, luminance(other) + 0.05});
    return lighter / darker;
}
