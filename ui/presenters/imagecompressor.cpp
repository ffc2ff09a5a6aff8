// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/imagecompressor.h"

#include "core/layout/layoutsession.h"
#include "core/transfer/compresslayersjob.h"

#include <algorithm>

namespace Longshore::Ui {

ImageCompressor::ImageCompressor(QObject *parent) : QObject(parent)
{}

ImageCompressor::~ImageCompressor()
{
    delete m_job; // Before the files that it reads.
}

SourceImage ImageCompressor::resultOf(const SourceImage &image) const
{
    const auto made = std::find_if(m_made.begin(), m_made.end(), [&](const SourceImage &one) {
        return one.plain == image.origin();
    });
    return made == m_made.end() ? image : *made;
}

void ImageCompressor::compress(const QList<SourceImage> &images)
{
    QList<SourceImage> missing;
    for (const SourceImage &image : images) {
        if (resultOf(image).hasPlainLayers)
            missing.append(image);
    }
    const bool goesOn = m_job && !missing.isEmpty()
                        && missing.constFirst().origin() == m_waiting.constFirst().origin();
    m_waiting = missing;
    m_error.reset();
    if (!goesOn) {
        delete m_job;
        compressNext();
    }
    emit changed();
}

void ImageCompressor::compressNext()
{
    if (m_waiting.isEmpty())
        return;
    const SourceImage image = m_waiting.constFirst();
    auto *files = dynamic_cast<LayoutSession *>(image.session.get());
    if (!files) {
        m_error = Error{Error::Kind::InvalidInput,
                        tr("Only the layers of images in files can be compressed.")};
        return;
    }
    auto *job = new CompressLayersJob(*files, image.repository, image.reference, this);
    m_job = job;
    connect(job, &Job::progressChanged, this, &ImageCompressor::progressed);
    job->then(this, [this, image](const Result<CompressedImage> &made) {
        m_job.clear();
        if (made) {
            m_made.append({made->files, made->repository, made->digest, image.name, image.from});
            m_made.last().plain = image.origin();
            m_waiting.removeFirst();
            compressNext();
        } else {
            m_error = made.error();
        }
        emit changed();
    });
    job->start();
}

} // namespace Longshore::Ui
