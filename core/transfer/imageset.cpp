// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/imageset.h"

#include "core/transfer/diskroom.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImageSet)
};

} // namespace

Result<ImageSet> ImageSet::of(const QList<Image> &images)
{
    ImageSet set{images};
    QMap<Digest, Descriptor> foreign;
    for (const Image &image : images) {
        for (const Manifest &manifest : image.parts.manifests)
            set.manifests.insert(manifest.digest, manifest);
        for (const LeftOutReferrer &one : image.leftOutReferrers) {
            if (!set.leftOutReferrers.contains(one))
                set.leftOutReferrers.append(one);
        }
        for (const Descriptor &layer : image.parts.foreign)
            foreign.insert(layer.digest, layer);
        for (const Descriptor &blob : image.parts.blobs) {
            const auto known = set.blobs.constFind(blob.digest);
            if (known == set.blobs.constEnd())
                set.blobs.insert(blob.digest, {blob, image.repository});
            else if (known->blob.size != blob.size)
                return Error{Error::Kind::Protocol,
                             Text::tr("Two images name different sizes of the blob %1.")
                                 .arg(blob.digest.toString())};
        }
    }
    set.foreign = foreign.values();
    return set;
}

qint64 ImageSet::size() const
{
    QList<qint64> sizes;
    for (const Manifest &manifest : manifests)
        sizes.append(manifest.bytes.size());
    for (const Blob &one : blobs)
        sizes.append(one.blob.size);
    return totalSize(sizes);
}

} // namespace Longshore
