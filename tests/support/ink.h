// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QRect>

/// Where two pictures of the same size differ; empty when nowhere.
[[nodiscard]] inline QRect differenceOf(const QImage &one, const QImage &other)
{
    QRect result;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            if (one.pixel(x, y) != other.pixel(x, y))
                result |= QRect(x, y, 1, 1);
        }
    }
    return result;
}

/// Where something was painted on a ground of one colour.
[[nodiscard]] inline QRect inkOf(const QImage &image, const QColor &ground = Qt::white)
{
    QImage blank(image.size(), image.format());
    blank.fill(ground);
    return differenceOf(image, blank);
}
