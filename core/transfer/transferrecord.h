// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/downloadblobjob.h"
#include "core/transfer/extendimagejob.h"
#include "core/transfer/imagecopy.h"
#include "core/transfer/placeexport.h"

#include <variant>

namespace Longshore {

class Session;

/// A copy as somebody agreed to it.
struct AgreedCopy
{
    ImageCopy wanted; ///< What was asked for.
    Digest image; ///< What the tag shall point to.
    std::optional<Digest> replaced = {}; ///< What may lose the tag; see ImageCopyPlan::replaced.
    /// What the image has to be made of again, where it is nowhere yet; its base, if it has one, is
    /// where the transfer comes from. See ExtendImageJob.
    std::optional<ImageExtension> made = {};
    /// Whether the plain layers of the image are compressed first; \a wanted then tells of it as it is in its
    /// archive, \a image of what comes of it. See CompressLayersJob.
    bool isCompressed = false;
};

/// What a transfer does, without where it comes from: a blob to a file, an image to disk, an image to
/// a registry.
using TransferPurpose = std::variant<BlobDownload, PlaceExport, AgreedCopy>;

/// What a transfer was made from, for whoever wants to make it once more.
struct TransferOrder
{
    std::shared_ptr<Session> from; ///< Where it is.
    std::shared_ptr<Session> to; ///< Of a copy: the registry.
    TransferPurpose purpose; ///< What is done.
};

/// Images somewhere, by what outlives the program; one of the two.
struct TransferPlace
{
    QString connectionId = {}; ///< Of a registry; see SavedConnection::id.
    QString path = {}; ///< Of files with images, from the root.

    friend bool operator==(const TransferPlace &, const TransferPlace &) = default;
};

/// A transfer that is not finished, as it is kept for the next time that the program runs. Nothing of
/// it is secret.
struct TransferRecord
{
    TransferPlace from; ///< Where it comes from.
    TransferPlace to = {}; ///< Of a copy: the registry.
    TransferPurpose purpose; ///< What is done.
    QString source = {}; ///< As TransferTask::source.
    QString target = {}; ///< As TransferTask::target.
    qint64 done = 0; ///< As it was shown last, in bytes.
    qint64 total = -1; ///< In bytes; -1 while nobody knows.
};

/// What could be read of a list of transfers.
struct ReadTransfers
{
    QList<TransferRecord> records = {}; ///< In their order.
    QStringList refusals = {}; ///< Why others could not; sentences, safe to show.
};

/// A list of transfers as a document.
[[nodiscard]] QByteArray transfersToJson(const QList<TransferRecord> &records);
/// Reads such a document, or one of an earlier version, which anybody may have written: what is not
/// clearly a transfer is refused and the others are taken.
[[nodiscard]] ReadTransfers transfersFromJson(const QByteArray &json);

} // namespace Longshore
