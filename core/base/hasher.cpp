// SPDX-License-Identifier: Apache-2.0
#include "core/base/hasher.h"

#include <openssl/evp.h>

namespace Longshore {

static const EVP_MD *implementation(Hasher::Algorithm algorithm)
{
    return algorithm == Hasher::Algorithm::Sha512 ? EVP_sha512() : EVP_sha256();
}

void Hasher::Free::operator()(evp_md_ctx_st *context) const noexcept
{
    EVP_MD_CTX_free(context);
}

Hasher::Hasher(Algorithm algorithm) : m_algorithm(algorithm), m_context(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(m_context.get(), implementation(algorithm), nullptr);
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher &&) noexcept = default;
Hasher &Hasher::operator=(Hasher &&) noexcept = default;

void Hasher::add(QByteArrayView bytes)
{
    EVP_DigestUpdate(m_context.get(), bytes.data(), static_cast<size_t>(bytes.size()));
}

QByteArray Hasher::result()
{
    QByteArray hash(EVP_MD_size(implementation(m_algorithm)), Qt::Uninitialized);
    EVP_DigestFinal_ex(m_context.get(), reinterpret_cast<unsigned char *>(hash.data()), nullptr);
    return hash;
}

QByteArray Hasher::hash(QByteArrayView bytes, Algorithm algorithm)
{
    Hasher hasher(algorithm);
    hasher.add(bytes);
    return hasher.result();
}

} // namespace Longshore
