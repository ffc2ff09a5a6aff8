// SPDX-License-Identifier: Apache-2.0
#include "core/oci/signingkey.h"

#include "core/oci/base64url.h"
#include "core/oci/curve.h"
#include "core/oci/opensslkey.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SigningKey)
};

using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

Error unreadable()
{
    return {Error::Kind::InvalidInput,
            Text::tr("This is no private key that can sign: a key on the curve P-256, P-384 or "
                     "P-521 is needed, in PEM without a password or as a JSON web key.")};
}

const Curve &curveOf(const OpenSslKey &key)
{
    return *findCurve(EVP_PKEY_get_bits(key.get()));
}

OpenSslKey fromPem(const QByteArray &pem)
{
    const Memory memory(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), BIO_free);
    // A key with a password is refused instead of asking for it on a terminal.
    const auto noPassword = [](char *, int, int, void *) { return -1; };
    return ownKey(PEM_read_bio_PrivateKey(memory.get(), nullptr, noPassword, nullptr));
}

OpenSslKey fromJwk(const QByteArray &json)
{
    const QJsonObject jwk = QJsonDocument::fromJson(json).object();
    const Curve *curve = findCurve(jwk.value("crv"_L1).toString());
    const auto part = [&](QLatin1StringView name) {
        return fromBase64Url(jwk.value(name).toString()).value_or(QByteArray());
    };
    const QByteArray point = part("x"_L1) + part("y"_L1);
    const QByteArray secretNumber = part("d"_L1);
    if (!curve || point.size() != 2 * curve->coordinateSize
        || secretNumber.size() != curve->coordinateSize)
        return {};
    return makeCurveKey(*curve, point, secretNumber);
}

/// RFC 7518, 6.2.2.1: as long as a coordinate.
QByteArray secretNumber(const OpenSslKey &key, int size)
{
    BIGNUM *taken = nullptr;
    EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &taken);
    const std::unique_ptr<BIGNUM, decltype(&BN_clear_free)> number(taken, BN_clear_free);
    QByteArray bytes(size, '\0');
    BN_bn2binpad(number.get(), reinterpret_cast<unsigned char *>(bytes.data()), size);
    return bytes;
}

bool canSign(const OpenSslKey &key)
{
    return key && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_EC
           && findCurve(EVP_PKEY_get_bits(key.get()));
}

} // namespace

Result<SigningKey> SigningKey::generate()
{
    OpenSslKey key = ownKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!key)
        return Error{Error::Kind::LocalFile, Text::tr("No key could be made.")};
    return SigningKey(std::move(key));
}

Result<SigningKey> SigningKey::parse(const Secret &text)
{
    const QByteArray &bytes = text.reveal();
    OpenSslKey key = bytes.trimmed().startsWith('{') ? fromJwk(bytes) : fromPem(bytes);
    if (!canSign(key))
        return unreadable();
    return SigningKey(std::move(key));
}

Secret SigningKey::toPem() const
{
    const Memory memory(BIO_new(BIO_s_secmem()), BIO_free);
    PEM_write_bio_PrivateKey_traditional(memory.get(), m_key.get(), nullptr, nullptr, 0, nullptr,
                                         nullptr);
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return Secret(QByteArray(data, size));
}

Secret SigningKey::toJwk() const
{
    QByteArray number = secretNumber(m_key, curveOf(m_key).coordinateSize);
    QByteArray json = R"({"d":")" + toBase64Url(number) + '"';
    for (const auto &[name, value] : publicJwk())
        json += R"(,")" + name + R"(":")" + value + '"';
    number.fill('\0');
    return Secret(json + "}\n");
}

QList<std::pair<QByteArray, QByteArray>> SigningKey::publicJwk() const
{
    const Curve &curve = curveOf(m_key);
    // The point is the end of the SubjectPublicKeyInfo: 4, x, y.
    const QByteArray point = publicDer(m_key).last(2 * curve.coordinateSize);
    return {{"crv", curve.name},
            {"kid", keyId().toLatin1()},
            {"kty", "EC"},
            {"x", toBase64Url(point.first(curve.coordinateSize))},
            {"y", toBase64Url(point.last(curve.coordinateSize))}};
}

QByteArray SigningKey::algorithm() const
{
    return curveOf(m_key).algorithm;
}

QByteArray SigningKey::sign(const QByteArray &bytes) const
{
    const Curve &curve = curveOf(m_key);
    const QByteArray der = makeSignature(m_key, curve.hash, bytes);
    const auto *start = reinterpret_cast<const unsigned char *>(der.constData());
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(
        d2i_ECDSA_SIG(nullptr, &start, static_cast<long>(der.size())), ECDSA_SIG_free);
    if (!signature)
        return {};
    QByteArray raw(2 * curve.coordinateSize, '\0');
    auto *halves = reinterpret_cast<unsigned char *>(raw.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), halves, curve.coordinateSize);
    BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), halves + curve.coordinateSize,
                 curve.coordinateSize);
    return raw;
}

} // namespace Longshore
