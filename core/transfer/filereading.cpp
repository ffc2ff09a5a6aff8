// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/filereading.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace Longshore {

namespace {

constexpr qint64 pieceSize = 256 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileReading)
};

#ifdef Q_OS_UNIX
qint64 nanoseconds(const timespec &time)
{
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}
#endif

} // namespace

#ifdef Q_OS_UNIX

FileStamp FileStamp::of(const QString &path)
{
    struct stat state = {};
    if (::stat(QFile::encodeName(path).constData(), &state) != 0)
        return {};
#ifdef Q_OS_DARWIN
    return {state.st_size, nanoseconds(state.st_mtimespec), nanoseconds(state.st_ctimespec),
            state.st_ino};
#else
    return {state.st_size, nanoseconds(state.st_mtim), nanoseconds(state.st_ctim), state.st_ino};
#endif
}

#else

FileStamp FileStamp::of(const QString &path)
{
    const QFileInfo info(path);
    return {info.size(), info.lastModified().toMSecsSinceEpoch() * 1'000'000, 0, 0};
}

#endif

bool FileStamp::isSettled(std::chrono::nanoseconds tick) const
{
    const std::chrono::nanoseconds last(qMax(modified, changed));
    return std::chrono::system_clock::now().time_since_epoch() - last >= tick;
}

Result<Done> openRegularFile(QFile &file)
{
    const QFileInfo info(file.fileName());
    if (!info.exists())
        return Error{Error::Kind::LocalFile,
                     Text::tr("There is no file %1.").arg(quotedPath(file.fileName()))};
    if (!info.isFile())
        return Error{Error::Kind::LocalFile,
                     Text::tr("%1 is no regular file.").arg(quotedPath(file.fileName()))};
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return Error{Error::Kind::LocalFile,
                     Text::tr("Cannot read %1: %2.")
                         .arg(quotedPath(file.fileName()), quotedText(file.errorString()))};
    return Done();
}

Error fileChanged(const QString &path)
{
    return {Error::Kind::Changed,
            Text::tr("%1 has changed while it was being read. It was not uploaded.")
                .arg(quotedPath(path))};
}

Result<Done> readBeginning(QFile &file, qint64 size,
                           const std::function<void(QByteArrayView)> &take,
                           const CancelFlag &cancelled)
{
    QByteArray piece(pieceSize, Qt::Uninitialized);
    if (!file.seek(0))
        return fileChanged(file.fileName());
    for (qint64 done = 0; done < size;) {
        if (cancelled.load())
            return Error::cancelled();
        const qint64 count = file.read(piece.data(), qMin(pieceSize, size - done));
        if (count <= 0)
            return fileChanged(file.fileName());
        take(QByteArrayView(piece.constData(), count));
        done += count;
    }
    return Done();
}

} // namespace Longshore
