// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "ui/presenters/imagesource.h"

#include <QPointer>

namespace Longshore::Ui {

/// Compresses the plain layers of images while somebody chooses where they shall go, one image after the
/// other; see CompressLayersJob. What was made once is kept, in temporary files, until this goes.
class ImageCompressor final : public QObject
{
    Q_OBJECT

public:
    explicit ImageCompressor(QObject *parent = nullptr);
    ~ImageCompressor() override;

    /// Sees to those of \a images that have plain layers, and to no others any more. What has failed is
    /// tried again.
    void compress(const QList<SourceImage> &images);
    [[nodiscard]] bool isCompressing() const { return !m_job.isNull(); }
    /// Why it cannot be done.
    [[nodiscard]] const std::optional<Error> &error() const noexcept { return m_error; }
    /// What came of \a image, to be brought in its place; itself where nothing has.
    [[nodiscard]] SourceImage resultOf(const SourceImage &image) const;

signals:
    /// Any of what can be asked here.
    void changed();
    /// In bytes of one image.
    void progressed(qint64 done, qint64 total);

private:
    void compressNext();

    QList<SourceImage> m_waiting; ///< The first of them is being compressed.
    QList<SourceImage> m_made;
    std::optional<Error> m_error;
    QPointer<Job> m_job;
};

} // namespace Longshore::Ui
