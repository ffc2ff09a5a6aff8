// SPDX-License-Identifier: Apache-2.0
#include "core/http/contentcoding.h"

#include "core/http/httpresponse.h"

#include <QCoreApplication>

#include <zlib.h>

namespace Longshore {

namespace {

constexpr qsizetype pieceSize = 64 * 1024;
constexpr int gzipOnly = 16 + MAX_WBITS; // How zlib wants it said.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ContentCoding)
};

bool isGzip(const HttpResponse &response)
{
    const QByteArray coding = response.headers.value("Content-Encoding").trimmed().toLower();
    return (coding == "gzip" || coding == "x-gzip") && response.body.startsWith("\x1f\x8b");
}

/// Takes the compression off, piece by piece: a small body may stand for a very large one.
class Inflater
{
public:
    explicit Inflater(const QByteArray &body) : m_body(body)
    {
        // zlib does not write there; its interface is older than const.
        m_stream.next_in =
            const_cast<Bytef *>(reinterpret_cast<const Bytef *>(m_body.constData())); // NOLINT
        m_stream.avail_in = static_cast<uInt>(m_body.size());
        m_isOpen = inflateInit2(&m_stream, gzipOnly) == Z_OK;
    }
    ~Inflater()
    {
        if (m_isOpen)
            inflateEnd(&m_stream);
    }
    Q_DISABLE_COPY_MOVE(Inflater)

    Result<QByteArray> run(qint64 maximum)
    {
        QByteArray result;
        QByteArray piece(pieceSize, Qt::Uninitialized);
        int state = m_isOpen ? Z_OK : Z_MEM_ERROR;
        while (state == Z_OK) {
            m_stream.next_out = reinterpret_cast<Bytef *>(piece.data());
            m_stream.avail_out = static_cast<uInt>(piece.size());
            state = inflate(&m_stream, Z_NO_FLUSH);
            result.append(piece.constData(), piece.size() - static_cast<int>(m_stream.avail_out));
            if (result.size() > maximum)
                return Error{Error::Kind::TooLarge, Text::tr("The answer is larger than allowed."),
                             QStringLiteral("limit %1").arg(maximum)};
        }
        if (state != Z_STREAM_END || m_stream.avail_in != 0)
            return Error{Error::Kind::Protocol,
                         Text::tr("The answer was compressed on the way, and is damaged.")};
        return result;
    }

private:
    const QByteArray m_body;
    z_stream m_stream = {};
    bool m_isOpen = false;
};

} // namespace

Result<QByteArray> plainBody(const HttpResponse &response, qint64 maximum)
{
    return isGzip(response) ? Inflater(response.body).run(maximum) : response.body;
}

} // namespace Longshore
