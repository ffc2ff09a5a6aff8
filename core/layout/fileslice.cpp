// SPDX-License-Identifier: Apache-2.0
#include "core/layout/fileslice.h"

#include "core/base/diskcalls.h"
#include "core/base/displaytext.h"

#include <QCoreApplication>

#include <cerrno>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileSlice)
};

Error openingFailed(const QString &path, int errorNumber)
{
    if (errorNumber == ENOENT || errorNumber == ENOTDIR)
        return {Error::Kind::NotFound, Text::tr("There is no file %1.").arg(quotedPath(path))};
    if (errorNumber == ELOOP || errorNumber == EINVAL)
        return {Error::Kind::LocalFile,
                Text::tr("%1 is no regular file, and is not read.").arg(quotedPath(path))};
    return {Error::Kind::LocalFile,
            Text::tr("Cannot read %1: %2.")
                .arg(quotedPath(path), quotedText(qt_error_string(errorNumber)))};
}

} // namespace

ReadableFile::ReadableFile(std::unique_ptr<QFile> file, const QString &name)
    : m_file(std::move(file)), m_name(name), m_size(m_file->size())
{}

Result<std::shared_ptr<ReadableFile>> ReadableFile::open(const QString &path)
{
    auto file = std::make_unique<QFile>();
    if (const int errorNumber = DiskCalls::openRegular(*file, path); errorNumber != 0)
        return openingFailed(path, errorNumber);
    return std::make_shared<ReadableFile>(std::move(file), path);
}

Result<qint64> ReadableFile::read(qint64 offset, char *data, qint64 maximum)
{
    const QMutexLocker lock(&m_mutex);
    const qint64 count = m_file->seek(offset) ? m_file->read(data, maximum) : -1;
    if (count > 0) {
        m_readTo = qMax<qint64>(m_readTo, offset + count);
        return count;
    }
    return Error{
        Error::Kind::LocalFile,
        count < 0 ? Text::tr("Cannot read %1: %2.")
                        .arg(quotedPath(m_name), quotedText(m_file->errorString()))
                  : Text::tr("%1 has become shorter while it was read.").arg(quotedPath(m_name))};
}

FileSlice FileSlice::whole(std::shared_ptr<ReadableFile> file)
{
    const qint64 size = file->size();
    return {std::move(file), 0, size};
}

Result<qint64> FileSlice::read(qint64 position, char *data, qint64 maximum) const
{
    return file->read(offset + position, data, qMin(maximum, size - position));
}

Result<QByteArray> FileSlice::readAll(qint64 most) const
{
    if (size > most)
        return Error{
            Error::Kind::TooLarge,
            Text::tr("A document in %1 is too large to be read.").arg(quotedPath(file->name()))};
    QByteArray bytes(static_cast<qsizetype>(size), Qt::Uninitialized);
    for (qint64 done = 0; done < size;) {
        const auto count = read(done, bytes.data() + done, size - done);
        if (!count)
            return count.error();
        done += *count;
    }
    return bytes;
}

Result<Digest> FileSlice::digest(const CancelFlag &cancelled) const
{
    Hasher hasher;
    QByteArray piece(256 * 1024, Qt::Uninitialized);
    for (qint64 done = 0; done < size;) {
        if (cancelled)
            return Error::cancelled();
        const auto count = read(done, piece.data(), piece.size());
        if (!count)
            return count.error();
        hasher.add(QByteArrayView(piece).first(*count));
        done += *count;
    }
    return Digest::fromHash(hasher.result(), hasher.algorithm());
}

} // namespace Longshore
