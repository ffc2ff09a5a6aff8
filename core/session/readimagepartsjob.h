// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/imageparts.h"
#include "core/session/session.h"

namespace Longshore {

/// An image in a repository.
struct ImageChoice
{
    RepositoryName repository; ///< Where the image is.
    Reference reference; ///< The image or index.
    /// Of an index: none for everything that \a reference names, byte for byte; one for its image, by
    /// the manifest of that; several for an index of these alone, see keepPlatforms().
    QList<Platform> platforms = {};
};

/// Finds out what an image is made of, down to the last manifest. Nothing but manifests is read.
///
/// Fails as FetchPlatformManifestJob, keepPlatforms(), ReadManifestsJob and ImageParts::of().
class ReadImagePartsJob final : public ResultJob<ImageParts>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ReadImagePartsJob(Session &session, const ImageChoice &image, QObject *parent = nullptr);

private:
    void doStart() override;
    void readEntries(const Manifest &root);

    Session &m_session;
    const ImageChoice m_image;
};

} // namespace Longshore
