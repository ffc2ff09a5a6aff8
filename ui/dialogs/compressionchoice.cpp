// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/compressionchoice.h"

#include "ui/format/errortext.h"

#include <algorithm>

namespace Longshore::Ui {

CompressionChoice::CompressionChoice()
    : QCheckBox(tr("Compr&ess the layers that are not compressed"))
{
    setObjectName(QStringLiteral("compressLayers"));
    setToolTip(tr("By gzip, always in the same way; the configuration of the image stays as it is. "
                  "What was compressed waits among the temporary files."));
    connect(this, &QCheckBox::toggled, this, &CompressionChoice::start);
    connect(&m_compressor, &ImageCompressor::changed, this, &CompressionChoice::changed);
    connect(&m_compressor, &ImageCompressor::progressed, this, &CompressionChoice::progressed);
}

void CompressionChoice::setImages(const QList<SourceImage> &images)
{
    m_images = images;
    start();
}

void CompressionChoice::start()
{
    m_compressor.compress(isChecked() ? m_images : QList<SourceImage>());
}

bool CompressionChoice::hasChoice() const
{
    return std::any_of(m_images.begin(), m_images.end(),
                       [](const SourceImage &image) { return image.hasPlainLayers; });
}

QString CompressionChoice::whyNot() const
{
    if (m_compressor.isCompressing())
        return tr("Compressing the layers\u2026 How much has to be sent is not known before.");
    if (m_compressor.error())
        return errorText(*m_compressor.error()).headline;
    return {};
}

SourceImage CompressionChoice::chosen(const SourceImage &image) const
{
    return isChecked() ? m_compressor.resultOf(image) : image;
}

} // namespace Longshore::Ui
