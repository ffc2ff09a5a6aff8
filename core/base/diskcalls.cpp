// SPDX-License-Identifier: Apache-2.0
#include "core/base/diskcalls.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <filesystem>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace Longshore::DiskCalls {

qint64 freeSpace(const QString &folder)
{
    std::error_code error;
    const auto space = std::filesystem::space(folder.toStdU16String(), error);
    return error ? -1 : static_cast<qint64>(space.available);
}

#ifdef Q_OS_UNIX

int openExclusively(QFile &file, const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(),
                                  O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0600);
    if (descriptor < 0)
        return errno;
    return file.open(descriptor, QIODevice::WriteOnly | QIODevice::Unbuffered,
                     QFileDevice::AutoCloseHandle)
               ? 0
               : EIO;
}

/// Whether \a path still leads to what was opened, and only its owner can have written it.
static bool isOurs(int descriptor, const QByteArray &path)
{
    struct stat opened = {};
    struct stat named = {};
    return ::fstat(descriptor, &opened) == 0 && ::lstat(path.constData(), &named) == 0
           && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
           && S_ISREG(opened.st_mode) && opened.st_uid == ::geteuid() && opened.st_nlink == 1;
}

int openLocked(QFile &file, const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const int descriptor =
        ::open(name.constData(), O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_RDWR, 0600);
    if (descriptor < 0)
        return errno;
    const int error = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
    // Whoever had the lock a moment ago may have given the file its name, or removed it.
    const bool isUsable = error == 0 && isOurs(descriptor, name);
    if (isUsable
        && file.open(descriptor, QIODevice::ReadWrite | QIODevice::Unbuffered,
                     QFileDevice::AutoCloseHandle))
        return 0;
    ::close(descriptor);
    return error != 0 ? error : EINVAL;
}

int openRegular(QFile &file, const QString &path)
{
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    struct stat state = {};
    const bool isRegular = ::fstat(descriptor, &state) == 0 && S_ISREG(state.st_mode);
    if (isRegular
        && file.open(descriptor, QIODevice::ReadOnly | QIODevice::Unbuffered,
                     QFileDevice::AutoCloseHandle))
        return 0;
    ::close(descriptor);
    return EINVAL;
}

int writeAll(QFile &file, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t count =
            ::write(file.handle(), bytes.data(), static_cast<size_t>(bytes.size()));
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (count <= 0)
            return count < 0 ? errno : ENOSPC;
        bytes = bytes.sliced(count);
    }
    return 0;
}

qint64 takenSpace(const QString &path)
{
    struct stat state = {};
    const bool isThere = ::lstat(QFile::encodeName(path).constData(), &state) == 0;
    return isThere ? qint64(state.st_blocks) * 512 : 0; // POSIX leaves the unit open; all use this.
}

void beginToSync(QFile &file, qint64 size)
{
#ifdef SYNC_FILE_RANGE_WRITE
    const off_t end = ::lseek(file.handle(), 0, SEEK_CUR);
    ::sync_file_range(file.handle(), end - size, size, SYNC_FILE_RANGE_WRITE);
#else
    Q_UNUSED(file);
    Q_UNUSED(size);
#endif
}

int syncDescriptor(int descriptor)
{
    // Some file systems cannot sync; that they say so is no failure.
    if (::fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP)
        return 0;
    return errno;
}

int syncFolder(const QString &folder)
{
    const int descriptor =
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    const int result = syncDescriptor(descriptor);
    ::close(descriptor);
    return result;
}

void applyUmask(QFile &file)
{
    // There is no way to ask without setting; once, before others care.
    static const mode_t mask = [] {
        const mode_t current = ::umask(077);
        ::umask(current);
        return current;
    }();
    ::fchmod(file.handle(), 0666 & ~mask);
}

int reserveSpace([[maybe_unused]] QFile &file, [[maybe_unused]] qint64 size)
{
#ifdef Q_OS_LINUX
    // Not posix_fallocate(), which writes zeros where the file system has no such call.
    if (::fallocate(file.handle(), FALLOC_FL_KEEP_SIZE, 0, size) != 0 && errno == ENOSPC)
        return ENOSPC;
#endif
    return 0;
}

int renameWithoutReplacing(const QString &from, const QString &to)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    // link() fails when the name is taken, on every Unix; where there are no hard links, the
    // file system has no better way than to look first.
    if (::link(source.constData(), target.constData()) == 0)
        return ::unlink(source.constData()) == 0 ? 0 : errno;
    if (errno != EPERM && errno != ENOTSUP && errno != EMLINK)
        return errno;
    if (QFileInfo(to).exists() || QFileInfo(to).isSymLink())
        return EEXIST;
    return ::rename(source.constData(), target.constData()) == 0 ? 0 : errno;
}

int renameReplacing(const QString &from, const QString &to)
{
    const QFileInfo target(to);
    if (target.exists() && !target.isFile() && !target.isSymLink())
        return EEXIST; // A folder, a device or a pipe is nothing to write over.
    return ::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0
               ? 0
               : errno;
}

#else

int openExclusively(QFile &file, const QString &path)
{
    file.setFileName(path);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered) ? 0 : EIO;
}

int openLocked(QFile &, const QString &)
{
    return ENOTSUP;
}

int openRegular(QFile &file, const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return ENOENT;
    if (!info.isFile() || info.isSymLink())
        return EINVAL;
    file.setFileName(path);
    return file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? 0 : EACCES;
}

int writeAll(QFile &file, QByteArrayView bytes)
{
    return file.write(bytes.data(), bytes.size()) == bytes.size() ? 0 : ENOSPC;
}

qint64 takenSpace(const QString &path)
{
    return QFileInfo(path).size();
}

void beginToSync(QFile &, qint64)
{}

int syncDescriptor(int)
{
    return 0;
}

int syncFolder(const QString &)
{
    return 0;
}

void applyUmask(QFile &)
{}

int reserveSpace(QFile &, qint64)
{
    return 0;
}

int renameWithoutReplacing(const QString &from, const QString &to)
{
    return QFile::rename(from, to) ? 0 : EEXIST;
}

int renameReplacing(const QString &from, const QString &to)
{
    QFile::remove(to);
    return QFile::rename(from, to) ? 0 : EIO;
}

#endif

} // namespace Longshore::DiskCalls
