// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefile.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QRandomGenerator>
#include <QStorageInfo>

#include <cerrno>
#include <cstring>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype longestName = 200; // Leaves room for what makes a part name of it.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SafeFile)
};

QString partPathFor(const QString &path)
{
    const QFileInfo info(path);
    const QString random = QString::number(QRandomGenerator::system()->generate64(), 36);
    // A name is at most 255 bytes long, whatever its characters.
    QByteArray name = info.fileName().toUtf8().left(longestName);
    return info.absolutePath() + "/."_L1 + QString::fromUtf8(name) + u'.' + random + ".part"_L1;
}

#ifdef Q_OS_UNIX

/// 0 or the error number.
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

int writeAll(QFile &file, QByteArrayView bytes)
{
    return file.write(bytes.data(), bytes.size()) == bytes.size() ? 0 : ENOSPC;
}

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

} // namespace

SafeFile::SafeFile(const QString &path, Existing existing)
    : m_path(QFileInfo(path).absoluteFilePath()), m_existing(existing)
{}

SafeFile::~SafeFile()
{
    discard();
}

Error SafeFile::failure(int errorNumber) const
{
    Error error{Error::Kind::LocalFile, {}, QString::fromLocal8Bit(std::strerror(errorNumber))};
    const QString path = quotedText(QDir::toNativeSeparators(m_path));
    const QLocale locale;
    if (errorNumber == ENOSPC || errorNumber == EDQUOT) {
        const qint64 available = QStorageInfo(QFileInfo(m_path).absolutePath()).bytesAvailable();
        error.message = m_expectedSize > 0
                            ? Text::tr("There is not enough space for %1: %2 needed, %3 free.")
                                  .arg(path, locale.formattedDataSize(m_expectedSize),
                                       locale.formattedDataSize(available))
                            : Text::tr("There is not enough space for %1: %2 free.")
                                  .arg(path, locale.formattedDataSize(available));
    } else if (errorNumber == EEXIST) {
        error.message = Text::tr("%1 exists already.").arg(path);
    } else if (errorNumber == EACCES || errorNumber == EPERM || errorNumber == EROFS) {
        error.message = Text::tr("You may not write %1.").arg(path);
    } else {
        error.message = Text::tr("Cannot write %1: %2.").arg(path, error.detail);
    }
    return error;
}

Result<Done> SafeFile::open(qint64 size)
{
    discard();
    m_expectedSize = size;
    m_partPath = partPathFor(m_path);
    if (m_existing == Existing::Keep
        && (QFileInfo::exists(m_path) || QFileInfo(m_path).isSymLink()))
        return failure(EEXIST);
    if (const int error = openExclusively(m_file, m_partPath))
        return failure(error);
    return reserve(size);
}

Result<Done> SafeFile::reserve(qint64 size)
{
    const int error = size > 0 ? reserveSpace(m_file, size) : 0;
    if (error == 0)
        return Done();
    discard();
    return failure(error);
}

Result<Done> SafeFile::write(QByteArrayView bytes)
{
    if (const int error = writeAll(m_file, bytes))
        return failure(error);
    return Done();
}

Result<Done> SafeFile::restart()
{
    return m_file.isOpen() && m_file.resize(0) && m_file.seek(0) ? Result<Done>(Done())
                                                                 : Result<Done>(failure(EIO));
}

Result<Done> SafeFile::commit()
{
    if (m_expectedSize >= 0 && !m_file.resize(m_file.size()))
        return failure(EIO); // Gives back what was reserved and not used.
    applyUmask(m_file);
    if (const int error = syncDescriptor(m_file.handle()))
        return failure(error);
    m_file.close();
    return giveName();
}

Result<Done> SafeFile::giveName()
{
    const int error = m_existing == Existing::Keep ? renameWithoutReplacing(m_partPath, m_path)
                                                   : renameReplacing(m_partPath, m_path);
    if (error != 0) {
        QFile::remove(m_partPath);
        m_partPath.clear();
        return failure(error);
    }
    m_partPath.clear();
    if (const int folderError = syncFolder(QFileInfo(m_path).absolutePath()))
        return failure(folderError);
    return Done();
}

void SafeFile::discard()
{
    m_file.close();
    if (!m_partPath.isEmpty())
        QFile::remove(m_partPath);
    m_partPath.clear();
}

Result<Done> SafeFile::writeFile(const QString &path, QByteArrayView bytes, Existing existing)
{
    SafeFile file(path, existing);
    if (auto opened = file.open(bytes.size()); !opened)
        return opened;
    if (auto written = file.write(bytes); !written)
        return written;
    return file.commit();
}

} // namespace Longshore
