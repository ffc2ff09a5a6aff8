// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/session.h"

namespace Longshore {

/// Fetches the manifest of the image for one platform: an entry of an index, or the image itself
/// when it is made for that platform. An image that does not tell its platform is taken as it is.
///
/// Fails as the session does; as NotFound, with what is offered, when there is no image for the
/// platform, as TooLarge when indexes lie more than eight deep.
class FetchPlatformManifestJob final : public ResultJob<Manifest>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    FetchPlatformManifestJob(Session &session, const RepositoryName &repository,
                             const Reference &reference, const Platform &platform,
                             QObject *parent = nullptr);

private:
    void doStart() override;
    void fetch(const Reference &reference);
    void choose(const ImageIndex &index);
    void checkImage(const Manifest &manifest);

    Session &m_session;
    RepositoryName m_repository;
    Reference m_reference;
    Platform m_platform;
    int m_depth = 0; ///< An index may hold indexes.
};

} // namespace Longshore
