// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/filecontent.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace Longshore {

namespace {

constexpr qint64 pieceSize = 256 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileContent)
};

QString shownPath(const QString &path)
{
    return quotedText(QDir::toNativeSeparators(path));
}

#ifdef Q_OS_UNIX

qint64 nanoseconds(const timespec &time)
{
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

FileStamp stampOf(const QString &path)
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

FileStamp stampOf(const QString &path)
{
    const QFileInfo info(path);
    return {info.size(), info.lastModified().toMSecsSinceEpoch() * 1'000'000, 0, 0};
}

#endif

/// Whether the stamp would show a change from now on.
bool isSettled(const FileStamp &stamp, std::chrono::nanoseconds tick)
{
    const std::chrono::nanoseconds last(qMax(stamp.modified, stamp.changed));
    return std::chrono::system_clock::now().time_since_epoch() - last >= tick;
}

Result<Done> openForReading(QFile &file)
{
    const QFileInfo info(file.fileName());
    if (!info.exists())
        return Error{Error::Kind::LocalFile,
                     Text::tr("There is no file %1.").arg(shownPath(file.fileName()))};
    // A pipe or a device would be read for ever, or only once.
    if (!info.isFile())
        return Error{Error::Kind::LocalFile,
                     Text::tr("%1 is no regular file.").arg(shownPath(file.fileName()))};
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return Error{Error::Kind::LocalFile,
                     Text::tr("Cannot read %1: %2.")
                         .arg(shownPath(file.fileName()), quotedText(file.errorString()))};
    return Done();
}

Error fileChanged(const QString &path)
{
    return {Error::Kind::Changed,
            Text::tr("%1 has changed while it was being read. It was not uploaded.")
                .arg(shownPath(path))};
}

/// The hash of the first \a size bytes, which are read from the start.
Result<Hasher> hashBeginning(QFile &file, qint64 size, Hasher hasher, const CancelFlag &cancelled)
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
        hasher.add(QByteArrayView(piece.constData(), count));
        done += count;
    }
    return hasher;
}

} // namespace

FileContent::FileContent(std::unique_ptr<QFile> file, const Digest &digest, const FileStamp &stamp,
                         Proof proof)
    : BlobContent(digest, stamp.size)
    , m_file(std::move(file))
    , m_stamp(stamp)
    , m_proof(proof)
    , m_hasher(*digest.hashAlgorithm())
{}

Result<std::shared_ptr<FileContent>>
FileContent::open(const QString &path, const CancelFlag &cancelled, std::chrono::nanoseconds tick)
{
    auto file = std::make_unique<QFile>(path);
    if (const auto opened = openForReading(*file); !opened)
        return opened.error();
    const FileStamp stamp = stampOf(path);
    const Proof proof = isSettled(stamp, tick) ? Proof::Stamp : Proof::Hash;
    auto hasher = hashBeginning(*file, stamp.size, Hasher(), cancelled);
    if (!hasher)
        return hasher.error();
    if (stampOf(path) != stamp || file->size() != stamp.size || !file->seek(0))
        return fileChanged(path);
    const Digest digest = Digest::fromHash(hasher->result(), hasher->algorithm());
    return std::shared_ptr<FileContent>(new FileContent(std::move(file), digest, stamp, proof));
}

Result<std::shared_ptr<FileContent>> FileContent::openAs(const Digest &digest, const QString &path)
{
    if (!digest.hashAlgorithm())
        return Error{Error::Kind::Unsupported,
                     Text::tr("Digests of the kind %1 cannot be checked.").arg(digest.algorithm())};
    auto file = std::make_unique<QFile>(path);
    if (const auto opened = openForReading(*file); !opened)
        return opened.error();
    const auto content = std::shared_ptr<FileContent>(
        new FileContent(std::move(file), digest, stampOf(path), Proof::HashForOthers));
    if (content->size() == 0 && !digest.matches({}))
        return content->wrongBytes(); // Nothing of it will be read.
    return content;
}

Error FileContent::wrongBytes() const
{
    if (m_proof != Proof::HashForOthers || stampOf(m_file->fileName()) != m_stamp)
        return fileChanged(m_file->fileName());
    return {Error::Kind::DigestMismatch,
            Text::tr("%1 has another digest than the one that was named. It was not uploaded.")
                .arg(shownPath(m_file->fileName()))};
}

Result<Done> FileContent::seek(qint64 offset)
{
    if (offset == m_position && m_position < size())
        return Done();
    if (m_proof == Proof::Stamp && offset < m_readTo)
        m_proof = Proof::Hash;
    if (m_proof == Proof::Stamp) {
        if (!m_file->seek(offset))
            return wrongBytes();
    } else {
        auto hasher =
            hashBeginning(*m_file, offset, Hasher(m_hasher.algorithm()), CancelFlag(false));
        if (!hasher)
            return hasher.error();
        m_hasher = *std::move(hasher);
    }
    m_position = offset;
    return Done();
}

Result<qint64> FileContent::read(char *data, qint64 maximum)
{
    const qint64 count = m_file->read(data, maximum);
    if (count <= 0)
        return fileChanged(m_file->fileName());
    if (m_proof != Proof::Stamp)
        m_hasher.add(QByteArrayView(data, count));
    m_position += count;
    m_readTo = qMax(m_readTo, m_position);
    if (m_position < size())
        return count;
    // Before the last byte goes out: what is not whole cannot be taken for the blob.
    if (const auto checked = checkWhole(); !checked)
        return checked.error();
    return count;
}

Result<Done> FileContent::checkWhole()
{
    if (m_proof != Proof::Stamp
        && Digest::fromHash(m_hasher.result(), m_hasher.algorithm()) != digest())
        return wrongBytes();
    if (stampOf(m_file->fileName()) != m_stamp)
        return fileChanged(m_file->fileName());
    return Done();
}

} // namespace Longshore
