// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"
#include "core/oci/digest.h"

#include <QFile>
#include <QMutex>

#include <atomic>
#include <memory>

namespace Longshore {

/// A file that is open for reading, at any place and from any thread. What was opened stays what it
/// was when another file gets its name.
class ReadableFile
{
public:
    /// \a file is open; \a name is what messages call it.
    ReadableFile(std::unique_ptr<QFile> file, const QString &name);

    /// Opens a regular file, never through a link. An Error of kind NotFound when there is none,
    /// LocalFile when it is no regular one or cannot be read.
    [[nodiscard]] static Result<std::shared_ptr<ReadableFile>> open(const QString &path);

    /// In bytes, when it was opened.
    [[nodiscard]] qint64 size() const noexcept { return m_size; }
    /// What messages call it.
    [[nodiscard]] const QString &name() const noexcept { return m_name; }
    /// How far anybody has read, in bytes.
    [[nodiscard]] qint64 readTo() const noexcept { return m_readTo; }
    /// Reads at least one byte and at most \a maximum from \a offset on. An Error of kind LocalFile,
    /// also when the file ends there: it is shorter than it was.
    [[nodiscard]] Result<qint64> read(qint64 offset, char *data, qint64 maximum);

private:
    QMutex m_mutex;
    const std::unique_ptr<QFile> m_file;
    const QString m_name;
    const qint64 m_size;
    std::atomic<qint64> m_readTo = 0;
};

/// Some bytes in a row of a file that is open.
struct FileSlice
{
    std::shared_ptr<ReadableFile> file; ///< Never null.
    qint64 offset = 0; ///< In bytes, in the file.
    qint64 size = 0; ///< In bytes.

    /// All of a file.
    [[nodiscard]] static FileSlice whole(std::shared_ptr<ReadableFile> file);
    /// Reads at least one byte and at most \a maximum, from \a position of the slice on, which is
    /// not its end. Fails as ReadableFile::read().
    [[nodiscard]] Result<qint64> read(qint64 position, char *data, qint64 maximum) const;
    /// All bytes. An Error of kind TooLarge when there are more than \a most, else as read().
    [[nodiscard]] Result<QByteArray> readAll(qint64 most) const;
    /// Reads all of it for its SHA-256. Fails as read(), and as Cancelled.
    [[nodiscard]] Result<Digest> digest(const CancelFlag &cancelled) const;
};

} // namespace Longshore
