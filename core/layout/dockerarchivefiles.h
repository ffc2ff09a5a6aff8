// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"
#include "core/layout/imagefiles.h"

namespace Longshore {

/// What "docker save" writes: a list of images, each of a configuration and layers that are mostly
/// not compressed. Docker image-spec v1.2, "Combined Image JSON + Filesystem Changeset Format".
///
/// There is no manifest in it, so that one is made: an OCI manifest of exactly these bytes. The
/// digest of a layer that is not compressed is its diff ID, as the configuration has it; one that is
/// compressed is read once to make its digest, and to see that it unpacks to what the configuration
/// says.
class DockerArchiveFiles final : public ImageFiles
{
public:
    /// Whether the tree holds such a list.
    [[nodiscard]] static bool isIn(const FileTree &tree);
    /// Reads the list and the configurations. An Error of kind LocalFile says what is wrong with
    /// them, DigestMismatch names a compressed layer or a configuration that is not what it should
    /// be; TooLarge for more than 10,000 images, Cancelled; else as FileTree and unpack().
    [[nodiscard]] static Result<std::shared_ptr<const ImageFiles>>
    read(const std::shared_ptr<const FileTree> &tree, const CancelFlag &cancelled);

    /// Whether nothing compresses \a layer, as such files describe it, and it may be compressed on its way: what is
    /// compressed is checked against SHA-256 only.
    [[nodiscard]] static bool isPlain(const Descriptor &layer);

    [[nodiscard]] Form form() const noexcept override { return Form::DockerArchive; }
    [[nodiscard]] const QList<StoredImage> &images() const override { return m_images; }
    [[nodiscard]] Result<FileSlice> blob(const Digest &digest) const override;
    [[nodiscard]] Result<QByteArray> document(const Digest &digest) const override;

private:
    class Builder;

    QList<StoredImage> m_images;
    QHash<Digest, QByteArray> m_manifests;
    QHash<Digest, FileSlice> m_blobs;
};

} // namespace Longshore
