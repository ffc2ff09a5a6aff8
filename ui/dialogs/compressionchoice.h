// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/imagecompressor.h"

#include <QCheckBox>

namespace Longshore::Ui {

/// Whether the plain layers of images are compressed before they are brought anywhere; not unless somebody
/// wants that. It is done as soon as it is chosen, so that what has to be sent is known before it is sent.
class CompressionChoice final : public QCheckBox
{
    Q_OBJECT

public:
    CompressionChoice();

    /// Those that shall be brought.
    void setImages(const QList<SourceImage> &images);
    /// Whether there is anything to compress.
    [[nodiscard]] bool hasChoice() const;
    [[nodiscard]] bool isCompressing() const { return m_compressor.isCompressing(); }
    /// Why they cannot be brought yet, or not in this way; empty when they can.
    [[nodiscard]] QString whyNot() const;
    /// What is brought in the place of \a image.
    [[nodiscard]] SourceImage chosen(const SourceImage &image) const;

signals:
    /// Any of what can be asked here.
    void changed();
    /// Of the compression, in bytes of one image.
    void progressed(qint64 done, qint64 total);

private:
    void start();

    ImageCompressor m_compressor;
    QList<SourceImage> m_images;
};

} // namespace Longshore::Ui
