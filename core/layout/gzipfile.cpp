// SPDX-License-Identifier: Apache-2.0
#include "core/layout/gzipfile.h"

#include "core/base/diskcalls.h"
#include "core/layout/temporaryfile.h"

#include <cerrno>
#include <zlib.h>

namespace Longshore {

namespace {

constexpr qsizetype pieceSize = 256 * 1024;
constexpr int gzip = 16 + MAX_WBITS; // How zlib wants it said.
constexpr int memoryLevel = 8; // Its own default.
constexpr int unknownSystem = 255;

} // namespace

struct GzipFile::Stream
{
    Stream()
    {
        header.os = unknownSystem;
        isOpen = deflateInit2(&zlib, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip, memoryLevel,
                              Z_DEFAULT_STRATEGY)
                     == Z_OK
                 && deflateSetHeader(&zlib, &header) == Z_OK;
    }
    ~Stream() { deflateEnd(&zlib); }
    Q_DISABLE_COPY_MOVE(Stream)

    z_stream zlib = {};
    gz_header header = {}; // Without a time.
    bool isOpen = false;
    QByteArray piece{pieceSize, Qt::Uninitialized};
};

GzipFile::GzipFile() = default;

GzipFile::~GzipFile() = default;

Result<Done> GzipFile::open()
{
    m_stream = std::make_unique<Stream>();
    auto file = openTemporaryFile();
    if (!file)
        return file.error();
    if (!m_stream->isOpen)
        return cannotWriteTemporaryFile(qt_error_string(ENOMEM));
    m_file = *std::move(file);
    return Done();
}

Result<Done> GzipFile::add(QByteArrayView bytes)
{
    m_content.add(bytes);
    // zlib reads from it only, and counts in 32 bits; nobody adds so much at once.
    m_stream->zlib.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    m_stream->zlib.avail_in = static_cast<uInt>(bytes.size());
    return deflate(Z_NO_FLUSH);
}

Result<Done> GzipFile::deflate(int flush)
{
    z_stream &zlib = m_stream->zlib;
    do {
        zlib.next_out = reinterpret_cast<Bytef *>(m_stream->piece.data());
        zlib.avail_out = static_cast<uInt>(pieceSize);
        ::deflate(&zlib, flush);
        const auto written = QByteArrayView(m_stream->piece)
                                 .first(pieceSize - static_cast<qsizetype>(zlib.avail_out));
        m_written.add(written);
        if (const int errorNumber = DiskCalls::writeAll(*m_file, written); errorNumber != 0)
            return cannotWriteTemporaryFile(qt_error_string(errorNumber));
    } while (zlib.avail_out == 0);
    return Done();
}

Result<FileSlice> GzipFile::finish(const QString &name)
{
    m_stream->zlib.avail_in = 0;
    if (const auto ended = deflate(Z_FINISH); !ended)
        return ended.error();
    m_file->flush();
    return FileSlice::whole(std::make_shared<ReadableFile>(std::move(m_file), name));
}

Digest GzipFile::digest()
{
    return Digest::fromHash(m_written.result(), m_written.algorithm());
}

Digest GzipFile::contentDigest()
{
    return Digest::fromHash(m_content.result(), m_content.algorithm());
}

} // namespace Longshore
