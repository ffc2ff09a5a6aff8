// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/imagefiles.h"

namespace Longshore {

/// One image that was made here and is nowhere yet: its manifest in memory, and those of its blobs that
/// are new. The others are where the image shall go.
class ComposedFiles final : public ImageFiles
{
public:
    /// \a name is what the image is called, such as "team/app:1.2".
    ComposedFiles(const Manifest &manifest, const QString &name,
                  const QHash<Digest, FileSlice> &blobs);

    [[nodiscard]] Form form() const noexcept override { return Form::OciLayout; }
    [[nodiscard]] const QList<StoredImage> &images() const override { return m_images; }
    [[nodiscard]] Result<FileSlice> blob(const Digest &digest) const override;
    [[nodiscard]] Result<QByteArray> document(const Digest &digest) const override;

private:
    const Manifest m_manifest;
    const QList<StoredImage> m_images;
    const QHash<Digest, FileSlice> m_blobs;
};

} // namespace Longshore
