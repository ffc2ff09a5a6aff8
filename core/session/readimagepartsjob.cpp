// SPDX-License-Identifier: Apache-2.0
#include "core/session/readimagepartsjob.h"

#include "core/base/displaytext.h"
#include "core/session/fetchplatformmanifestjob.h"

#include <algorithm>
#include <limits>

namespace Longshore {

namespace {

void addBlobs(const ImageManifest &image, ImageParts &parts)
{
    parts.blobs.insert(image.config.digest, image.config);
    for (const Descriptor &layer : image.layers) {
        if (layer.mediaType.kind() != MediaType::Kind::ForeignLayer)
            parts.blobs.insert(layer.digest, layer);
        else if (!parts.foreign.contains(layer))
            parts.foreign.append(layer);
    }
}

} // namespace

qint64 ImageParts::size() const
{
    qint64 sum = 0;
    const auto add = [&sum](qint64 size) {
        sum += std::min(size, std::numeric_limits<qint64>::max() - sum);
    };
    for (const Manifest &manifest : manifests)
        add(manifest.bytes.size());
    for (const Descriptor &blob : blobs)
        add(blob.size);
    return sum;
}

ReadImagePartsJob::ReadImagePartsJob(Session &session, const ImageChoice &image, QObject *parent)
    : ResultJob(parent), m_session(session), m_image(image)
{}

void ReadImagePartsJob::doStart()
{
    ResultJob<Manifest> *job = nullptr;
    if (m_image.platform)
        job = new FetchPlatformManifestJob(m_session, m_image.repository, m_image.reference,
                                           *m_image.platform);
    else
        job = m_session.fetchManifest(m_image.repository, m_image.reference,
                                      Session::Priority::Interactive);
    runChild(job, [this](const Result<Manifest> &manifest) {
        if (!manifest)
            return fail(manifest.error());
        readEntries(*manifest);
    });
}

void ReadImagePartsJob::readEntries(const Manifest &root)
{
    QList<Digest> entries;
    if (const ImageIndex *index = root.index()) {
        for (const Descriptor &entry : index->manifests)
            entries.append(entry.digest);
    }
    auto *readAll = new ReadManifestsJob(m_session, m_image.repository, entries,
                                         ReadManifestsJob::MissingEntry::Fail);
    runChild(readAll, [this, root](const Result<Manifests> &manifests) {
        if (!manifests)
            return fail(manifests.error());
        collect(root, *manifests);
    });
}

void ReadImagePartsJob::collect(const Manifest &root, const Manifests &manifests)
{
    ImageParts parts{root, manifests};
    parts.manifests.insert(root.digest, root);
    for (const Manifest &manifest : std::as_const(parts.manifests)) {
        if (manifest.index())
            continue;
        if (!manifest.image())
            return fail({Error::Kind::Unsupported,
                         tr("The image has a manifest of type %1, which does not tell what it is "
                            "made of.")
                             .arg(quotedText(manifest.mediaType.toString()))});
        addBlobs(*manifest.image(), parts);
    }
    succeed(parts);
}

} // namespace Longshore
