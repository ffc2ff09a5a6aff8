// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/readmanifestsjob.h"

namespace Longshore {

/// An image in a repository.
struct ImageChoice
{
    RepositoryName repository; ///< Where the image is.
    Reference reference; ///< The image or index.
    /// The image of an index to take; nothing for everything that \a reference names, byte for byte.
    std::optional<Platform> platform = {};
};

/// An image and everything that belongs to it.
struct ImageParts
{
    Manifest root; ///< What the reference names, or the image that was chosen of it.
    Manifests manifests; ///< All of them, the root included.
    QMap<Digest, Descriptor> blobs = {}; ///< Configurations and layers, each once.
    QList<Descriptor> foreign = {}; ///< Layers that may not be distributed; not among the blobs.

    /// In bytes, of manifests and blobs; as large as a number can be when the sum is larger.
    [[nodiscard]] qint64 size() const;
};

/// Finds out what an image is made of, down to the last manifest. Nothing but manifests is read.
///
/// Fails with Error::Kind::Unsupported for manifests that tell nothing of their blobs, as schema 1,
/// else as FetchPlatformManifestJob and ReadManifestsJob.
class ReadImagePartsJob final : public ResultJob<ImageParts>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ReadImagePartsJob(Session &session, const ImageChoice &image, QObject *parent = nullptr);

private:
    void doStart() override;
    void readEntries(const Manifest &root);
    void collect(const Manifest &root, const Manifests &manifests);

    Session &m_session;
    const ImageChoice m_image;
};

} // namespace Longshore
