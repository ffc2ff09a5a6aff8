// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/readlayercontentsjob.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/exportarchivejob.h"

namespace Longshore {

/// What an archive shall hold, as far as it is known before blobs are there.
struct ArchiveContents
{
    ImageSet set; ///< The images; for one platform each, unless they stay as they are stored.
    QMap<qsizetype, QList<LayerContent>> layers; ///< Of each of them, unless they stay so.
};

/// The one image for containers that there is of \a image, alone. An Error of kind InvalidInput names
/// the platforms where there are several; Unsupported where there is none, or where it lacks layers.
[[nodiscard]] Result<ImageSet::Image> onlyPlatform(const ImageSet::Image &image);

/// Writes an archive of blobs that are in \a stage, or a folder of the files in them; it is made in
/// there too, and gets its name when all of it is right. What the file system could not take.
///
/// Blocks, so it belongs into a worker. Fails as inflatedSize(), surveyLayers(), writeMergedTar(), writeMergedFolder(), checksumOf() and writeArchive(); as LocalFile where the disk has not enough room for what layers become.
[[nodiscard]] Result<QStringList> packImages(const ArchiveExport &wanted,
                                             const ArchiveContents &contents,
                                             const BlobStage &stage, const CancelFlag &cancelled);

/// Ends what packImages() was stopped in right before the result got its name, or right behind that:
/// what the file system could not take, or nothing where there is no such result of these images. Fails
/// as checksumOf(), and where the name was taken by something else.
[[nodiscard]] Result<std::optional<QStringList>> finishPacked(const ArchiveExport &wanted,
                                                              const ImageSet &set,
                                                              const BlobStage &stage,
                                                              const CancelFlag &cancelled);

} // namespace Longshore
