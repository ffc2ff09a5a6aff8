// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/exportpresenter.h"

namespace Longshore::Ui {

ExportPresenter::ExportPresenter(std::shared_ptr<Session> session, const RepositoryName &repository,
                                 const Reference &reference, QObject *parent)
    : QObject(parent), m_session(std::move(session)), m_image{repository, reference}
{}

ImageReference ExportPresenter::source() const
{
    ImageReference source{m_session->host(), m_image.repository, {}, {}};
    if (const Tag *tag = m_image.reference.tag())
        source.tag = *tag;
    else
        source.digest = *m_image.reference.digest();
    return source;
}

QString ExportPresenter::title() const
{
    const QChar mark = m_image.reference.digest() ? u'@' : u':';
    return m_image.repository.toString() + mark + m_image.reference.toString();
}

void ExportPresenter::read()
{
    if (m_job)
        return;
    m_job = new ReadImagePartsJob(*m_session, m_image, this);
    m_job->then(this, [this](const Result<ImageParts> &parts) {
        m_job.clear();
        if (parts)
            handleParts(*parts);
        else
            emit failed(parts.error());
    });
    m_job->start();
}

void ExportPresenter::handleParts(const ImageParts &parts)
{
    m_choices = {{{}, parts.size()}};
    const QList<Descriptor> images = parts.images();
    for (const Descriptor &image : images) {
        // An image needs no other manifest than its own.
        const auto alone = ImageParts::of(*parts.manifests.constFind(image.digest), {});
        if (images.size() > 1 && image.platform && alone)
            m_choices.append({image.platform, alone->size()});
    }
    emit changed();
}

} // namespace Longshore::Ui
