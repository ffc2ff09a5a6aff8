// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QString>

class QFile;

/// What files need of the system and Qt does not offer. Each gives 0 or the error number, unless it
/// says otherwise.
namespace Longshore::DiskCalls {

/// Makes a file that was not there, for nobody but its owner; never through a link.
[[nodiscard]] int openExclusively(QFile &file, const QString &path);
/// Opens a file of ours to be read and added to, or makes it for nobody but its owner; never through
/// a link. Nobody else can open it this way until it is closed: EWOULDBLOCK. ENOTSUP where the system
/// has no such locks.
[[nodiscard]] int openLocked(QFile &file, const QString &path);
/// Opens a regular file to be read: neither through a link, nor a pipe that would be waited for.
/// ELOOP and EINVAL say that it is such a thing.
[[nodiscard]] int openRegular(QFile &file, const QString &path);
/// Goes on after short writes and interruptions; ENOSPC when the system takes nothing more.
[[nodiscard]] int writeAll(QFile &file, QByteArrayView bytes);
/// Room for \a size bytes, where the system can reserve it; only a full disk is an error.
[[nodiscard]] int reserveSpace(QFile &file, qint64 size);
/// Bytes that whoever runs this may still write into \a folder; -1 where nobody can tell. Unlike
/// QStorageInfo it looks at no list of what is mounted, which may be wrong, or wait for a server.
[[nodiscard]] qint64 freeSpace(const QString &folder);
/// Bytes of the disk that a file takes, with what is reserved for it; 0 where there is none.
[[nodiscard]] qint64 takenSpace(const QString &path);
/// Tells the system to take the last \a size bytes that were written to the disk, so that there is
/// less to wait for at the end. Of no consequence where it cannot.
void beginToSync(QFile &file, qint64 size);
/// @{
/// Waits until the content has reached the disk. Success where the file system cannot sync.
[[nodiscard]] int syncDescriptor(int descriptor);
[[nodiscard]] int syncFolder(const QString &folder);
/// @}
/// EEXIST when something has the name already.
[[nodiscard]] int renameWithoutReplacing(const QString &from, const QString &to);
/// Replaces a file, or a link itself; EEXIST for anything else.
[[nodiscard]] int renameReplacing(const QString &from, const QString &to);
/// Opens the file to whom new files are open.
void applyUmask(QFile &file);

} // namespace Longshore::DiskCalls
