// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transfertask.h"

#include "core/base/displaytext.h"
#include "core/transfer/attemptjob.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TransferTask)
};

QString remarkOn(const ExportedImage &exported, const QString &path)
{
    QStringList remarks = exported.deviations;
    if (!exported.foreign.isEmpty())
        remarks.append(Text::tr("%n layer(s) may not be distributed and were left out.", nullptr,
                                static_cast<int>(exported.foreign.size())));
    if (!exported.leftOut.isEmpty())
        remarks.append(Text::tr("%n blob(s) that the earlier export holds were left out.", nullptr,
                                static_cast<int>(exported.leftOut.size())));
    if (!exported.leftOutReferrers.isEmpty())
        remarks.append(leftOutText(exported.leftOutReferrers));
    if (exported.startedOver > 0)
        remarks.append(startedOverText(exported.startedOver));
    if (exported.isSkipped)
        remarks.append(
            Text::tr("%1 was there already, and was left as it is.").arg(quotedPath(path)));
    if (!exported.renamed.isEmpty())
        remarks.append(Text::tr("%1 was there already. The new file is %2.")
                           .arg(quotedPath(path), quotedPath(exported.renamed)));
    return remarks.join(u' ');
}

} // namespace

std::function<void()> discardOf(const TransferPurpose &purpose)
{
    if (const auto *blob = std::get_if<BlobDownload>(&purpose))
        return [blob = *blob] { BlobFile::removePart(blob.path, blob.digest); };
    if (const auto *image = std::get_if<PlaceExport>(&purpose))
        return [image = *image] { discardExport(image); };
    return {};
}

TransferTask blobTransfer(const std::shared_ptr<Session> &session, const BlobDownload &download,
                          const QString &source)
{
    const auto makeJob = [session, download](QObject *parent) {
        BlobDownload attempt = download;
        attempt.part = BlobFile::Part::Keep;
        return new AttemptJob<DownloadedBlob>(
            new DownloadBlobJob(*session, attempt),
            [](const DownloadedBlob &blob) {
                return TransferOutcome{blob.digest, blob.size,
                                       startedOverText(blob.hasStartedOver ? 1 : 0)};
            },
            parent);
    };
    TransferTask task{download.path, source, download.size, makeJob};
    task.discard = discardOf(download);
    task.order = TransferOrder{session, {}, download};
    return task;
}

TransferTask imageTransfer(const std::shared_ptr<Session> &session, const PlaceExport &wanted,
                           const QString &source)
{
    const auto makeJob = [session, wanted](QObject *parent) {
        return new AttemptJob<ExportedImage>(
            makeExportJob(*session, wanted),
            [path = wanted.place.path](const ExportedImage &image) {
                return TransferOutcome{image.image.digest,    image.bytes,
                                       remarkOn(image, path), {},
                                       image.renamed,         image.isSkipped};
            },
            parent);
    };
    TransferTask task{wanted.place.path, source, -1, makeJob};
    task.discard = discardOf(wanted);
    task.order = TransferOrder{session, {}, wanted};
    return task;
}

} // namespace Longshore
