// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <archive.h>
#include <archive_entry.h>

/// One frame of zstd, as builders write layers. The test links libarchive.
inline QByteArray zstdCompressed(const QByteArray &bytes)
{
    QByteArray result(bytes.size() + 64 * 1024, '\0');
    size_t used = 0;
    archive *writer = archive_write_new();
    archive_entry *entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_pathname(entry, "layer");
    const bool isDone =
        archive_write_set_format_raw(writer) == ARCHIVE_OK
        && archive_write_add_filter_zstd(writer) == ARCHIVE_OK
        && archive_write_set_bytes_in_last_block(writer, 1) == ARCHIVE_OK
        && archive_write_open_memory(writer, result.data(), static_cast<size_t>(result.size()),
                                     &used)
               == ARCHIVE_OK
        && archive_write_header(writer, entry) == ARCHIVE_OK
        && archive_write_data(writer, bytes.constData(), static_cast<size_t>(bytes.size()))
               == bytes.size()
        && archive_write_close(writer) == ARCHIVE_OK;
    archive_entry_free(entry);
    archive_write_free(writer);
    return isDone ? result.left(static_cast<qsizetype>(used)) : QByteArray();
}
