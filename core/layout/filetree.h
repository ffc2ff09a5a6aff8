// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/fileslice.h"

namespace Longshore {

/// What is read into memory as a whole, in bytes: as much as registries take of a manifest.
inline constexpr qint64 largestDocument = 4LL * 1024 * 1024;

/// Files by their names: a folder, or an archive. Names have "/" between their parts, and never lead
/// out of it. Blocks on the disk, so it belongs into workers; may be asked from several threads.
class FileTree
{
public:
    FileTree() = default;
    virtual ~FileTree() = default;
    Q_DISABLE_COPY_MOVE(FileTree)

    /// An Error of kind NotFound when there is no such file, LocalFile when it cannot be read.
    [[nodiscard]] virtual Result<FileSlice> open(const QString &name) const = 0;
    /// All of a small file. Fails as open(), and as TooLarge beyond 4 MiB.
    [[nodiscard]] Result<QByteArray> read(const QString &name) const;
    /// Whether there is something to open.
    [[nodiscard]] bool contains(const QString &name) const { return open(name).has_value(); }
};

/// A folder of the disk. What is no regular file is not read, whatever it leads to.
class FolderTree final : public FileTree
{
public:
    /// Touches nothing yet.
    explicit FolderTree(const QString &folder) : m_folder(folder) {}

    [[nodiscard]] Result<FileSlice> open(const QString &name) const override;

private:
    const QString m_folder;
};

} // namespace Longshore
