// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"
#include "core/layout/filetree.h"

#include <QHash>

namespace Longshore {

/// A tar archive that is not compressed, read in place: only a list of what is where is kept.
///
/// Nothing is ever written. Names that lead out of the archive are left out, and links lead to
/// other entries of the archive or nowhere. Devices, sparse files, files of which there are two and
/// files that reach beyond the end are known, but cannot be opened.
class TarTree final : public FileTree
{
public:
    /// Makes the list. An Error of kind LocalFile when it is no such archive or is damaged, TooLarge
    /// when it has more than 100,000 entries, Cancelled.
    [[nodiscard]] static Result<std::shared_ptr<const TarTree>> scan(const FileSlice &file,
                                                                     const CancelFlag &cancelled);

    [[nodiscard]] Result<FileSlice> open(const QString &name) const override;

private:
    class Builder;

    struct Entry
    {
        enum class Kind { File, Link, Unreadable };

        Kind kind = Kind::Unreadable;
        qint64 offset = 0;
        qint64 size = 0;
        QString target = {}; ///< Of a link, from the root of the archive.
    };

    explicit TarTree(const FileSlice &file) : m_file(file) {}

    const FileSlice m_file;
    QHash<QString, Entry> m_entries;
};

} // namespace Longshore
