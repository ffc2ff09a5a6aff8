// SPDX-License-Identifier: Apache-2.0
#include "core/layers/inflatelayer.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(InflateLayer)
};

/// Hands all of \a reader to \a take, and compares it with \a diffId; the number of bytes.
template <typename Take>
Result<qint64> drain(LayerReader &reader, const Digest &diffId, const CancelFlag &cancelled,
                     Take take)
{
    const auto algorithm = diffId.hashAlgorithm();
    if (!algorithm)
        return Error{Error::Kind::Unsupported,
                     Text::tr("Digests of the kind %1 cannot be checked.").arg(diffId.algorithm())};
    if (const auto opened = reader.open(); !opened)
        return opened.error();
    Hasher hasher(*algorithm);
    qint64 size = 0;
    while (!cancelled) {
        const auto piece = reader.read();
        if (!piece)
            return piece.error();
        if (piece->isEmpty()) {
            if (Digest::fromHash(hasher.result(), *algorithm) == diffId)
                return size;
            return Error{Error::Kind::DigestMismatch,
                         Text::tr("The layer does not hold what the configuration of the image "
                                  "says: its diff ID is not %1.")
                             .arg(diffId.toString())};
        }
        hasher.add(*piece);
        size += piece->size();
        if (const Result<Done> taken = take(*piece); !taken)
            return taken.error();
    }
    return Error::cancelled();
}

} // namespace

Result<qint64> inflateLayer(const LayerInflation &wanted, const CancelFlag &cancelled)
{
    SafeFile file(wanted.tar, wanted.existing);
    if (const auto opened = file.open(); !opened)
        return opened.error();
    LayerReader reader(wanted.layer, LayerReader::Form::Inflated, wanted.limits);
    const auto size = drain(reader, wanted.diffId, cancelled,
                            [&file](QByteArrayView piece) { return file.write(piece); });
    if (!size)
        return size;
    if (const auto committed = file.commit(); !committed)
        return committed.error();
    return size;
}

Result<qint64> inflatedSize(const QString &layer, const Digest &diffId, const CancelFlag &cancelled,
                            const LayerLimits &limits)
{
    LayerReader reader(layer, LayerReader::Form::Inflated, limits);
    return drain(reader, diffId, cancelled, [](QByteArrayView) { return Result<Done>(Done()); });
}

} // namespace Longshore
