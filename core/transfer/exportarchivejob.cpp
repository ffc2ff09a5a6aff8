// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportarchivejob.h"

#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/transfer/contentslist.h"
#include "core/transfer/diskroom.h"
#include "core/transfer/exportrest.h"
#include "core/transfer/packimages.h"
#include "core/transfer/readdeltajob.h"
#include "core/transfer/takenname.h"

#include <QFileInfo>

#include <numeric>

using namespace Qt::StringLiterals;

namespace Longshore {

static BlobPaths pathsIn(const std::shared_ptr<BlobStage> &stage)
{
    return [stage](const Digest &digest) { return stage->blobPath(digest); };
}

/// Before anything is fetched that could not get its name.
static Result<Done> checkNames(const ArchiveExport &wanted)
{
    const bool mayReplace = wanted.existing == SafeFile::Existing::Replace;
    QStringList names{wanted.file};
    if (wanted.withChecksums)
        names += pathsBeside(wanted.file);
    for (const QString &name : std::as_const(names)) {
        if (isTaken(name) && (!mayReplace || QFileInfo(name).isDir()))
            return Error{Error::Kind::LocalFile,
                         ExportArchiveJob::tr("%1 exists already.").arg(quotedPath(name))};
    }
    return Done();
}

ExportArchiveJob::ExportArchiveJob(Session &session, const ArchiveExport &wanted, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_wanted(wanted)
    , m_stage(std::make_shared<BlobStage>(wanted.file))
{}

ExportArchiveJob::~ExportArchiveJob() = default;

void ExportArchiveJob::doStart()
{
    auto *worker = new WorkerJob<Done>(
        [stage = m_stage, wanted = m_wanted](const CancelFlag &cancelled) -> Result<Done> {
            const auto checked = checkNames(wanted);
            if (!checked && !stage->hasNote()) // Else it may be ours that has the name.
                return checked;
            auto opened = stage->open(cancelled);
            if (opened) { // Nobody else writes this archive now.
                const QStringList paths = pathsBeside(wanted.file) << wanted.file;
                for (const QString &path : paths)
                    SafeFile::removeParts(path);
            }
            return opened;
        });
    runChild(worker, [this](const Result<Done> &opened) {
        if (!opened)
            return fail(opened.error());
        findImages();
    });
}

void ExportArchiveJob::findImages()
{
    runChild(new ReadDeltaJob(m_session, m_wanted.images, m_wanted.earlier),
             [this](const Result<ImageSet> &set) {
                 if (!set)
                     return fail(set.error());
                 if (m_wanted.form != ArchiveExport::Form::Oci)
                     return choosePlatforms(*set);
                 m_set = *set;
                 finishWhatIsPacked();
             });
}

void ExportArchiveJob::choosePlatforms(const ImageSet &set)
{
    QList<ImageSet::Image> images;
    for (const ImageSet::Image &image : set.images) {
        const auto only = onlyPlatform(image);
        if (!only)
            return fail(only.error());
        images.append(*only);
    }
    const auto chosen = ImageSet::of(images);
    if (!chosen)
        return fail(chosen.error());
    m_set = *chosen;
    finishWhatIsPacked();
}

/// Where an earlier export was stopped at its very end, hardly anything is left to do.
void ExportArchiveJob::finishWhatIsPacked()
{
    using Finished = std::optional<QStringList>;
    auto *worker = new WorkerJob<Finished>([stage = m_stage, wanted = m_wanted, set = m_set](
                                               const CancelFlag &cancelled) -> Result<Finished> {
        const auto finished = finishPacked(wanted, set, *stage, cancelled);
        if (!finished)
            return finished;
        if (!*finished) // Else the note has to go last.
            stage->removeResult(); // Of other images, if there is one.
        const auto checked = checkNames(wanted);
        if (*finished || !checked)
            stage->remove();
        return *finished || checked ? finished : checked.error();
    });
    runChild(worker, [this](const Result<Finished> &finished) {
        if (!finished)
            return fail(finished.error());
        if (*finished) {
            m_blobs.kept = m_set.blobs.size();
            return conclude(**finished);
        }
        m_wanted.form == ArchiveExport::Form::Oci ? checkRoom() : readContents();
    });
}

void ExportArchiveJob::readContents()
{
    QList<qsizetype> places(m_set.images.size());
    std::iota(places.begin(), places.end(), 0);
    auto *readAll = new ForEachJob<qsizetype, QList<LayerContent>>(
        places,
        [this](qsizetype place) {
            const ImageSet::Image &image = m_set.images.at(place);
            return new ReadLayerContentsJob(m_session, image.repository, image.parts.root);
        },
        [this](qsizetype place, const Result<QList<LayerContent>> &layers) {
            if (layers)
                m_layers.insert(place, *layers);
            else if (isRunning())
                fail(layers.error());
        });
    runChild(readAll, [this](const Result<Done> &) { checkRoom(); });
}

void ExportArchiveJob::checkRoom()
{
    auto *worker = new WorkerJob<Done>([stage = m_stage, set = m_set, order = orderOf(m_wanted)](
                                           const CancelFlag &) -> Result<Done> {
        stage->noteOrder(order); // From here on something may be left.
        QList<qint64> sizes{set.size()};
        for (const auto &[blob, repository] : set.blobs) {
            const QString path = stage->blobPath(blob.digest);
            if (QFileInfo(path).size() != blob.size)
                sizes.append(BlobFile::roomFor(path, blob.digest, blob.size));
        }
        return checkDiskRoom(stage->folder(), totalSize(sizes));
    });
    runChild(worker, [this](const Result<Done> &checked) {
        if (!checked)
            return fail(checked.error());
        fetchBlobs();
    });
}

void ExportArchiveJob::fetchBlobs()
{
    auto *job =
        new DownloadBlobsJob(m_session, m_set.images.first().repository,
                             wantedBlobs(m_set, pathsIn(m_stage)), SafeFile::Existing::Replace);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this](const Result<DownloadedBlobs> &blobs) {
        if (!blobs)
            return fail(blobs.error());
        m_blobs = *blobs;
        pack();
    });
}

void ExportArchiveJob::pack()
{
    m_phase = TransferPhase::Writing;
    emit progressChanged(m_blobs.bytes, m_blobs.bytes);
    auto *worker = new WorkerJob<QStringList>(
        [stage = m_stage, wanted = m_wanted,
         contents = ArchiveContents{m_set, m_layers}](const CancelFlag &cancelled) {
            const auto written = packImages(wanted, contents, *stage, cancelled);
            if (written || !BlobStage::isWorthKeeping(written.error()))
                stage->remove();
            return written;
        });
    runChild(worker, [this](const Result<QStringList> &deviations) {
        if (!deviations)
            return fail(deviations.error());
        conclude(*deviations);
    });
}

void ExportArchiveJob::conclude(const QStringList &deviations)
{
    ExportedImage exported = ExportedImage::of(m_set, m_blobs);
    exported.deviations = deviations;
    succeed(exported);
}

} // namespace Longshore
