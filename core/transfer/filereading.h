// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"

#include <QFile>

#include <chrono>
#include <functional>

namespace Longshore {

/// What tells one state of a file from another without reading it.
struct FileStamp
{
    qint64 size = 0; ///< In bytes.
    qint64 modified = 0; ///< In nanoseconds where the system counts them.
    qint64 changed = 0; ///< The same of what nobody can set: its name, its times; 0 where unknown.
    quint64 node = 0; ///< Of the file system; another one after the file was replaced.

    /// Of the file as it is now; an empty one when there is none.
    [[nodiscard]] static FileStamp of(const QString &path);
    /// The longest step in which a file system in use counts time.
    static constexpr std::chrono::seconds longestTick{2};
    /// Whether a change from now on would give another stamp. Two changes within a \a tick may bear
    /// the same time.
    [[nodiscard]] bool isSettled(std::chrono::nanoseconds tick = longestTick) const;

    friend bool operator==(const FileStamp &, const FileStamp &) = default;
};

/// Opens a file that is to be uploaded. An Error of kind LocalFile when it cannot be read or is no
/// regular file: a pipe or a device would be read for ever, or only once.
[[nodiscard]] Result<Done> openRegularFile(QFile &file);

/// What to say when a file is not what it was a moment ago: an Error of kind Changed.
[[nodiscard]] Error fileChanged(const QString &path);

/// Hands the first \a size bytes to \a take, read from the start; the next read goes on behind them.
/// An Error of kind Changed or Cancelled.
[[nodiscard]] Result<Done> readBeginning(QFile &file, qint64 size,
                                         const std::function<void(QByteArrayView)> &take,
                                         const CancelFlag &cancelled);

} // namespace Longshore
