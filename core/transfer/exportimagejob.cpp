// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportimagejob.h"

#include "core/base/displaytext.h"
#include "core/base/workerjob.h"
#include "core/layout/ocilayoutwriter.h"
#include "core/session/fetchplatformmanifestjob.h"
#include "core/transfer/downloadblobsjob.h"

#include <QLockFile>

using namespace Qt::StringLiterals;

namespace Longshore {

ExportImageJob::ExportImageJob(Session &session, const ImageExport &wanted, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_wanted(wanted)
    , m_writer(std::make_shared<OciLayoutWriter>(wanted.folder))
{}

ExportImageJob::~ExportImageJob() = default;

void ExportImageJob::doStart()
{
    auto *worker = new WorkerJob<Lock>(
        [writer = m_writer](const CancelFlag &) { return takeFolder(*writer); });
    runChild(worker, [this](const Result<Lock> &lock) {
        if (!lock)
            return fail(lock.error());
        m_lock = *lock;
        findImage();
    });
}

Result<ExportImageJob::Lock> ExportImageJob::takeFolder(OciLayoutWriter &writer)
{
    if (const auto opened = writer.open(); !opened)
        return opened.error();
    const auto lock = std::make_shared<QLockFile>(writer.folder() + "/.longshore.lock"_L1);
    lock->setStaleLockTime(0); // That of a program which is gone is taken over all the same.
    if (!lock->tryLock())
        return Error{Error::Kind::LocalFile,
                     lock->error() == QLockFile::LockFailedError
                         ? tr("Another export is writing to %1.").arg(quotedText(writer.folder()))
                         : tr("Cannot write to %1.").arg(quotedText(writer.folder()))};
    // Once more: another export may have added a name before it let go.
    if (const auto opened = writer.open(); !opened)
        return opened.error();
    writer.removeParts();
    return lock;
}

void ExportImageJob::releaseResources()
{
    m_lock.reset();
}

void ExportImageJob::findImage()
{
    ResultJob<Manifest> *job = nullptr;
    if (m_wanted.platform)
        job = new FetchPlatformManifestJob(m_session, m_wanted.repository, m_wanted.reference,
                                           *m_wanted.platform);
    else
        job = m_session.fetchManifest(m_wanted.repository, m_wanted.reference,
                                      Session::Priority::Interactive);
    runChild(job, [this](const Result<Manifest> &manifest) {
        if (!manifest)
            return fail(manifest.error());
        m_result = ExportedImage{manifest->descriptor()};
        readEntries(*manifest);
    });
}

void ExportImageJob::readEntries(const Manifest &root)
{
    QList<Digest> entries;
    if (const ImageIndex *index = root.index()) {
        for (const Descriptor &entry : index->manifests)
            entries.append(entry.digest);
    }
    auto *readAll = new ReadManifestsJob(m_session, m_wanted.repository, entries,
                                         ReadManifestsJob::MissingEntry::Fail);
    runChild(readAll, [this, root](const Result<Manifests> &manifests) {
        if (!manifests)
            return fail(manifests.error());
        m_manifests = *manifests;
        m_manifests.insert(root.digest, root);
        if (const auto error = collectBlobs())
            return fail(*error);
        fetchBlobs();
    });
}

std::optional<Error> ExportImageJob::collectBlobs()
{
    for (const Manifest &manifest : std::as_const(m_manifests)) {
        if (manifest.index())
            continue;
        const ImageManifest *image = manifest.image();
        if (!image)
            return Error{Error::Kind::Unsupported,
                         tr("The image has a manifest of type %1, which cannot be in a layout.")
                             .arg(quotedText(manifest.mediaType.toString()))};
        m_blobs.insert(image->config.digest, image->config);
        for (const Descriptor &layer : image->layers) {
            if (layer.mediaType.kind() != MediaType::Kind::ForeignLayer)
                m_blobs.insert(layer.digest, layer);
            else if (!m_result->foreign.contains(layer))
                m_result->foreign.append(layer);
        }
    }
    return {};
}

void ExportImageJob::fetchBlobs()
{
    QList<WantedBlob> wanted;
    for (const Descriptor &blob : std::as_const(m_blobs))
        wanted.append({blob, m_writer->blobPath(blob.digest)});
    // A file that is not what its name says is damaged, and of no use to anybody.
    auto *job =
        new DownloadBlobsJob(m_session, m_wanted.repository, wanted, SafeFile::Existing::Replace);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this](const Result<DownloadedBlobs> &blobs) {
        if (!blobs)
            return fail(blobs.error());
        m_result->kept = blobs->kept;
        m_result->bytes = blobs->bytes;
        finish();
    });
}

/// Manifests last, and the name only when everything that it stands for is there.
void ExportImageJob::finish()
{
    auto *worker = new WorkerJob<Done>([writer = m_writer, manifests = m_manifests.values(),
                                        image = m_result->image,
                                        name = m_wanted.name](const CancelFlag &) -> Result<Done> {
        for (const Manifest &manifest : manifests) {
            if (const auto added = writer->addBlob(manifest.digest, manifest.bytes); !added)
                return added.error();
        }
        writer->addReference(image, name);
        return writer->finish();
    });
    runChild(worker, [this](const Result<Done> &written) {
        if (!written)
            return fail(written.error());
        m_result->blobs = m_blobs.size() + m_manifests.size();
        for (const Manifest &manifest : std::as_const(m_manifests))
            m_result->bytes += manifest.bytes.size();
        succeed(*m_result);
    });
}

} // namespace Longshore
