// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

namespace Longshore {

/// Writes a tar in which nothing depends on when, where or by whom it was written: no times, and owners
/// and modes that the caller chooses. POSIX.1-2017, pax, "ustar Interchange Format"; names and sizes that
/// do not fit there are in extended headers.
class TarWriter
{
public:
    /// @{
    /// Permissions of a file and a folder where nobody says anything else.
    static constexpr int fileMode = 0644;
    static constexpr int folderMode = 0755;
    /// @}

    /// Takes the next bytes of the archive.
    using Write = std::function<Result<Done>(QByteArrayView bytes)>;

    /// What \a write fails with ends the archive.
    explicit TarWriter(Write write) : m_write(std::move(write)) {}

    /// What a file takes in the archive, in bytes; 0 for \a size tells what a folder does.
    [[nodiscard]] static qint64 sizeOfEntry(const QByteArray &name, qint64 size);
    /// What ends every archive, in bytes.
    static constexpr qint64 sizeOfEnd = 1024;

    /// Whom everything belongs to that is added from now on; root at first.
    void setOwner(quint32 user, quint32 group)
    {
        m_user = user;
        m_group = group;
    }
    /// Adds a folder; \a name ends in "/".
    [[nodiscard]] Result<Done> addFolder(const QByteArray &name, int mode = folderMode);
    /// Adds a symbolic link.
    [[nodiscard]] Result<Done> addLink(const QByteArray &name, const QByteArray &target);
    /// Adds a file.
    [[nodiscard]] Result<Done> addFile(const QByteArray &name, QByteArrayView content);
    /// Begins a file of exactly \a size bytes, which add() brings.
    [[nodiscard]] Result<Done> beginFile(const QByteArray &name, qint64 size, int mode = fileMode);
    /// Goes on with the file. An Error of kind SizeMismatch beyond its size.
    [[nodiscard]] Result<Done> add(QByteArrayView bytes);
    /// Ends the file. An Error of kind SizeMismatch when it is shorter than was said.
    [[nodiscard]] Result<Done> endFile();
    /// Ends the archive.
    [[nodiscard]] Result<Done> finish();

private:
    Write m_write;
    quint32 m_user = 0;
    quint32 m_group = 0;
    qint64 m_size = 0; ///< Of the file that was begun, in bytes.
    qint64 m_missing = 0; ///< Of the same.
};

} // namespace Longshore
