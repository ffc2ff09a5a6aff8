// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

namespace Longshore {

/// Writes an OCI image layout folder. OCI image-spec, image-layout.md.
///
/// Blocks on the disk, so it belongs into a worker. Every file is complete under its name or not
/// there; the folder is readable as a layout only after finish().
class OciLayoutWriter
{
public:
    /// Touches nothing before create().
    explicit OciLayoutWriter(const QString &folder) : m_folder(folder) {}

    /// Makes the folder; refuses one that is there and not empty. An Error of kind LocalFile, as
    /// from every function here.
    [[nodiscard]] Result<Done> create();
    /// The same, but goes on with a layout that is there, finished or not: what it holds and names
    /// stays. Refuses a folder that holds anything else, and fails as readMissingBlobs().
    [[nodiscard]] Result<Done> open();
    /// Where a blob is, or shall be.
    [[nodiscard]] QString blobPath(const Digest &digest) const;
    /// Removes what writers left behind when they were killed. Only for whoever knows that
    /// nobody else writes here now.
    void removeParts() const;
    /// Stores \a bytes after checking them against \a digest: DigestMismatch. The same blob twice
    /// is no error. Several threads may do that at once.
    [[nodiscard]] Result<Done> addBlob(const Digest &digest, const QByteArray &bytes) const;
    /// Names a manifest in index.json; several names may point to one manifest, but one name only to
    /// the last that got it. An empty name is left out. OCI image-spec, annotations.md,
    /// "org.opencontainers.image.ref.name".
    void addReference(const Descriptor &manifest, const QString &name);
    /// Blobs that are not brought here. finish() lists what then is missing, of these and of what was
    /// missing before, in missing-blobs.json; where nothing is, there is no such file.
    void noteMissing(const QList<Descriptor> &blobs) { m_missing = blobs; }
    /// Writes index.json, and with it the folder becomes a layout.
    [[nodiscard]] Result<Done> finish();

    /// As it was given.
    [[nodiscard]] const QString &folder() const noexcept { return m_folder; }

private:
    [[nodiscard]] Result<Done> listMissing() const;

    QString m_folder;
    QList<Descriptor> m_missing;
    QList<Descriptor> m_missingBefore; ///< What was so when it was opened.
    QJsonObject m_index; ///< Without its list; what others wrote into it stays.
    QJsonArray m_manifests;
    QSet<QString> m_listed; ///< What finds an entry in that, which may be long.
};

} // namespace Longshore
