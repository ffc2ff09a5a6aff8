// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QFile>

#include <memory>

struct archive;

namespace Longshore {

/// How much may come out of a layer: a small file may stand for a very large one.
struct LayerLimits
{
    qint64 bytes = 50LL * 1024 * 1024 * 1024; ///< Inflated.
    qint64 ratio = 1000; ///< Bytes that come out for each that goes in...
    qint64 ratioFrom = 10LL * 1024 * 1024; ///< ...once so many have come out.
};

/// Reads a layer from a file, piece by piece, as the tar that it is when nothing compresses it.
///
/// What compresses it is seen from its first bytes, whatever its media type says: gzip (RFC 1952),
/// zstd (RFC 8878), or nothing. Blocks on the disk, so it belongs into a worker; needs the same memory
/// for layers of any size.
class LayerReader
{
public:
    /// Whether the bytes are to be what is stored, or what that stands for.
    enum class Form { AsStored, Inflated };

    /// Touches nothing before open().
    explicit LayerReader(const QString &path, Form form = Form::Inflated,
                         const LayerLimits &limits = {});
    ~LayerReader();
    Q_DISABLE_COPY_MOVE(LayerReader)

    /// An Error of kind LocalFile when there is no such regular file, Unsupported when something else
    /// compresses it.
    [[nodiscard]] Result<Done> open();
    /// The next bytes, until the next call; none at the end. An Error of kind Protocol when the layer
    /// is damaged, TooLarge beyond the limits, LocalFile when the file cannot be read.
    [[nodiscard]] Result<QByteArrayView> read();

private:
    struct Free
    {
        void operator()(archive *reader) const noexcept;
    };
    struct Source;

    [[nodiscard]] Result<Done> openInflater(int filter);
    [[nodiscard]] Result<QByteArrayView> inflate();
    [[nodiscard]] Error damaged() const;

    const LayerLimits m_limits;
    const Form m_form;
    std::unique_ptr<Source> m_source;
    std::unique_ptr<archive, Free> m_inflater; ///< Null when nothing compresses the layer.
    QByteArray m_piece;
    qint64 m_inflated = 0; ///< In bytes.
};

} // namespace Longshore
