// SPDX-License-Identifier: Apache-2.0
#include "core/oci/opensslkey.h"

#include "core/oci/curve.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

namespace Longshore {

namespace {

template <auto freeFunction>
struct Free
{
    template <typename T>
    void operator()(T *object) const noexcept
    {
        freeFunction(object);
    }
};

using BigNumber = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

BigNumber number(const QByteArray &bytes)
{
    return BigNumber(BN_bin2bn(bytesOf(bytes), static_cast<int>(bytes.size()), nullptr));
}

OpenSslKey build(const char *type, int selection, OSSL_PARAM_BLD *builder)
{
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) <= 0
        || EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) <= 0)
        return {};
    return ownKey(key);
}

bool isSound(const OpenSslKey &key, bool isPair)
{
    const Context check(EVP_PKEY_CTX_new(key.get(), nullptr));
    return check
           && (isPair ? EVP_PKEY_pairwise_check(check.get()) : EVP_PKEY_public_check(check.get()))
                  == 1;
}

} // namespace

OpenSslKey ownKey(EVP_PKEY *key)
{
    return key ? OpenSslKey(key, EVP_PKEY_free) : OpenSslKey();
}

OpenSslKey makeCurveKey(const Curve &curve, const QByteArray &point, const QByteArray &secretNumber)
{
    const QByteArray encoded = '\x04' + point; // "Uncompressed": SEC 1, 2.3.3.
    const BigNumber secret = number(secretNumber);
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.name, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, encoded.constData(),
                                     static_cast<size_t>(encoded.size()));
    const bool isPair = !secretNumber.isEmpty();
    if (isPair)
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get());
    OpenSslKey key = build("EC", isPair ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, builder.get());
    return key && isSound(key, isPair) ? key : nullptr;
}

OpenSslKey makeRsaKey(const QByteArray &modulus, const QByteArray &exponent)
{
    const BigNumber n = number(modulus);
    const BigNumber e = number(exponent);
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return build("RSA", EVP_PKEY_PUBLIC_KEY, builder.get());
}

QByteArray publicDer(const OpenSslKey &key)
{
    unsigned char *der = nullptr;
    const int size = i2d_PUBKEY(key.get(), &der);
    const QByteArray result(reinterpret_cast<const char *>(der), qMax(0, size));
    OPENSSL_free(der);
    return result;
}

bool verifySignature(const OpenSslKey &key, const char *hash, const QByteArray &signature,
                     const QByteArray &bytes)
{
    const DigestContext context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit_ex(context.get(), nullptr, hash, nullptr, nullptr, key.get(),
                                   nullptr)
               == 1
           && EVP_DigestVerify(context.get(), bytesOf(signature),
                               static_cast<size_t>(signature.size()), bytesOf(bytes),
                               static_cast<size_t>(bytes.size()))
                  == 1;
}

QByteArray makeSignature(const OpenSslKey &key, const char *hash, const QByteArray &bytes)
{
    const DigestContext context(EVP_MD_CTX_new());
    size_t size = 0;
    const auto count = static_cast<size_t>(bytes.size());
    if (EVP_DigestSignInit_ex(context.get(), nullptr, hash, nullptr, nullptr, key.get(), nullptr)
            != 1
        || EVP_DigestSign(context.get(), nullptr, &size, bytesOf(bytes), count) != 1)
        return {};
    QByteArray signature(static_cast<qsizetype>(size), Qt::Uninitialized);
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                       bytesOf(bytes), count)
        != 1)
        return {};
    signature.truncate(static_cast<qsizetype>(size));
    return signature;
}

} // namespace Longshore
