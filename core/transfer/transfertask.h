// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/session.h"
#include "core/transfer/transferrecord.h"

#include <functional>

namespace Longshore {

class RegistrySession;

/// What a registry has got.
struct PlacedImage
{
    std::shared_ptr<RegistrySession> registry; ///< Which one, and as whom.
    RepositoryName repository; ///< Of that registry.
    Reference place; ///< The tag that was set, or the digest where there is none.
    Digest image; ///< What the place names now; read back, or confirmed.
    std::optional<Digest> replaced =
        {}; ///< What the tag pointed to before, when that was another image.
    QString backupFolder = {}; ///< Of what lost the tag; empty for none.
    bool wasThere = false; ///< Only the tag is new.
};

/// What a transfer brought, each byte of it verified.
struct TransferOutcome
{
    Digest digest; ///< Of the blob, or of the image.
    qint64 size = 0; ///< In bytes, as counted.
    QString remark = {}; ///< What else the user should know; sentences, fit for a dialog.
    std::optional<PlacedImage> stored = {}; ///< Where it has changed a registry.
    QString path = {}; ///< Of the file, where it got another name than the task says.
    bool isSkipped = false; ///< What was there stays; nothing was brought, and nothing verified.
};

/// What a transfer does, each time that it is tried.
struct TransferTask
{
    QString path; ///< Of the file or folder that it writes; empty where it brings an image away.
    QString source; ///< In words of the user: "team/app:1.0, layer 3".
    qint64 size = -1; ///< In bytes; -1 while nobody knows.
    /// Makes the job of one attempt, with its parent. Keeps alive what that needs.
    std::function<ResultJob<TransferOutcome> *(QObject *parent)> makeJob;
    QString target = {}; ///< Where an image is brought to: "registry.lab:5000/team/app:1.0".
    /// Removes what attempts have left for a next one, which there will not be; for a worker. May be
    /// null, where they leave nothing.
    std::function<void()> discard = {};
    /// What attempts have put into a registry, but not seen to be there: for whoever writes that down,
    /// and then empties it. Null for tasks that change no registry.
    std::shared_ptr<std::optional<PlacedImage>> unconfirmed = {};
    /// What it was made from; nothing for what cannot be made again when the program has ended.
    std::optional<TransferOrder> order = {};
};

/// Brings one blob to a file: see DownloadBlobJob.
[[nodiscard]] TransferTask blobTransfer(const std::shared_ptr<Session> &session,
                                        const BlobDownload &download, const QString &source);
/// See TransferTask::discard; null where attempts leave nothing.
[[nodiscard]] std::function<void()> discardOf(const TransferPurpose &purpose);
/// Brings an image to disk: see makeExportJob().
[[nodiscard]] TransferTask imageTransfer(const std::shared_ptr<Session> &session,
                                         const PlaceExport &wanted, const QString &source);

} // namespace Longshore
