// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/imagepresenter.h"

#include "core/session/readtagdetailsjob.h"

namespace Longshore::Ui {

ImagePresenter::ImagePresenter(std::shared_ptr<Session> session, const RepositoryName &repository,
                               const Reference &reference, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_repository(repository)
    , m_reference(reference)
{}

ImageReference ImagePresenter::fullReference() const
{
    ImageReference full{m_session->host(), m_repository, {}, {}};
    if (const Digest *digest = m_reference.digest())
        full.digest = *digest;
    else
        full.tag = *m_reference.tag();
    return full;
}

const Manifest *ImagePresenter::manifest() const
{
    return m_manifest ? &*m_manifest : nullptr;
}

const Image *ImagePresenter::image() const
{
    return m_image ? &*m_image : nullptr;
}

void ImagePresenter::reload()
{
    m_manifest.reset();
    m_image.reset();
    readImage(m_reference);
}

void ImagePresenter::choosePlatform(const Digest &digest)
{
    if (!m_image || m_image->manifest.digest != digest)
        readImage(digest);
}

void ImagePresenter::readImage(const Reference &reference)
{
    if (m_job) {
        m_job->disconnect(this);
        m_job->cancel();
    }
    m_job = new ReadImageJob(*m_session, m_repository, reference, this);
    m_job->then(this, [this](const auto &result) { handleManifest(result); });
    m_job->start();
    emit loading();
}

void ImagePresenter::handleManifest(const Result<Image> &result)
{
    m_job.clear();
    if (!result)
        return emit failed(result.error());
    const bool isFirst = !m_manifest;
    if (isFirst) {
        m_manifest = result->manifest;
        emit manifestLoaded();
    }
    const ImageIndex *index = result->manifest.index();
    const Descriptor *entry = isFirst && index ? preferredEntry(*index) : nullptr;
    if (entry)
        return readImage(entry->digest);
    m_image = *result;
    emit imageLoaded();
}

} // namespace Longshore::Ui
