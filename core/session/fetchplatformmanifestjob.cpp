// SPDX-License-Identifier: Apache-2.0
#include "core/session/fetchplatformmanifestjob.h"

#include "core/oci/imageconfig.h"
#include "core/oci/keepplatforms.h"

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr int deepestIndex = 8;

FetchPlatformManifestJob::FetchPlatformManifestJob(Session &session,
                                                   const RepositoryName &repository,
                                                   const Reference &reference,
                                                   const Platform &platform, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_repository(repository)
    , m_reference(reference)
    , m_platform(platform)
{}

void FetchPlatformManifestJob::doStart()
{
    fetch(m_reference);
}

void FetchPlatformManifestJob::fetch(const Reference &reference)
{
    runChild(m_session.fetchManifest(m_repository, reference, Session::Priority::Interactive),
             [this](const Result<Manifest> &manifest) {
                 if (!manifest)
                     return fail(manifest.error());
                 if (const ImageIndex *index = manifest->index())
                     return choose(*index);
                 // What an index has said of its entry needs no second proof.
                 if (m_depth > 0)
                     return succeed(*manifest);
                 checkImage(*manifest);
             });
}

void FetchPlatformManifestJob::choose(const ImageIndex &index)
{
    if (++m_depth > deepestIndex)
        return fail({Error::Kind::TooLarge, tr("The indexes of this image are nested too deep.")});
    if (const Descriptor *entry = findPlatform(index, m_platform))
        return fetch(entry->digest);
    fail(noImageFor(m_platform, platformNames(index)));
}

void FetchPlatformManifestJob::checkImage(const Manifest &manifest)
{
    const ImageManifest *image = manifest.image();
    if (!image || image->config.mediaType.kind() != MediaType::Kind::ImageConfig)
        return succeed(manifest);
    runChild(m_session.fetchBlob(m_repository, image->config, Session::Priority::Interactive),
             [this, manifest](const Result<QByteArray> &bytes) {
                 if (!bytes)
                     return fail(bytes.error());
                 const auto config = parseImageConfig(*bytes);
                 const bool isTold = config && !config->platform.os.isEmpty();
                 if (isTold && !config->platform.satisfies(m_platform))
                     return fail(noImageFor(m_platform, {platformName(config->platform)}));
                 succeed(manifest);
             });
}

} // namespace Longshore
