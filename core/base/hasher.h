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
    /// What digests are made with. OCI image-spec, descriptor.md, "Registered algorithms".
    enum class Algorithm { Sha256, Sha512 };

    /// Begins with nothing added.
    explicit Hasher(Algorithm algorithm = Algorithm::Sha256);
    ~Hasher();
    /// @{
    /// What was moved from can only be destroyed, or assigned to.
    Hasher(Hasher &&) noexcept;
    Hasher &operator=(Hasher &&) noexcept;
    /// @}
    Q_DISABLE_COPY(Hasher)

    /// Goes on with \a bytes.
    void add(QByteArrayView bytes);
    /// The raw hash of everything added; the hasher cannot be used afterwards.
    [[nodiscard]] QByteArray result();
    /// The one that the hasher was made with.
    [[nodiscard]] Algorithm algorithm() const noexcept { return m_algorithm; }

    /// The raw hash of \a bytes in one call.
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
