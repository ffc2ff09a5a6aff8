// SPDX-License-Identifier: Apache-2.0
#include "core/layout/archivereader.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

#include <archive.h>
#include <cerrno>

namespace Longshore {

namespace {

constexpr qint64 pieceSize = 256 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ArchiveReader)
};

} // namespace

/// What libarchive calls.
struct ArchiveCallbacks
{
    static la_ssize_t read(archive *, void *data, const void **buffer)
    {
        auto &reader = *static_cast<ArchiveReader *>(data);
        if (reader.m_position == reader.m_slice.size)
            return 0;
        const auto count = reader.m_slice.read(reader.m_position, reader.m_piece.data(), pieceSize);
        if (!count) {
            reader.m_readError = count.error();
            archive_set_error(reader.m_archive, EIO, "cannot read");
            return ARCHIVE_FATAL;
        }
        reader.m_position += *count;
        *buffer = reader.m_piece.constData();
        return static_cast<la_ssize_t>(*count);
    }

    static la_int64_t skip(archive *, void *data, la_int64_t wanted)
    {
        auto &reader = *static_cast<ArchiveReader *>(data);
        const qint64 skipped = qMin<qint64>(wanted, reader.m_slice.size - reader.m_position);
        reader.m_position += skipped;
        return skipped;
    }
};

ArchiveReader::ArchiveReader(const FileSlice &slice)
    : m_slice(slice), m_archive(archive_read_new()), m_piece(pieceSize, Qt::Uninitialized)
{}

ArchiveReader::~ArchiveReader()
{
    archive_read_free(m_archive);
}

Result<Done> ArchiveReader::openTar()
{
    archive_read_support_format_tar(m_archive);
    return open();
}

Result<Done> ArchiveReader::openZstd()
{
    archive_read_support_filter_zstd(m_archive);
    archive_read_support_format_raw(m_archive);
    return open();
}

Result<Done> ArchiveReader::open()
{
    archive_read_set_read_callback(m_archive, &ArchiveCallbacks::read);
    archive_read_set_skip_callback(m_archive, &ArchiveCallbacks::skip);
    archive_read_set_callback_data(m_archive, this);
    if (archive_read_open1(m_archive) != ARCHIVE_OK)
        return failure();
    return Done();
}

Error ArchiveReader::failure() const
{
    if (m_readError)
        return *m_readError;
    const char *reason = archive_error_string(m_archive);
    return {Error::Kind::LocalFile,
            Text::tr("%1 is no archive, or is damaged.").arg(quotedPath(m_slice.file->name())),
            QString::fromLocal8Bit(reason ? reason : "")};
}

} // namespace Longshore
