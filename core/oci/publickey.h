// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>

#include <memory>

struct evp_pkey_st;

namespace Longshore {

/// A key that checks the signatures of schema 1 manifests: on a curve of NIST, or RSA.
class PublicKey
{
public:
    /// A JSON web key (RFC 7517); an Error of kind Protocol when it is none, or not sound: a
    /// point beside its curve, a coordinate of another length.
    [[nodiscard]] static Result<PublicKey> fromJwk(const QJsonObject &jwk);
    /// The key of an X.509 certificate in DER; an Error of kind Protocol when there is none in it.
    /// Who signed the certificate is not looked at.
    [[nodiscard]] static Result<PublicKey> fromCertificate(const QByteArray &der);

    /// libtrust's name of the key: twelve groups of four characters, made of its SHA-256.
    [[nodiscard]] QString keyId() const;
    /// Whether \a signature was made with this key for \a bytes. False also when \a algorithm is
    /// not one for this key. RFC 7518, 3.3 and 3.4.
    [[nodiscard]] bool verifies(const QByteArray &signature, const QString &algorithm,
                                const QByteArray &bytes) const;

private:
    friend class SigningKey;
    explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : m_key(std::move(key)) {}

    std::shared_ptr<evp_pkey_st> m_key;
};

} // namespace Longshore
