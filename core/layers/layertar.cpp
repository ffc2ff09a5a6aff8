// SPDX-License-Identifier: Apache-2.0
#include "core/layers/layertar.h"

#include <QCoreApplication>

#include <archive.h>
#include <archive_entry.h>
#include <cerrno>

namespace Longshore {

namespace {

constexpr qsizetype pieceSize = 256 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LayerTar)
};

} // namespace

/// What libarchive calls.
struct LayerTar::Callbacks
{
    static la_ssize_t read(archive *reader, void *self, const void **bytes)
    {
        auto &tar = *static_cast<LayerTar *>(self);
        const auto piece = tar.m_layer.read();
        if (!piece) {
            tar.m_readError = piece.error();
            archive_set_error(reader, EIO, "cannot read");
            return ARCHIVE_FATAL;
        }
        tar.m_hasher.add(*piece);
        *bytes = piece->data();
        return piece->size();
    }
};

LayerTar::LayerTar(const QString &path, const Digest &diffId, const LayerLimits &limits)
    : m_layer(path, LayerReader::Form::Inflated, limits)
    , m_diffId(diffId)
    , m_hasher(diffId.hashAlgorithm().value_or(Hasher::Algorithm::Sha256))
    , m_reader(archive_read_new())
{}

LayerTar::~LayerTar() = default;

void LayerTar::Free::operator()(archive *reader) const noexcept
{
    archive_read_free(reader);
}

Result<Done> LayerTar::open()
{
    if (!m_diffId.hashAlgorithm())
        return Error{
            Error::Kind::Unsupported,
            Text::tr("Digests of the kind %1 cannot be checked.").arg(m_diffId.algorithm())};
    if (auto opened = m_layer.open(); !opened)
        return opened;
    archive *reader = m_reader.get();
    archive_read_support_format_tar(reader);
    // Names are bytes, whatever language this program speaks.
    archive_read_set_format_option(reader, "tar", "hdrcharset", "BINARY");
    archive_read_set_read_callback(reader, &Callbacks::read);
    archive_read_set_callback_data(reader, this);
    return archive_read_open1(reader) == ARCHIVE_OK ? Result<Done>(Done()) : damaged();
}

Error LayerTar::damaged() const
{
    if (m_readError)
        return *m_readError;
    const char *reason = archive_error_string(m_reader.get());
    return {Error::Kind::Protocol, Text::tr("The layer is no tar, or is damaged."),
            QString::fromLocal8Bit(reason ? reason : "")};
}

Result<archive_entry *> LayerTar::next()
{
    archive_entry *entry = nullptr;
    const int status = archive_read_next_header(m_reader.get(), &entry);
    if (status == ARCHIVE_EOF)
        return finish();
    // A warning says that something of the header was left out, which may be the name.
    return status == ARCHIVE_OK && archive_entry_pathname(entry) ? Result<archive_entry *>(entry)
                                                                 : damaged();
}

/// What stands behind the end of the tar is part of the layer, too.
Result<archive_entry *> LayerTar::finish()
{
    for (;;) {
        const auto piece = m_layer.read();
        if (!piece)
            return piece.error();
        if (piece->isEmpty())
            break;
        m_hasher.add(*piece);
    }
    if (Digest::fromHash(m_hasher.result(), m_hasher.algorithm()) == m_diffId)
        return nullptr;
    return Error{Error::Kind::DigestMismatch,
                 Text::tr("The layer does not hold what the configuration of the image says: its "
                          "diff ID is not %1.")
                     .arg(m_diffId.toString())};
}

Result<QByteArrayView> LayerTar::read()
{
    if (m_piece.isEmpty())
        m_piece.resize(pieceSize);
    const la_ssize_t size =
        archive_read_data(m_reader.get(), m_piece.data(), static_cast<size_t>(m_piece.size()));
    if (size < 0)
        return damaged();
    return QByteArrayView(m_piece).first(size);
}

} // namespace Longshore
