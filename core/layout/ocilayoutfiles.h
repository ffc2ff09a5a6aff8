// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/imagefiles.h"

namespace Longshore {

/// An OCI image layout. OCI image-spec, image-layout.md.
class OciLayoutFiles final : public ImageFiles
{
public:
    /// Whether the tree calls itself such a layout.
    [[nodiscard]] static bool isIn(const FileTree &tree);
    /// Reads what the layout lists. An Error of kind Unsupported for a version that we do not know;
    /// else as FileTree and parseManifest().
    [[nodiscard]] static Result<std::shared_ptr<const ImageFiles>>
    read(std::shared_ptr<const FileTree> tree);

    [[nodiscard]] Form form() const noexcept override { return Form::OciLayout; }
    [[nodiscard]] const QList<StoredImage> &images() const override { return m_images; }
    [[nodiscard]] Result<FileSlice> blob(const Digest &digest) const override;
    [[nodiscard]] Result<QByteArray> document(const Digest &digest) const override;

private:
    OciLayoutFiles(std::shared_ptr<const FileTree> tree, const ImageIndex &index);

    const std::shared_ptr<const FileTree> m_tree;
    QList<StoredImage> m_images;
};

} // namespace Longshore
