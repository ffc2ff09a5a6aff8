// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/downloadblobsjob.h"

#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/session/session.h"
#include "core/transfer/checkfile.h"
#include "core/transfer/diskroom.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

namespace Longshore {

/// What is on the disk.
struct DownloadBlobsJob::Survey
{
    QSet<QString> present; ///< Paths of files that are what they should be.
};

QList<WantedBlob> wantedBlobs(const ImageSet &set, const BlobPaths &paths)
{
    QList<WantedBlob> wanted;
    for (const ImageSet::Blob &one : set.blobs)
        wanted.append({one.blob, paths(one.blob.digest), one.repository});
    return wanted;
}

DownloadBlobsJob::DownloadBlobsJob(Session &session, const RepositoryName &repository,
                                   const QList<WantedBlob> &wanted, SafeFile::Existing existing,
                                   QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_repository(repository)
    , m_wanted(wanted)
    , m_existing(existing)
{
    QList<qint64> sizes;
    for (const WantedBlob &one : m_wanted)
        sizes.append(one.blob.size);
    m_total = totalSize(sizes);
}

void DownloadBlobsJob::doStart()
{
    auto *worker = new WorkerJob<Survey>(
        [wanted = m_wanted](const CancelFlag &cancelled) { return surveyed(wanted, cancelled); });
    runChild(worker, [this](const Result<Survey> &survey) {
        if (!survey)
            return fail(survey.error());
        sortOut(*survey);
    });
}

Result<DownloadBlobsJob::Survey> DownloadBlobsJob::surveyed(const QList<WantedBlob> &wanted,
                                                            const CancelFlag &cancelled)
{
    Survey survey;
    QString folder;
    QList<qint64> missing;
    for (const auto &[blob, path, repository] : wanted) {
        if (holdsContent(path, blob, cancelled)) {
            survey.present.insert(path);
            continue;
        }
        missing.append(BlobFile::roomFor(path, blob.digest, blob.size));
        folder = QFileInfo(path).path();
        if (!QDir().mkpath(folder))
            return Error{Error::Kind::LocalFile,
                         tr("Cannot make the folder %1.").arg(quotedText(folder))};
    }
    if (const auto checked = checkDiskRoom(folder, totalSize(missing)); !checked)
        return checked.error();
    return survey;
}

QList<TransferPart> DownloadBlobsJob::parts() const
{
    QList<TransferPart> parts;
    for (const WantedBlob &one : m_wanted) {
        if (m_present.contains(one.path))
            parts.append({one.blob, one.blob.size, TransferPart::State::Present});
        else
            parts.append(part(one.blob, m_arrived.contains(one.path)
                                            ? std::optional(m_arrived.value(one.path))
                                            : std::nullopt));
    }
    return parts;
}

void DownloadBlobsJob::sortOut(const Survey &survey)
{
    m_present = survey.present;
    for (const WantedBlob &one : m_wanted) {
        if (survey.present.contains(one.path))
            m_done += one.blob.size;
        else
            m_missing.append(one);
    }
    emit progressChanged(m_done, m_total);
    fetch();
}

void DownloadBlobsJob::fetch()
{
    auto *fetchAll = new ForEachJob<WantedBlob, DownloadedBlob>(
        m_missing, [this](const WantedBlob &wanted) { return download(wanted); },
        [this](const WantedBlob &wanted, const Result<DownloadedBlob> &result) {
            if (result)
                noteArrival(wanted, *result);
            else if (isRunning())
                fail(result.error());
        });
    m_downloads = fetchAll;
    runChild(fetchAll, [this](const Result<Done> &) {
        succeed({m_wanted.size() - m_missing.size(), m_missing.size(), m_total, m_startedOver});
    });
}

DownloadBlobJob *DownloadBlobsJob::download(const WantedBlob &wanted)
{
    const Descriptor &blob = wanted.blob;
    auto *job =
        new DownloadBlobJob(m_session, {wanted.repository.value_or(m_repository), blob.digest,
                                        blob.size, wanted.path, m_existing, BlobFile::Part::Keep});
    connect(job, &Job::progressChanged, this,
            [this, path = wanted.path](qint64 done) { noteProgress(path, done); });
    return job;
}

void DownloadBlobsJob::noteArrival(const WantedBlob &wanted, const DownloadedBlob &blob)
{
    if (blob.hasStartedOver)
        ++m_startedOver;
    noteProgress(wanted.path, wanted.blob.size);
}

void DownloadBlobsJob::noteProgress(const QString &path, qint64 done)
{
    m_done += done - std::exchange(m_arrived[path], done);
    emit progressChanged(m_done, m_total);
}

} // namespace Longshore
