// SPDX-License-Identifier: Apache-2.0
#include "core/layers/layerreader.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype pieceSize = 256 * 1024;
constexpr qint64 longestMagic = 6;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LayerReader)
};

/// The name of a compression that a layer cannot have; empty when it has none of these.
QString foreignCompression(QByteArrayView start)
{
    if (start.startsWith("\xfd"
                         "7zXZ"))
        return u"xz"_s;
    if (start.startsWith("BZh"))
        return u"bzip2"_s;
    if (start.startsWith("PK\x03\x04"))
        return u"zip"_s;
    return {};
}

/// What libarchive calls the compression of a file that begins like this.
int filterFor(QByteArrayView start)
{
    if (start.startsWith("\x1f\x8b"))
        return ARCHIVE_FILTER_GZIP;
    // Frames that are to be skipped may come before the first.
    const bool isSkippable = start.size() >= 4 && (start[0] & '\xf0') == '\x50'
                             && start.sliced(1).startsWith("\x2a\x4d\x18");
    if (isSkippable || start.startsWith("\x28\xb5\x2f\xfd"))
        return ARCHIVE_FILTER_ZSTD;
    return ARCHIVE_FILTER_NONE;
}

} // namespace

/// The file, as libarchive asks for it.
struct LayerReader::Source
{
    explicit Source(const QString &path) : file(path), piece(pieceSize, Qt::Uninitialized) {}

    /// -1 when the file cannot be read.
    qint64 fill()
    {
        const qint64 size = file.read(piece.data(), piece.size());
        hasFailed = hasFailed || size < 0;
        consumed += std::max<qint64>(size, 0);
        return size;
    }
    [[nodiscard]] Error failure() const
    {
        return {
            Error::Kind::LocalFile,
            Text::tr("Cannot read %1: %2.").arg(quotedPath(file.fileName()), file.errorString())};
    }
    static la_ssize_t readForArchive(archive *reader, void *self, const void **bytes)
    {
        auto *source = static_cast<Source *>(self);
        const qint64 size = source->fill();
        if (size < 0)
            archive_set_error(reader, EIO, "cannot read");
        *bytes = source->piece.constData();
        return size;
    }

    QFile file;
    QByteArray piece;
    qint64 consumed = 0; ///< In bytes.
    bool hasFailed = false;
};

LayerReader::LayerReader(const QString &path, Form form, const LayerLimits &limits)
    : m_limits(limits), m_form(form), m_source(std::make_unique<Source>(path))
{}

LayerReader::~LayerReader() = default;

void LayerReader::Free::operator()(archive *reader) const noexcept
{
    archive_read_free(reader);
}

Result<Done> LayerReader::open()
{
    const QFileInfo info(m_source->file);
    if (info.isSymLink() || !info.isFile()
        || !m_source->file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return m_source->failure();
    if (m_form == Form::AsStored)
        return Done();
    QByteArray start(longestMagic, '\0');
    start.truncate(std::max<qint64>(m_source->file.read(start.data(), start.size()), 0));
    if (!m_source->file.seek(0))
        return m_source->failure();
    if (const QString name = foreignCompression(start); !name.isEmpty())
        return Error{
            Error::Kind::Unsupported,
            Text::tr("The layer is compressed with %1, which layers must not be.").arg(name)};
    const int filter = filterFor(start);
    return filter == ARCHIVE_FILTER_NONE ? Result<Done>(Done()) : openInflater(filter);
}

/// Names the one filter that the layer has: libarchive would take off as many as it finds.
Result<Done> LayerReader::openInflater(int filter)
{
    m_inflater.reset(archive_read_new());
    archive *reader = m_inflater.get();
    // A warning would mean that another program does it.
    if (!reader || archive_read_support_format_raw(reader) != ARCHIVE_OK
        || archive_read_append_filter(reader, filter) != ARCHIVE_OK)
        return Error{Error::Kind::Unsupported,
                     Text::tr("This system has nothing that could inflate the layer."),
                     reader ? QString::fromLocal8Bit(archive_error_string(reader)) : QString()};
    archive_entry *entry = nullptr;
    const int opened =
        archive_read_open(reader, m_source.get(), nullptr, &Source::readForArchive, nullptr);
    if (opened != ARCHIVE_OK || archive_read_next_header(reader, &entry) != ARCHIVE_OK)
        return damaged();
    return Done();
}

Error LayerReader::damaged() const
{
    if (m_source->hasFailed)
        return m_source->failure();
    return {Error::Kind::Protocol, Text::tr("The layer is damaged and cannot be inflated."),
            QString::fromLocal8Bit(archive_error_string(m_inflater.get()))};
}

Result<QByteArrayView> LayerReader::read()
{
    if (m_inflater)
        return inflate();
    const qint64 size = m_source->fill();
    if (size < 0)
        return m_source->failure();
    return QByteArrayView(m_source->piece).first(size);
}

Result<QByteArrayView> LayerReader::inflate()
{
    if (m_piece.isEmpty())
        m_piece.resize(pieceSize);
    const la_ssize_t size =
        archive_read_data(m_inflater.get(), m_piece.data(), static_cast<size_t>(m_piece.size()));
    if (size < 0)
        return damaged();
    m_inflated += size;
    const bool isBomb =
        m_inflated > m_limits.ratioFrom && m_inflated / m_limits.ratio > m_source->consumed;
    if (m_inflated > m_limits.bytes || isBomb)
        return Error{Error::Kind::TooLarge,
                     Text::tr("The layer becomes larger than allowed: %1 came out of %2.")
                         .arg(QLocale().formattedDataSize(m_inflated),
                              QLocale().formattedDataSize(m_source->consumed))};
    return QByteArrayView(m_piece).first(size);
}

} // namespace Longshore
