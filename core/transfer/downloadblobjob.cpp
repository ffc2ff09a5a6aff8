// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/downloadblobjob.h"

#include "core/base/workerjob.h"
#include "core/session/session.h"

namespace Longshore {

QString startedOverText(qsizetype blobs)
{
    return blobs == 0 ? QString()
                      : DownloadBlobJob::tr("%n blob(s) had to be brought from the start again, "
                                            "because what had arrived could not be used.",
                                            nullptr, static_cast<int>(blobs));
}

DownloadBlobJob::DownloadBlobJob(Session &session, const BlobDownload &download, QObject *parent)
    : ResultJob(parent), m_session(session), m_download(download)
{}

DownloadBlobJob::~DownloadBlobJob() = default;

void DownloadBlobJob::doStart()
{
    m_file = std::make_shared<BlobFile>(m_download.path, m_download.digest, m_download.size,
                                        m_download.existing, m_download.part);
    auto *worker = new WorkerJob<Done>(
        [file = m_file](const CancelFlag &cancelled) { return file->open(cancelled); });
    runChild(worker, [this](const Result<Done> &opened) {
        if (!opened)
            return fail(opened.error());
        if (m_file->position() > 0 && m_file->position() == m_download.size)
            return checkWhatArrived();
        read();
    });
}

void DownloadBlobJob::read()
{
    m_positionAtStart = m_file->position();
    m_phase = TransferPhase::Bringing;
    if (m_positionAtStart > 0)
        emit progressChanged(m_positionAtStart, m_file->total());
    auto *job =
        m_session.readBlobPart(m_download.repository, m_download.digest, m_file, m_positionAtStart);
    connect(job, &Job::progressChanged, this,
            [this] { emit progressChanged(m_file->position(), m_file->total()); });
    runChild(job, [this](const Result<Done> &result) {
        if (!result)
            return handleFailure(result.error());
        conclude();
    });
}

void DownloadBlobJob::conclude()
{
    succeed({m_download.digest, m_file->position(), m_download.path, m_file->hasStartedOver()});
}

void DownloadBlobJob::handleFailure(const Error &error)
{
    // A server that sends another part than was asked for is better asked for the whole.
    const bool isWrongPart =
        error.kind == Error::Kind::Protocol && error.httpStatus == 0 && m_positionAtStart > 0;
    if (error.kind == Error::Kind::DigestMismatch || isWrongPart)
        return startOver(error);
    if (error.kind == Error::Kind::SizeMismatch)
        m_file->discard();
    if (!error.isRetryable() && error.httpStatus != 416)
        return fail(error);
    // Behind the last byte there is nothing to be had, whoever knew the size.
    const bool isBehindTheEnd = error.httpStatus == 416 && m_positionAtStart > 0;
    if (m_file->position() == m_download.size || isBehindTheEnd)
        return checkWhatArrived();
    if (m_file->position() == m_positionAtStart)
        return fail(error); // The client has already tried as often as the policy says.
    read();
}

/// Everything came, only the end of the answer is missing. To ask for nothing more would earn
/// a 416.
void DownloadBlobJob::checkWhatArrived()
{
    runChild(new WorkerJob<Done>([file = m_file](const CancelFlag &) { return file->finish(); }),
             [this](const Result<Done> &result) {
                 if (!result && result.error().kind == Error::Kind::LocalFile)
                     return fail(result.error()); // Another download would end the same way.
                 if (!result)
                     return startOver(result.error());
                 conclude();
             });
}

void DownloadBlobJob::startOver(const Error &error)
{
    if (std::exchange(m_hasStartedOver, true)) {
        m_file->discard();
        return fail(error);
    }
    if (const auto restarted = m_file->restart(); !restarted)
        return fail(restarted.error());
    read();
}

void DownloadBlobJob::releaseResources()
{
    // The network thread may be writing this very moment; the last owner removes the part file.
    if (const auto file = std::exchange(m_file, {}))
        file->leave();
}

} // namespace Longshore
