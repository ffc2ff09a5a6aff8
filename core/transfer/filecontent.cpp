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

FileStamp stampOf(const QString &path)
{
    struct stat state = {};
    if (::stat(QFile::encodeName(path).constData(), &state) != 0)
        return {};
#ifdef Q_OS_DARWIN
    const auto &time = state.st_mtimespec;
#else
    const auto &time = state.st_mtim;
#endif
    return {state.st_size, qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec, state.st_ino};
}

#else

FileStamp stampOf(const QString &path)
{
    const QFileInfo info(path);
    return {info.size(), info.lastModified().toMSecsSinceEpoch() * 1'000'000, 0};
}

#endif

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
Result<Hasher> hashBeginning(QFile &file, qint64 size, const CancelFlag &cancelled)
{
    Hasher hasher;
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

class FileContent::Part final : public ByteSource
{
public:
    Part(std::shared_ptr<FileContent> content, qint64 offset, qint64 size)
        : m_content(std::move(content)), m_offset(offset), m_size(size)
    {}

    [[nodiscard]] qint64 size() const override { return m_size; }
    Result<Done> begin() override { return m_content->seek(m_offset); }
    Result<qint64> read(char *data, qint64 maximum) override
    {
        return m_content->read(data, maximum);
    }

private:
    const std::shared_ptr<FileContent> m_content;
    const qint64 m_offset;
    const qint64 m_size;
};

FileContent::FileContent(std::unique_ptr<QFile> file, const Digest &digest, const FileStamp &stamp)
    : BlobContent(digest, stamp.size), m_file(std::move(file)), m_stamp(stamp)
{}

Result<std::shared_ptr<FileContent>> FileContent::open(const QString &path,
                                                       const CancelFlag &cancelled)
{
    auto file = std::make_unique<QFile>(path);
    if (const auto opened = openForReading(*file); !opened)
        return opened.error();
    const FileStamp stamp = stampOf(path);
    auto hasher = hashBeginning(*file, stamp.size, cancelled);
    if (!hasher)
        return hasher.error();
    if (stampOf(path) != stamp || file->size() != stamp.size || !file->seek(0))
        return fileChanged(path);
    const Digest digest = Digest::fromHash(hasher->result(), hasher->algorithm());
    return std::shared_ptr<FileContent>(new FileContent(std::move(file), digest, stamp));
}

std::shared_ptr<ByteSource> FileContent::part(qint64 offset, qint64 size)
{
    return std::make_shared<Part>(shared_from_this(), offset, size);
}

Error FileContent::changed() const
{
    return fileChanged(m_file->fileName());
}

Result<Done> FileContent::seek(qint64 offset)
{
    if (offset == m_position && m_position < size())
        return Done();
    auto hasher = hashBeginning(*m_file, offset, CancelFlag(false));
    if (!hasher)
        return hasher.error();
    m_hasher = *std::move(hasher);
    m_position = offset;
    return Done();
}

Result<qint64> FileContent::read(char *data, qint64 maximum)
{
    const qint64 count = m_file->read(data, maximum);
    if (count <= 0)
        return changed();
    m_hasher.add(QByteArrayView(data, count));
    m_position += count;
    if (m_position < size())
        return count;
    // Before the last byte goes out: what is not whole cannot be taken for the blob.
    if (const auto checked = checkWhole(); !checked)
        return checked.error();
    return count;
}

Result<Done> FileContent::checkWhole()
{
    const Digest sent = Digest::fromHash(m_hasher.result(), m_hasher.algorithm());
    if (sent != digest() || stampOf(m_file->fileName()) != m_stamp)
        return changed();
    return Done();
}

} // namespace Longshore
