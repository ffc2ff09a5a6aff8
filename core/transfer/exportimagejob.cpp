// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportimagejob.h"

#include "core/base/workerjob.h"
#include "core/layout/ocilayoutwriter.h"
#include "core/registry/updatereferrerstagjob.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/contentslist.h"
#include "core/transfer/readdeltajob.h"

namespace Longshore {

ExportedImage ExportedImage::of(const ImageSet &set, const DownloadedBlobs &blobs)
{
    QList<Descriptor> roots;
    for (const ImageSet::Image &image : set.images)
        roots.append(image.parts.root.descriptor());
    ExportedImage exported{roots.takeFirst(), set.manifests.size() + set.blobs.size(),
                           set.size(),        blobs.kept,
                           set.foreign,       roots};
    exported.leftOut = set.leftOut;
    exported.leftOutReferrers = set.leftOutReferrers;
    exported.startedOver = blobs.startedOver;
    exported.contents = [set] { return contentsList(set); };
    return exported;
}

ExportImageJob::ExportImageJob(Session &session, const ImageExport &wanted, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_wanted(wanted)
    , m_writer(std::make_shared<OciLayoutWriter>(wanted.folder))
{}

ExportImageJob::~ExportImageJob() = default;

void ExportImageJob::doStart()
{
    m_held = std::make_shared<HeldFolder>(m_writer->folder());
    auto *worker = new WorkerJob<Done>(
        [writer = m_writer, held = m_held](const CancelFlag &cancelled) mutable {
            const auto taken = held->take(*writer, cancelled);
            if (taken)
                writer->removeParts();
            held.reset(); // Here, so that a cancelled job keeps the folder from nobody.
            return taken;
        });
    runChild(worker, [this](const Result<Done> &taken) {
        if (!taken)
            return fail(taken.error());
        findImages();
    });
}

void ExportImageJob::releaseResources()
{
    if (m_held)
        m_held->leave(); // A worker may be writing this very moment; the last owner lets go.
    m_held.reset();
}

void ExportImageJob::findImages()
{
    runChild(new ReadDeltaJob(m_session, m_wanted.images, m_wanted.earlier),
             [this](const Result<ImageSet> &set) {
                 if (!set)
                     return fail(set.error());
                 fetchBlobs(*set);
             });
}

void ExportImageJob::fetchBlobs(const ImageSet &set)
{
    // A file that is not what its name says is damaged, and of no use to anybody.
    auto *job = new DownloadBlobsJob(
        m_session, set.images.first().repository,
        wantedBlobs(set, [this](const Digest &digest) { return m_writer->blobPath(digest); }),
        SafeFile::Existing::Replace);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this, set](const Result<DownloadedBlobs> &blobs) {
        if (!blobs)
            return fail(blobs.error());
        finish(set, *blobs);
    });
}

/// Manifests last, and the names only when everything that they stand for is there.
void ExportImageJob::finish(const ImageSet &set, const DownloadedBlobs &blobs)
{
    auto *worker = new WorkerJob<Done>(
        [writer = m_writer, held = m_held, set](const CancelFlag &) mutable -> Result<Done> {
            for (const Manifest &manifest : set.manifests) {
                if (const auto added = writer->addBlob(manifest.digest, manifest.bytes); !added)
                    return added.error();
            }
            writer->noteMissing(set.leftOut);
            for (const ImageSet::Image &image : set.images) {
                for (const NamedReferrer &one : image.referrers)
                    writer->addReference(referrerDescriptor(one.manifest), one.names.name);
                writer->addReference(image.parts.root.descriptor(), image.names.name);
            }
            const auto finished = writer->finish();
            held.reset(); // Here, so that it is free when the job says that it is done.
            return finished;
        });
    runChild(worker, [this, result = ExportedImage::of(set, blobs)](const Result<Done> &written) {
        if (!written)
            return fail(written.error());
        succeed(result);
    });
}

} // namespace Longshore
