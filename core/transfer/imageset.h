// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/readimagepartsjob.h"
#include "core/transfer/leftoutreferrer.h"

#include <functional>

namespace Longshore {

/// What an image is called where it is brought to.
struct ImageNames
{
    /// As layouts write it: the tag, or the whole reference where tags of several repositories come
    /// together; empty for no name.
    QString name = {};
    QString reference = {}; ///< The whole, "host/repository:tag"; empty for no name.
};

/// An image to bring to disk.
struct NamedImage
{
    ImageChoice image; ///< Where it is, and what of it.
    ImageNames names = {}; ///< What it is called there.
    bool withReferrers = false; ///< Whether what refers to it comes along; see ReadReferrersJob.
};

/// What refers to an image, where that is brought to.
struct NamedReferrer
{
    Manifest manifest; ///< As it is stored.
    ImageNames names = {}; ///< None, unless it is a tag that says what it is about.
};

/// Where the file of a blob is.
using BlobPaths = std::function<QString(const Digest &digest)>;

/// Images that are brought to one place; what several of them have is there once.
struct ImageSet
{
    /// One of the images.
    struct Image
    {
        ImageParts parts; ///< What it is made of, referrers included.
        RepositoryName repository; ///< Where all of that is.
        ImageNames names = {}; ///< What it is called in the new place.
        QList<NamedReferrer> referrers = {}; ///< Each after what it refers to.
        QList<LeftOutReferrer> leftOutReferrers = {}; ///< See ReadReferrersJob.
    };
    /// A blob, and a repository that has it.
    struct Blob
    {
        Descriptor blob; ///< As a manifest names it.
        RepositoryName repository; ///< To read it from.
    };

    QList<Image> images; ///< In the order that was asked for.
    QMap<Digest, Manifest> manifests = {}; ///< Of all of them.
    QMap<Digest, Blob> blobs = {}; ///< Of all of them, too.
    QList<Descriptor> leftOut = {}; ///< What an earlier export holds; not among the blobs either.
    QList<Descriptor> foreign = {}; ///< Layers that may not be distributed; not among the blobs.
    QList<LeftOutReferrer> leftOutReferrers = {}; ///< Of all images, each once.

    /// An Error of kind Protocol for two sizes of a blob.
    [[nodiscard]] static Result<ImageSet> of(const QList<Image> &images);

    /// In bytes, of manifests and blobs; as large as a number can be when the sum is larger.
    [[nodiscard]] qint64 size() const;
};

} // namespace Longshore
