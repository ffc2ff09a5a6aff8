// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/checkfile.h"

#include <QFile>
#include <QFileInfo>

namespace Longshore {

bool holdsContent(const QString &path, const Descriptor &wanted, const CancelFlag &cancelled)
{
    const auto algorithm = wanted.digest.hashAlgorithm();
    const QFileInfo info(path);
    if (!algorithm || info.isSymLink() || !info.isFile() || info.size() != wanted.size)
        return false;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return false;
    Hasher hasher(*algorithm);
    QByteArray piece(1024 * 1024, Qt::Uninitialized);
    while (!cancelled) {
        const qint64 size = file.read(piece.data(), piece.size());
        if (size < 0)
            return false;
        if (size == 0)
            return Digest::fromHash(hasher.result(), *algorithm) == wanted.digest;
        hasher.add(QByteArrayView(piece).first(size));
    }
    return false;
}

} // namespace Longshore
