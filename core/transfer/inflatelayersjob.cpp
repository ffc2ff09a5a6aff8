// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/inflatelayersjob.h"

#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/layers/inflatelayer.h"
#include "core/transfer/checkfile.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Longshore {

static QString stageTarget(const QString &folder)
{
    return folder + "/layers"_L1;
}

InflateLayersJob::InflateLayersJob(Session &session, const RepositoryName &repository,
                                   const QString &folder, const QList<WantedTar> &wanted,
                                   QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_repository(repository)
    , m_folder(folder)
    , m_wanted(wanted)
    , m_stage(std::make_shared<BlobStage>(stageTarget(folder)))
{}

void InflateLayersJob::discard(const QString &folder)
{
    BlobStage::discard(stageTarget(folder));
}

void InflateLayersJob::doStart()
{
    auto *worker = new WorkerJob<Sizes>([folder = m_folder, wanted = m_wanted, stage = m_stage](
                                            const CancelFlag &cancelled) -> Result<Sizes> {
        if (!QDir().mkpath(folder))
            return Error{Error::Kind::LocalFile,
                         tr("Cannot make the folder %1.").arg(quotedText(folder))};
        if (const auto opened = stage->open(cancelled); !opened)
            return opened.error();
        for (const WantedTar &tar : wanted) // Nobody else writes them now.
            SafeFile::removeParts(tar.path);
        return surveyed(wanted, cancelled);
    });
    runChild(worker, [this](const Result<Sizes> &sizes) {
        if (!sizes)
            return fail(sizes.error());
        m_sizes = *sizes;
        fetchMissing();
    });
}

Result<InflateLayersJob::Sizes> InflateLayersJob::surveyed(const QList<WantedTar> &wanted,
                                                           const CancelFlag &cancelled)
{
    Sizes sizes;
    for (const auto &[content, path] : wanted) {
        const QFileInfo info(path);
        const qint64 size = info.size();
        if (holdsContent(path, {{}, content.diffId, size}, cancelled))
            sizes.insert(path, size);
        else if (!cancelled && (info.exists() || info.isSymLink()))
            return Error{Error::Kind::LocalFile, tr("%1 exists already.").arg(quotedPath(path))};
    }
    return sizes;
}

void InflateLayersJob::fetchMissing()
{
    QList<WantedBlob> blobs;
    for (const WantedTar &wanted : m_wanted) {
        if (m_sizes.contains(wanted.path))
            continue;
        m_missing.append(wanted);
        const WantedBlob blob{wanted.content.layer, m_stage->blobPath(wanted.content.layer.digest)};
        if (!blobs.contains(blob)) // One layer may be in an image twice.
            blobs.append(blob);
    }
    if (m_missing.isEmpty())
        return cleanUp();
    auto *job = new DownloadBlobsJob(m_session, m_repository, blobs, SafeFile::Existing::Replace);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this](const Result<DownloadedBlobs> &downloaded) {
        if (!downloaded)
            return fail(downloaded.error());
        m_startedOver = downloaded->startedOver;
        inflateMissing(downloaded->bytes);
    });
}

void InflateLayersJob::inflateMissing(qint64 bytes)
{
    m_phase = TransferPhase::Writing;
    emit progressChanged(bytes, bytes);
    auto *inflateAll = new ForEachJob<WantedTar, qint64>(
        m_missing, [this](const WantedTar &wanted) { return inflation(wanted); },
        [this](const WantedTar &wanted, const Result<qint64> &size) {
            if (size)
                m_sizes.insert(wanted.path, *size);
            else if (!m_failure) // The others may be right all the same.
                m_failure = size.error();
        });
    runChild(inflateAll, [this](const Result<Done> &) {
        if (m_failure && BlobStage::isWorthKeeping(*m_failure))
            return fail(*m_failure);
        cleanUp();
    });
}

ResultJob<qint64> *InflateLayersJob::inflation(const WantedTar &wanted) const
{
    const auto &[content, path] = wanted;
    return new WorkerJob<qint64>(
        [inflation = LayerInflation{m_stage->blobPath(content.layer.digest), content.diffId, path},
         // Held until the last of them has ended, even when nobody waits for that any more.
         stage = m_stage](const CancelFlag &cancelled) {
            return inflateLayer(inflation, cancelled);
        });
}

void InflateLayersJob::cleanUp()
{
    auto *worker = new WorkerJob<Done>([stage = m_stage](const CancelFlag &) -> Result<Done> {
        stage->remove();
        return Done();
    });
    runChild(worker, [this](const Result<Done> &) {
        if (m_failure)
            return fail(*m_failure);
        InflatedLayers inflated{{}, m_startedOver};
        for (const WantedTar &wanted : m_wanted)
            inflated.sizes.append(m_sizes.value(wanted.path));
        succeed(inflated);
    });
}

} // namespace Longshore
