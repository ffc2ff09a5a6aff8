// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"

namespace Longshore {

/// Writes an OCI image layout folder. OCI image-spec, image-layout.md.
///
/// Blocks on the disk, so it belongs into a worker. Every file is complete under its name or not
/// there; the folder is readable as a layout only after finish().
class OciLayoutWriter
{
public:
    explicit OciLayoutWriter(const QString &folder) : m_folder(folder) {}

    /// Makes the folder; refuses one that is there and not empty.
    [[nodiscard]] Result<Done> create();
    /// Stores \a bytes after checking them against \a digest; the same blob twice is no error.
    [[nodiscard]] Result<Done> addBlob(const Digest &digest, const QByteArray &bytes);
    /// Names a manifest in index.json; several names may point to one manifest.
    void addReference(const Descriptor &manifest, const QString &name);
    [[nodiscard]] Result<Done> finish();

    [[nodiscard]] const QString &folder() const noexcept { return m_folder; }

private:
    struct NamedManifest
    {
        Descriptor manifest;
        QString name;
    };

    QString m_folder;
    QList<NamedManifest> m_references;
};

} // namespace Longshore
