// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/imagefiles.h"
#include "core/oci/reference.h"

#include <QMap>

namespace Longshore {

/// An image in files, and how a session names it.
struct LayoutImage
{
    Descriptor manifest; ///< As the files describe it.
    QString name; ///< As the files write it; empty for none.
    RepositoryName repository; ///< That of its name, else the one that all without share.
    Reference reference; ///< The tag, where it has one that no later image took; else the digest.
    bool hasPlainLayers = false; ///< See StoredImage.
};

/// Gives the images of some files names that a registry could have: a whole reference is taken
/// apart, its host left out; a tag alone is one of a repository named after the files. An image
/// without any such name belongs to that repository too, and is reached by its digest.
class LayoutNames
{
public:
    /// The digests of tags.
    using Tags = QMap<Tag, Descriptor>;

    /// \a path is that of the files; \a images in their order.
    LayoutNames(const QString &path, const QList<StoredImage> &images);

    /// In the order of the files.
    [[nodiscard]] const QList<LayoutImage> &images() const noexcept { return m_images; }
    /// Every repository, with its tags.
    [[nodiscard]] const QMap<RepositoryName, Tags> &repositories() const noexcept
    {
        return m_repositories;
    }
    /// The image that \a name means: a name as the files write it, a reference, a tag, or a digest;
    /// an empty one means the only image there is, whatever is about it. An Error of kind NotFound
    /// or InvalidInput lists what can be named.
    [[nodiscard]] Result<LayoutImage> find(const QString &name) const;

private:
    [[nodiscard]] QString listed() const;

    const QString m_path;
    QList<LayoutImage> m_images;
    QMap<RepositoryName, Tags> m_repositories;
};

/// A repository named after a file or folder: "My Images.tar.gz" gives "my-images".
[[nodiscard]] RepositoryName repositoryNamedAfter(const QString &path);

} // namespace Longshore
