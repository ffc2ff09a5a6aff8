// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/imagefiles.h"

namespace Longshore {

/// What skopeo writes as "dir:": one image whose files lie side by side, named by their hashes. It
/// has no name.
class SkopeoFolderFiles final : public ImageFiles
{
public:
    /// Whether the tree calls itself such a folder.
    [[nodiscard]] static bool isIn(const FileTree &tree);
    /// Reads the manifest. Fails as FileTree and parseManifest(); as Unsupported for a version that
    /// we do not know.
    [[nodiscard]] static Result<std::shared_ptr<const ImageFiles>>
    read(std::shared_ptr<const FileTree> tree);

    [[nodiscard]] Form form() const noexcept override { return Form::SkopeoFolder; }
    [[nodiscard]] const QList<StoredImage> &images() const override { return m_images; }
    [[nodiscard]] Result<FileSlice> blob(const Digest &digest) const override;
    [[nodiscard]] Result<QByteArray> document(const Digest &digest) const override;

private:
    SkopeoFolderFiles(std::shared_ptr<const FileTree> tree, const Manifest &image)
        : m_tree(std::move(tree)), m_images{{image.descriptor()}}
    {}

    const std::shared_ptr<const FileTree> m_tree;
    const QList<StoredImage> m_images;
};

} // namespace Longshore
