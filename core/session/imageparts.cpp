// SPDX-License-Identifier: Apache-2.0
#include "core/session/imageparts.h"

#include "core/base/displaytext.h"
#include "core/base/saturatingsum.h"

#include <QCoreApplication>
#include <QSet>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImageParts)
};

/// One blob may be a configuration and a layer at once, or several layers; but it has one size.
Result<Done> addBlob(const Descriptor &blob, QMap<Digest, Descriptor> &blobs)
{
    const auto known = blobs.constFind(blob.digest);
    if (known != blobs.constEnd() && known->size != blob.size)
        return Error{
            Error::Kind::Protocol,
            Text::tr("The image gives two sizes for %1.").arg(quotedText(blob.digest.toString()))};
    blobs.insert(blob.digest, blob);
    return Done();
}

Result<Done> addBlobs(const ImageManifest &image, ImageParts &parts,
                      QMap<Digest, Descriptor> &foreign)
{
    if (auto added = addBlob(image.config, parts.blobs); !added)
        return added;
    for (const Descriptor &layer : image.layers) {
        const bool isForeign = layer.mediaType.kind() == MediaType::Kind::ForeignLayer;
        if (isForeign && !foreign.contains(layer.digest))
            parts.foreign.append(layer);
        if (auto added = addBlob(layer, isForeign ? foreign : parts.blobs); !added)
            return added;
    }
    return Done();
}

/// Adds what \a manifest is made of, each once, so that even a circle ends.
void collect(const Manifest &manifest, const Manifests &all, Manifests &found)
{
    const ImageIndex *index = manifest.index();
    for (const Descriptor &entry : index ? index->manifests : QList<Descriptor>()) {
        const auto child = all.constFind(entry.digest);
        if (child == all.constEnd() || found.contains(entry.digest))
            continue;
        found.insert(entry.digest, *child);
        collect(*child, all, found);
    }
}

/// Walks from the root down; each manifest once, so that even a circle ends.
class ImageFinder
{
public:
    explicit ImageFinder(const Manifests &manifests) : m_manifests(manifests) {}

    QList<Descriptor> find(const Descriptor &root)
    {
        visit(root);
        return m_images;
    }

private:
    void visit(const Descriptor &entry)
    {
        const auto found = m_manifests.constFind(entry.digest);
        const bool isOnlyAbout =
            attestationSubject(entry) || (entry.platform && entry.platform->isUnknown());
        if (found == m_manifests.constEnd() || isOnlyAbout || m_visited.contains(entry.digest))
            return;
        m_visited.insert(entry.digest);
        if (const ImageIndex *index = found->index()) {
            for (const Descriptor &child : index->manifests)
                visit(child);
        }
        const ImageManifest *image = found->image();
        if (image && image->config.mediaType.kind() == MediaType::Kind::ImageConfig)
            m_images.append(entry);
    }

    const Manifests &m_manifests;
    QSet<Digest> m_visited;
    QList<Descriptor> m_images;
};

} // namespace

Result<ImageParts> ImageParts::of(const Manifest &root, const Manifests &manifests)
{
    ImageParts parts{root, manifests};
    QMap<Digest, Descriptor> foreign;
    parts.manifests.insert(root.digest, root);
    for (const Manifest &manifest : std::as_const(parts.manifests)) {
        if (manifest.index())
            continue;
        if (manifest.mediaType.kind() == MediaType::Kind::SignedManifest)
            return Error{
                Error::Kind::Unsupported,
                Text::tr("This is a schema 1 image: an old form, signed for one name and one "
                         "registry. It can be looked at, but not be copied or "
                         "exported. Push it anew with a current Docker or Podman.")};
        if (!manifest.image())
            return Error{Error::Kind::Unsupported,
                         Text::tr("The image has a manifest of type %1, which does not tell what "
                                  "it is made of.")
                             .arg(quotedText(manifest.mediaType.toString()))};
        if (const auto added = addBlobs(*manifest.image(), parts, foreign); !added)
            return added.error();
    }
    return parts;
}

Result<ImageParts> ImageParts::part(const Manifest &top) const
{
    Manifests found;
    collect(top, manifests, found);
    return of(top, found);
}

QList<Descriptor> ImageParts::images() const
{
    return ImageFinder(manifests).find(root.descriptor());
}

qint64 ImageParts::size() const
{
    qint64 sum = 0;
    for (const Manifest &manifest : manifests)
        sum = saturatingSum(sum, manifest.bytes.size());
    for (const Descriptor &blob : blobs)
        sum = saturatingSum(sum, blob.size);
    return sum;
}

} // namespace Longshore
