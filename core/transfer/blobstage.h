// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/oci/digest.h"

#include <memory>

class QLockFile;

namespace Longshore {

/// Takes a folder for this program alone, until the lock is destroyed. An Error of kind LocalFile
/// when another one has it, or nothing can be written there.
[[nodiscard]] Result<std::shared_ptr<QLockFile>> lockFolder(const QString &folder);

/// Opens \a writer, and takes its folder for this program alone. Fails as both do.
template <typename Writer>
[[nodiscard]] Result<std::shared_ptr<QLockFile>> takeFolder(Writer &writer)
{
    if (const auto opened = writer.open(); !opened)
        return opened.error();
    auto lock = lockFolder(writer.folder());
    if (!lock)
        return lock;
    // Once more: another export may have finished before it let go.
    if (const auto opened = writer.open(); !opened)
        return opened.error();
    return lock;
}

/// Removes what downloads left behind in a folder when they were killed. Only for whoever knows that
/// nobody else writes there now.
void removeParts(const QString &folder);

/// A hidden folder in which blobs wait until something is made of them. It stays when that was
/// broken off, so that it can be completed.
///
/// Blocks on the disk, so it belongs into workers, one at a time.
class BlobStage
{
public:
    /// Beside the file or folder that \a target names. Touches nothing before open().
    explicit BlobStage(const QString &target);
    /// Lets the folder go; nothing stays of an empty one.
    ~BlobStage();
    Q_DISABLE_COPY_MOVE(BlobStage)

    /// Makes the folder, takes it for this program alone, and removes what downloads left behind
    /// that were killed. An Error of kind LocalFile when any of that is not possible.
    [[nodiscard]] Result<Done> open();
    /// Where a blob is, or shall be.
    [[nodiscard]] QString blobPath(const Digest &digest) const;
    /// Removes the folder and whatever is in it. Only after open() has succeeded.
    void remove();

    /// Whether blobs may still be of use after an error: what an image is does not change by trying
    /// again.
    [[nodiscard]] static bool isWorthKeeping(const Error &error)
    {
        return error.kind == Error::Kind::LocalFile || error.isCancelled();
    }

    /// Of the stage.
    [[nodiscard]] const QString &folder() const noexcept { return m_folder; }

private:
    const QString m_folder;
    std::shared_ptr<QLockFile> m_lock;
};

} // namespace Longshore
