// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transfertask.h"

namespace Longshore {

namespace {

/// One attempt: does what another job does, and tells what it brought as transfers do.
template <typename Brought>
class AttemptJob final : public ResultJob<TransferOutcome>
{
public:
    using Tell = std::function<TransferOutcome(const Brought &)>;

    AttemptJob(ResultJob<Brought> *job, Tell tell, QObject *parent)
        : ResultJob(parent), m_job(job), m_tell(std::move(tell))
    {
        m_job->setParent(this);
    }

private:
    void doStart() override
    {
        connect(m_job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(m_job, [this](const Result<Brought> &brought) {
            if (brought)
                succeed(m_tell(*brought));
            else
                fail(brought.error());
        });
    }

    ResultJob<Brought> *m_job;
    const Tell m_tell;
};

} // namespace

TransferTask blobTransfer(const std::shared_ptr<Session> &session, const BlobDownload &download,
                          const QString &source)
{
    const auto makeJob = [session, download](QObject *parent) {
        return new AttemptJob<DownloadedBlob>(
            new DownloadBlobJob(*session, download),
            [](const DownloadedBlob &blob) {
                return TransferOutcome{blob.digest, blob.size};
            },
            parent);
    };
    return {download.path, source, download.size, makeJob};
}

TransferTask imageTransfer(const std::shared_ptr<Session> &session, const PlaceExport &wanted,
                           const QString &source)
{
    const auto makeJob = [session, wanted](QObject *parent) {
        return new AttemptJob<ExportedImage>(
            makeExportJob(*session, wanted),
            [](const ExportedImage &image) {
                return TransferOutcome{image.image.digest, image.bytes};
            },
            parent);
    };
    return {wanted.place.path, source, -1, makeJob};
}

} // namespace Longshore
