// SPDX-License-Identifier: Apache-2.0
#include "core/layout/gunzip.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

#include <algorithm>
#include <zlib.h>

namespace Longshore {

namespace {

constexpr qsizetype pieceSize = 256 * 1024;
constexpr int gzipOnly = 16 + MAX_WBITS; // How zlib wants it said.

/// Reads the members one after the other.
class Gunzip
{
public:
    Gunzip(const FileSlice &slice, const TakeUnpacked &take) : m_slice(slice), m_take(take)
    {
        m_isOpen = inflateInit2(&m_stream, gzipOnly) == Z_OK;
    }
    ~Gunzip()
    {
        if (m_isOpen)
            inflateEnd(&m_stream);
    }
    Q_DISABLE_COPY_MOVE(Gunzip)

    Result<Done> run(const CancelFlag &cancelled)
    {
        if (!m_isOpen)
            return damaged();
        while (!cancelled) {
            if (const auto filled = fill(); !filled)
                return filled;
            if (m_stream.avail_in == 0)
                return m_isBetween ? Result<Done>(Done()) : damaged();
            if (auto stepped = m_isBetween ? beginMember() : inflatePiece(); !stepped)
                return stepped;
        }
        return Error::cancelled();
    }

private:
    [[nodiscard]] Error damaged() const
    {
        return {Error::Kind::LocalFile,
                QCoreApplication::translate("Gunzip", "The compressed data of %1 is damaged.")
                    .arg(quotedPath(m_slice.file->name()))};
    }

    Result<Done> fill()
    {
        if (m_stream.avail_in > 0 || m_position == m_slice.size)
            return Done();
        const auto count = m_slice.read(m_position, m_input.data(), m_input.size());
        if (!count)
            return count.error();
        m_position += *count;
        m_stream.next_in = reinterpret_cast<Bytef *>(m_input.data());
        m_stream.avail_in = static_cast<uInt>(*count);
        return Done();
    }

    /// Archives may be filled up with zeros; whatever else stands there is no member.
    Result<Done> beginMember()
    {
        if (!m_isPadded && *m_stream.next_in != 0) {
            m_isBetween = false;
            return inflateReset(&m_stream) == Z_OK ? Result<Done>(Done()) : damaged();
        }
        if (!std::all_of(m_stream.next_in, m_stream.next_in + m_stream.avail_in,
                         [](Bytef byte) { return byte == 0; }))
            return damaged();
        m_isPadded = true;
        m_stream.avail_in = 0;
        return Done();
    }

    Result<Done> inflatePiece()
    {
        m_stream.next_out = reinterpret_cast<Bytef *>(m_output.data());
        m_stream.avail_out = static_cast<uInt>(m_output.size());
        const int state = inflate(&m_stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END)
            return damaged();
        m_isBetween = state == Z_STREAM_END;
        const qsizetype count = m_output.size() - static_cast<qsizetype>(m_stream.avail_out);
        return count > 0 ? m_take(QByteArrayView(m_output).first(count)) : Result<Done>(Done());
    }

    const FileSlice &m_slice;
    const TakeUnpacked &m_take;
    QByteArray m_input = QByteArray(pieceSize, '\0');
    QByteArray m_output = QByteArray(pieceSize, '\0');
    z_stream m_stream = {};
    qint64 m_position = 0;
    bool m_isOpen = false;
    bool m_isBetween = false; ///< A member has ended, and its check sum was right.
    bool m_isPadded = false;
};

} // namespace

Result<Done> gunzip(const FileSlice &slice, const TakeUnpacked &take, const CancelFlag &cancelled)
{
    return Gunzip(slice, take).run(cancelled);
}

} // namespace Longshore
