// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transfertask.h"

#include "core/transfer/attemptjob.h"

namespace Longshore {

TransferTask blobTransfer(const std::shared_ptr<Session> &session, const BlobDownload &download,
                          const QString &source)
{
    const auto makeJob = [session, download](QObject *parent) {
        BlobDownload attempt = download;
        attempt.part = BlobFile::Part::Keep;
        return new AttemptJob<DownloadedBlob>(
            new DownloadBlobJob(*session, attempt),
            [](const DownloadedBlob &blob) {
                return TransferOutcome{blob.digest, blob.size};
            },
            parent);
    };
    TransferTask task{download.path, source, download.size, makeJob};
    task.discard = [download] { BlobFile::removePart(download.path, download.digest); };
    return task;
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
