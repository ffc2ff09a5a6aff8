// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/downloadblobsjob.h"

#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/base/workerjob.h"
#include "core/session/session.h"
#include "core/transfer/checkfile.h"

#include <QFileInfo>
#include <QLocale>
#include <QStorageInfo>

#include <algorithm>
#include <limits>

namespace Longshore {

DownloadBlobsJob::DownloadBlobsJob(Session &session, const RepositoryName &repository,
                                   const QList<WantedBlob> &wanted, SafeFile::Existing existing,
                                   QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_repository(repository)
    , m_wanted(wanted)
    , m_existing(existing)
{
    // Sizes are what a manifest says: their sum may be more than a number can hold.
    for (const WantedBlob &one : m_wanted)
        m_total += std::min(one.blob.size, std::numeric_limits<qint64>::max() - m_total);
}

void DownloadBlobsJob::doStart()
{
    using Paths = QSet<QString>;
    auto *worker =
        new WorkerJob<Paths>([wanted = m_wanted](const CancelFlag &cancelled) -> Result<Paths> {
            Paths present;
            for (const auto &[blob, path] : wanted) {
                if (holdsContent(path, blob, cancelled))
                    present.insert(path);
            }
            return present;
        });
    runChild(worker, [this](const Result<Paths> &present) {
        if (!present)
            return fail(present.error());
        sortOut(*present);
    });
}

void DownloadBlobsJob::sortOut(const QSet<QString> &present)
{
    for (const WantedBlob &one : m_wanted) {
        if (present.contains(one.path))
            m_done += one.blob.size;
        else
            m_missing.append(one);
    }
    emit progressChanged(m_done, m_total);
    if (const auto error = lackOfRoom())
        return fail(*error);
    fetch();
}

std::optional<Error> DownloadBlobsJob::lackOfRoom() const
{
    if (m_missing.isEmpty())
        return {};
    const QString folder = QFileInfo(m_missing.first().path).path();
    const qint64 needed = m_total - m_done;
    const qint64 free = QStorageInfo(folder).bytesAvailable();
    if (free < 0 || needed <= free) // Not every file system tells.
        return {};
    const QLocale locale;
    return Error{Error::Kind::LocalFile,
                 tr("There is not enough room in %1: %2 more are needed, and %3 are free.")
                     .arg(quotedText(folder), locale.formattedDataSize(needed),
                          locale.formattedDataSize(free))};
}

void DownloadBlobsJob::fetch()
{
    auto *fetchAll = new ForEachJob<WantedBlob, DownloadedBlob>(
        m_missing, [this](const WantedBlob &wanted) { return download(wanted); },
        [this](const WantedBlob &wanted, const Result<DownloadedBlob> &result) {
            if (result)
                noteProgress(wanted.path, wanted.blob.size);
            else if (isRunning())
                fail(result.error());
        });
    runChild(fetchAll, [this](const Result<Done> &) {
        succeed({m_wanted.size() - m_missing.size(), m_missing.size(), m_total});
    });
}

DownloadBlobJob *DownloadBlobsJob::download(const WantedBlob &wanted)
{
    const auto &[blob, path] = wanted;
    auto *job =
        new DownloadBlobJob(m_session, {m_repository, blob.digest, blob.size, path, m_existing});
    connect(job, &Job::progressChanged, this,
            [this, path = path](qint64 done) { noteProgress(path, done); });
    return job;
}

void DownloadBlobsJob::noteProgress(const QString &path, qint64 done)
{
    m_done += done - std::exchange(m_arrived[path], done);
    emit progressChanged(m_done, m_total);
}

} // namespace Longshore
