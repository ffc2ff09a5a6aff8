// SPDX-License-Identifier: Apache-2.0
#include "core/oci/publickey.h"

#include "core/base/hasher.h"
#include "core/oci/base64url.h"
#include "core/oci/curve.h"
#include "core/oci/opensslkey.h"

#include <QCoreApplication>

#include <openssl/ecdsa.h>
#include <openssl/x509.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PublicKey)
};

constexpr int mostRsaBytes = 2048; // 16384 bits; longer ones only cost time.

Error unsound()
{
    return {Error::Kind::Protocol, Text::tr("The signature names a key that is none.")};
}

std::optional<QByteArray> part(const QJsonObject &jwk, QLatin1StringView name)
{
    return fromBase64Url(jwk.value(name).toString());
}

OpenSslKey curveKey(const QJsonObject &jwk)
{
    const Curve *curve = findCurve(jwk.value("crv"_L1).toString());
    const auto x = part(jwk, "x"_L1);
    const auto y = part(jwk, "y"_L1);
    if (!curve || !x || !y || x->size() != curve->coordinateSize
        || y->size() != curve->coordinateSize)
        return {};
    return makeCurveKey(*curve, *x + *y);
}

OpenSslKey rsaKey(const QJsonObject &jwk)
{
    const auto modulus = part(jwk, "n"_L1);
    const auto exponent = part(jwk, "e"_L1);
    if (!modulus || !exponent || modulus->isEmpty() || exponent->isEmpty()
        || modulus->size() > mostRsaBytes || exponent->size() > mostRsaBytes)
        return {};
    return makeRsaKey(*modulus, *exponent);
}

/// A signature on a curve as OpenSSL wants it; in a JSON web signature it is two bare numbers.
QByteArray derSignature(const QByteArray &raw)
{
    const auto half = static_cast<int>(raw.size() / 2);
    const auto *bytes = reinterpret_cast<const unsigned char *>(raw.constData());
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(ECDSA_SIG_new(),
                                                                          ECDSA_SIG_free);
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(bytes, half, nullptr),
                   BN_bin2bn(bytes + half, half, nullptr));
    unsigned char *der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    const QByteArray result(reinterpret_cast<const char *>(der), qMax(0, size));
    OPENSSL_free(der);
    return result;
}

/// Groups of four characters of RFC 4648's base 32.
QString inGroups(const QByteArray &hash)
{
    QString result;
    quint32 buffer = 0;
    int bits = 0;
    int count = 0;
    for (const char byte : hash) {
        buffer = (buffer << 8) | static_cast<unsigned char>(byte);
        for (bits += 8; bits >= 5; bits -= 5) {
            if (count > 0 && count % 4 == 0)
                result += u':';
            result += QLatin1Char("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(buffer >> (bits - 5)) & 31]);
            ++count;
        }
    }
    return result;
}

} // namespace

Result<PublicKey> PublicKey::fromJwk(const QJsonObject &jwk)
{
    const QString type = jwk.value("kty"_L1).toString();
    OpenSslKey key = type == "EC"_L1 ? curveKey(jwk) : type == "RSA"_L1 ? rsaKey(jwk) : nullptr;
    if (!key)
        return unsound();
    return PublicKey(std::move(key));
}

Result<PublicKey> PublicKey::fromCertificate(const QByteArray &der)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        d2i_X509(nullptr, &bytes, static_cast<long>(der.size())), X509_free);
    OpenSslKey key = certificate ? ownKey(X509_get_pubkey(certificate.get())) : nullptr;
    if (!key)
        return unsound();
    return PublicKey(std::move(key));
}

QString PublicKey::keyId() const
{
    constexpr qsizetype usedBytes = 30;
    return inGroups(Hasher::hash(publicDer(m_key)).first(usedBytes));
}

bool PublicKey::verifies(const QByteArray &signature, const QString &algorithm,
                         const QByteArray &bytes) const
{
    if (EVP_PKEY_get_base_id(m_key.get()) == EVP_PKEY_EC) {
        const Curve *curve = findCurve(EVP_PKEY_get_bits(m_key.get()));
        return curve && algorithm == QLatin1StringView(curve->algorithm)
               && signature.size() == 2 * curve->coordinateSize
               && verifySignature(m_key, curve->hash, derSignature(signature), bytes);
    }
    const QStringList hashes{u"256"_s, u"384"_s, u"512"_s};
    const QString hash = algorithm.mid(2);
    return EVP_PKEY_get_base_id(m_key.get()) == EVP_PKEY_RSA && algorithm.startsWith("RS"_L1)
           && hashes.contains(hash)
           && verifySignature(m_key, ("SHA"_L1 + hash).toLatin1().constData(), signature, bytes);
}

} // namespace Longshore
