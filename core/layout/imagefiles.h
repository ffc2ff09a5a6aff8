// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/filetree.h"
#include "core/oci/manifest.h"

namespace Longshore {

/// An image that files tell of.
struct StoredImage
{
    Descriptor manifest; ///< As the files describe it.
    QString name = {}; ///< As the files write it: a tag, or a whole reference; empty for none.
    /// Whether it has layers that nothing compresses, and no manifest of its own that says so: they may be compressed
    /// on their way.
    bool hasPlainLayers = false;
};

/// Images in files of one form, to be read. Blocks on the disk, so it belongs into workers; may be
/// asked from several threads once it was made.
class ImageFiles
{
public:
    /// How the images are kept.
    enum class Form {
        OciLayout, ///< See OciLayoutFiles.
        DockerArchive, ///< See DockerArchiveFiles.
        SkopeoFolder, ///< See SkopeoFolderFiles.
    };

    ImageFiles() = default;
    virtual ~ImageFiles() = default;
    Q_DISABLE_COPY_MOVE(ImageFiles)

    /// What they were recognized by.
    [[nodiscard]] virtual Form form() const noexcept = 0;
    /// In the order of the files. One image may have several names, and of equal names the last one
    /// counts.
    [[nodiscard]] virtual const QList<StoredImage> &images() const = 0;
    /// Where the bytes of a blob are; nobody has checked them. An Error of kind NotFound when it is
    /// not there, else as FileTree.
    [[nodiscard]] virtual Result<FileSlice> blob(const Digest &digest) const = 0;
    /// The bytes of a manifest; nobody has checked them. Fails as blob(), and as TooLarge beyond 4
    /// MiB.
    [[nodiscard]] virtual Result<QByteArray> document(const Digest &digest) const = 0;

    /// A manifest that is what \a digest says, read as \a type, which may be empty. Fails as
    /// document(), as parseManifest(), and as DigestMismatch.
    [[nodiscard]] Result<Manifest> manifest(const Digest &digest, const MediaType &type) const;
};

} // namespace Longshore
