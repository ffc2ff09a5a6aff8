// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/imagesource.h"

#include <QComboBox>

namespace Longshore::Ui {

/// One of the images of a source, or all of them.
class SourceImageChoice final : public QComboBox
{
    Q_OBJECT

public:
    SourceImageChoice();

    /// Those that there are to choose from. All of them are chosen then, if they can keep their tags in one
    /// repository; else the first.
    void setImages(const QList<SourceImage> &images);
    /// Whether there is anything to choose.
    [[nodiscard]] bool hasChoice() const { return m_images.size() > 1; }
    [[nodiscard]] QList<SourceImage> chosen() const;

private:
    QList<SourceImage> m_images;
};

} // namespace Longshore::Ui
