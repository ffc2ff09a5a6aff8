// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/hasher.h"

#include <memory>

namespace Longshore {

/// A Hasher whose work is done in another thread, so that whoever brings the bytes can fetch the
/// next ones meanwhile. What is small is hashed by whoever asks for the result.
class BackgroundHasher
{
public:
    /// Begins with nothing added.
    explicit BackgroundHasher(Hasher::Algorithm algorithm = Hasher::Algorithm::Sha256);
    /// Waits for nothing.
    ~BackgroundHasher();
    Q_DISABLE_COPY_MOVE(BackgroundHasher)

    /// Begins anew, with nothing.
    void restart();
    /// Goes on with \a bytes. Waits where 1 MiB waits to be hashed.
    void add(QByteArrayView bytes);
    /// The raw hash of everything added, once it is there; then only restart() may follow.
    [[nodiscard]] QByteArray result();
    /// The one that the hasher was made with.
    [[nodiscard]] Hasher::Algorithm algorithm() const noexcept { return m_algorithm; }

private:
    class Stream;

    const Hasher::Algorithm m_algorithm;
    QByteArray m_piece; ///< What has not been handed over yet.
    std::shared_ptr<Stream> m_stream; ///< None while there was nothing to hand over.
};

} // namespace Longshore
