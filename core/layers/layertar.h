// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layers/layerreader.h"
#include "core/oci/digest.h"

struct archive_entry;

namespace Longshore {

/// Reads the entries of the tar that a layer is, in one go from the first to the last, and checks
/// all of it against its diff ID.
///
/// Blocks on the disk, so it belongs into a worker.
class LayerTar
{
public:
    /// Touches nothing before open().
    LayerTar(const QString &path, const Digest &diffId, const LayerLimits &limits = {});
    ~LayerTar();
    Q_DISABLE_COPY_MOVE(LayerTar)

    /// Fails as LayerReader::open(), and with Error::Kind::Unsupported for digests that cannot be
    /// checked.
    [[nodiscard]] Result<Done> open();
    /// The next entry, until the next call; null at the end, when all of the layer is what its diff ID
    /// says. Fails as LayerReader::read(), as Protocol where it is no tar, and as DigestMismatch.
    [[nodiscard]] Result<archive_entry *> next();
    /// The next bytes of the entry, until the next call; none at its end. Fails as next().
    [[nodiscard]] Result<QByteArrayView> read();

private:
    struct Free
    {
        void operator()(archive *reader) const noexcept;
    };
    struct Callbacks;

    [[nodiscard]] Error damaged() const;
    [[nodiscard]] Result<archive_entry *> finish();

    LayerReader m_layer;
    const Digest m_diffId;
    Hasher m_hasher;
    std::unique_ptr<archive, Free> m_reader;
    std::optional<Error> m_readError; ///< Of the layer, beneath the tar.
    QByteArray m_piece;
};

} // namespace Longshore
