// SPDX-License-Identifier: Apache-2.0
#include "core/session/readimagejob.h"

namespace Longshore {

ReadImageJob::ReadImageJob(Session &session, const RepositoryName &repository,
                           const Reference &reference, QObject *parent)
    : ResultJob(parent), m_session(session), m_repository(repository), m_reference(reference)
{}

void ReadImageJob::doStart()
{
    runChild(m_session.fetchManifest(m_repository, m_reference, Session::Priority::Interactive),
             [this](const Result<Manifest> &manifest) {
                 if (!manifest)
                     return fail(manifest.error());
                 readConfig(*manifest);
             });
}

void ReadImageJob::readConfig(const Manifest &manifest)
{
    const ImageManifest *image = manifest.image();
    // A configuration of another type is not one: artifacts put all kinds of things there.
    if (!image || image->config.mediaType.kind() != MediaType::Kind::ImageConfig)
        return succeed({manifest, {}, {}, {}});
    runChild(m_session.fetchBlob(m_repository, image->config, Session::Priority::Interactive),
             [this, manifest](const Result<QByteArray> &bytes) {
                 if (!bytes)
                     return succeed({manifest, {}, {}, bytes.error()});
                 const auto config = parseImageConfig(*bytes);
                 if (!config)
                     return succeed({manifest, *bytes, {}, config.error()});
                 succeed({manifest, *bytes, *config, {}});
             });
}

} // namespace Longshore
