// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/gunzip.h"

namespace Longshore {

/// How some bytes are compressed, as their first bytes tell.
enum class Compression {
    None, ///< Or something that nobody here knows.
    Gzip,
    Zstd,
    Other, ///< Known, and not read: xz, bzip2.
};

/// What an archive may become. The defaults are those for layers, too.
struct UnpackLimits
{
    qint64 mostBytes = 50LL * 1024 * 1024 * 1024; ///< In all.
    qint64 mostRatio = 1000; ///< Bytes for each compressed one,
    qint64 freeBytes = 10LL * 1024 * 1024; ///< once there are more than these.
    qint64 spareRoom = 64LL * 1024 * 1024; ///< In bytes, which the disk keeps for others.
};

/// What \a slice begins with. Fails as FileSlice::read().
[[nodiscard]] Result<Compression> compressionOf(const FileSlice &slice);

/// Hands over what a compressed slice holds, piece by piece; \a take may end it with an error. An
/// Error of kind LocalFile when it is damaged, TooLarge beyond the limits, Cancelled.
[[nodiscard]] Result<Done> unpack(const FileSlice &slice, const TakeUnpacked &take,
                                  const UnpackLimits &limits, const CancelFlag &cancelled);

/// Unpacks a compressed slice into a file that nobody else sees, and that goes when it is closed:
/// what is compressed cannot be read at any place. Fails as unpack(), and as LocalFile where the
/// disk has not enough room. \a report is called now and then, to look how far it is.
[[nodiscard]] Result<FileSlice> unpackToFile(const FileSlice &slice, const UnpackLimits &limits,
                                             const CancelFlag &cancelled,
                                             const std::function<void()> &report = {});

} // namespace Longshore
