// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

struct archive_entry;

namespace Longshore {

/// Where the files go that are left when layers are put on one another, one after another.
class MergedWriter
{
public:
    MergedWriter() = default;
    virtual ~MergedWriter() = default;
    Q_DISABLE_COPY_MOVE(MergedWriter)

    /// First of all.
    [[nodiscard]] virtual Result<Done> open() = 0;
    /// A folder that no entry was read for: of root, and open to everybody.
    [[nodiscard]] virtual Result<Done> addFolder(const QByteArray &name) = 0;
    /// An entry under another name; empty for the root. Its content follows by write().
    [[nodiscard]] virtual Result<Done> addEntry(archive_entry *entry, const QByteArray &name) = 0;
    /// Goes on with the content of the entry.
    [[nodiscard]] virtual Result<Done> write(QByteArrayView bytes) = 0;
    /// One more name for the last entry.
    [[nodiscard]] virtual Result<Done> addHardLink(const QByteArray &name,
                                                   const QByteArray &target) = 0;
    /// Last of all.
    [[nodiscard]] virtual Result<Done> finish() = 0;
};

} // namespace Longshore
