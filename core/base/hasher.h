// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

struct evp_md_ctx_st;

namespace Longshore {

/// Hashes a stream with OpenSSL, which uses the processor's own instructions.
class Hasher
{
public:
    enum class Algorithm { Sha256, Sha512 };

    explicit Hasher(Algorithm algorithm = Algorithm::Sha256);
    ~Hasher();
    Hasher(Hasher &&) noexcept;
    Hasher &operator=(Hasher &&) noexcept;
    Q_DISABLE_COPY(Hasher)

    void add(QByteArrayView bytes);
    /// The raw hash of everything added; the hasher cannot be used afterwards.
    [[nodiscard]] QByteArray result();
    [[nodiscard]] Algorithm algorithm() const noexcept { return m_algorithm; }

    [[nodiscard]] static QByteArray hash(QByteArrayView bytes,
                                         Algorithm algorithm = Algorithm::Sha256);

private:
    struct Free
    {
        void operator()(evp_md_ctx_st *context) const noexcept;
    };

    Algorithm m_algorithm;
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

} // namespace Longshore
