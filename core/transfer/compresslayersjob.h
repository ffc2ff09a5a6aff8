// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/layout/fileslice.h"
#include "core/oci/manifest.h"
#include "core/oci/reference.h"

#include <QHash>

namespace Longshore {

class LayoutSession;

/// An image whose layers were compressed.
struct CompressedImage
{
    std::shared_ptr<LayoutSession> files; ///< Holds it alone, with everything that it is made of.
    RepositoryName repository; ///< What \a files calls its repository.
    Digest digest; ///< Of the image.
};

/// Makes of an image in a Docker archive another one, whose plain layers are compressed by gzip: the
/// same each time. The configuration stays byte for byte, because it speaks of what layers unpack to;
/// so does a layer that is compressed already. Nothing is sent; what comes of it can be copied as from
/// any other place.
///
/// What was compressed waits in private temporary files that go with the result. Progress is in bytes of
/// blobs. Fails as InvalidInput for any other place than a Docker archive, where a manifest says already
/// how layers are stored; as DigestMismatch for a layer that is not what its image says; else as
/// LayoutSession and GzipFile.
class CompressLayersJob final : public ResultJob<CompressedImage>
{
    Q_OBJECT

public:
    /// \a files must outlive the job.
    CompressLayersJob(LayoutSession &files, const RepositoryName &repository,
                      const Reference &reference, QObject *parent = nullptr);

private:
    struct StoredBlob
    {
        Descriptor blob;
        FileSlice content;
    };

    void doStart() override;
    void findBlobs(const Manifest &manifest);
    void compress();
    void noteBlob(const StoredBlob &before, const StoredBlob &now);
    void compose();
    [[nodiscard]] static Result<StoredBlob> compressed(const StoredBlob &layer,
                                                       const CancelFlag &cancelled);
    [[nodiscard]] Result<Manifest> changedManifest() const;

    LayoutSession &m_files;
    const RepositoryName m_repository;
    const Reference m_reference;
    std::optional<Manifest> m_manifest; ///< Of the image as it is, once it is known.
    QList<StoredBlob> m_found; ///< Its blobs, each once.
    QHash<Digest, StoredBlob> m_blobs; ///< What became of each of them.
    qint64 m_done = 0; ///< In bytes, of the blobs as they were.
    qint64 m_total = 0;
};

} // namespace Longshore
