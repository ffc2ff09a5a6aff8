// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/oci/digest.h"
#include "core/transfer/departure.h"

#include <QStringList>

#include <memory>

class QLockFile;

namespace Longshore {

/// What such a lock is called in its folder.
inline constexpr QLatin1StringView folderLockName(".longshore.lock");

/// Takes a folder for this program alone, until the lock is destroyed. An Error of kind LocalFile
/// when another one has it, or nothing can be written there.
[[nodiscard]] Result<std::shared_ptr<QLockFile>> lockFolder(const QString &folder);

/// A folder that this program alone writes to, until the last worker lets go of this object.
class HeldFolder
{
public:
    /// Touches nothing before take(); \a place is where whoever comes next looks for a departure.
    explicit HeldFolder(const QString &place);
    ~HeldFolder();
    Q_DISABLE_COPY_MOVE(HeldFolder)

    /// Opens \a writer, and takes its folder for this program alone, after whoever is about to let
    /// go of it. For a worker, once. Fails as both do.
    template <typename Writer>
    [[nodiscard]] Result<Done> take(Writer &writer, const CancelFlag &cancelled)
    {
        const auto lock =
            Departure::takeAfter(m_place, cancelled, [&]() -> Result<std::shared_ptr<QLockFile>> {
                if (const auto opened = writer.open(); !opened)
                    return opened.error();
                auto taken = lockFolder(writer.folder());
                if (!taken)
                    return taken;
                // Once more: another export may have finished before it let go.
                if (const auto opened = writer.open(); !opened)
                    return opened.error();
                return taken;
            });
        if (!lock)
            return lock.error();
        m_lock = *lock;
        return Done();
    }

    /// Nobody wants the folder any more, although another thread may still write to it, or be about
    /// to take it: the next take() waits for the end of this object.
    void leave();

private:
    const QString m_place;
    std::unique_ptr<Departure> m_departure; // Goes after the lock.
    std::shared_ptr<QLockFile> m_lock;
};

/// Removes what downloads left behind in a folder when they were killed. Only for whoever knows that
/// nobody else writes there now.
void removeParts(const QString &folder);

/// Removes a folder that is held with \a lock, and lets it go: the lock goes last, so that nobody takes
/// what is only half there.
void removeFolder(const QString &folder, std::shared_ptr<QLockFile> &lock);

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

    /// Removes what is there for a \a target whose export was broken off, unless somebody has it now.
    static void discard(const QString &target);
    /// The names, without the folder, of all targets that something waits for in \a folder.
    [[nodiscard]] static QStringList targetsIn(const QString &folder);
    /// Gives what waits for the target \a from to the target \a to, unless somebody has one of them now.
    static void pass(const QString &from, const QString &to);
    /// Makes the folder, takes it for this program alone, and removes what downloads and exports left
    /// behind that were killed, but a result with a note. An Error of kind LocalFile when any of that is not possible, and for
    /// a folder of another owner, who could change what is in it.
    [[nodiscard]] Result<Done> open(const CancelFlag &cancelled = false);
    /// Nobody wants the folder any more, although another thread may still have it: the next open()
    /// waits for the end of this object.
    void leave();
    /// Where a blob is, or shall be.
    [[nodiscard]] QString blobPath(const Digest &digest) const;
    /// Where that is made which blobs become, until it gets its name.
    [[nodiscard]] QString resultPath() const;
    /// Where it is written down that the result is complete; see PackedResult.
    [[nodiscard]] QString notePath() const;
    /// What is being made there, as whoever makes it calls it: noted for as long as something waits. Where
    /// that cannot be written, nobody finds it by that. Only after open() has succeeded.
    void noteOrder(const QString &order);
    /// What was noted so; empty for nothing. Safe before open().
    [[nodiscard]] QString order() const;
    /// Whether that is written down. Safe before open().
    [[nodiscard]] bool hasNote() const;
    /// Removes the result with its note. Only after open() has succeeded.
    void removeResult();
    /// Removes the folder and whatever is in it, the note last. Only after open() has succeeded.
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
    [[nodiscard]] QString orderPath() const;

    const QString m_folder;
    std::unique_ptr<Departure> m_departure; // Goes after the lock.
    std::shared_ptr<QLockFile> m_lock;
};

} // namespace Longshore
