// SPDX-License-Identifier: Apache-2.0
#include "core/session/readimagepartsjob.h"

#include "core/oci/keepplatforms.h"
#include "core/session/fetchplatformmanifestjob.h"
#include "core/session/readmanifestsjob.h"

namespace Longshore {

ReadImagePartsJob::ReadImagePartsJob(Session &session, const ImageChoice &image, QObject *parent)
    : ResultJob(parent), m_session(session), m_image(image)
{}

void ReadImagePartsJob::doStart()
{
    ResultJob<Manifest> *job = nullptr;
    if (m_image.platforms.size() == 1)
        job = new FetchPlatformManifestJob(m_session, m_image.repository, m_image.reference,
                                           m_image.platforms.first());
    else
        job = m_session.fetchManifest(m_image.repository, m_image.reference,
                                      Session::Priority::Interactive);
    runChild(job, [this](const Result<Manifest> &manifest) {
        if (!manifest)
            return fail(manifest.error());
        const auto root =
            m_image.platforms.size() > 1 ? keepPlatforms(*manifest, m_image.platforms) : manifest;
        if (!root)
            return fail(root.error());
        readEntries(*root);
    });
}

void ReadImagePartsJob::readEntries(const Manifest &root)
{
    QList<Digest> entries;
    if (const ImageIndex *index = root.index()) {
        for (const Descriptor &entry : index->manifests)
            entries.append(entry.digest);
    }
    auto *readAll = new ReadManifestsJob(m_session, m_image.repository, entries,
                                         ReadManifestsJob::MissingEntry::Fail);
    runChild(readAll, [this, root](const Result<Manifests> &manifests) {
        if (!manifests)
            return fail(manifests.error());
        const auto parts = ImageParts::of(root, *manifests);
        if (!parts)
            return fail(parts.error());
        succeed(*parts);
    });
}

} // namespace Longshore
