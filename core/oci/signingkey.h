// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secret.h"
#include "core/oci/publickey.h"

namespace Longshore {

/// A private key on a curve of NIST, with which schema 1 manifests are signed.
class SigningKey
{
public:
    /// A new key on P-256. An Error of kind LocalFile when OpenSSL cannot make one.
    [[nodiscard]] static Result<SigningKey> generate();
    /// Reads what libtrust and OpenSSL write: PEM (SEC 1 or PKCS #8, not encrypted) or a JSON web
    /// key. An Error of kind InvalidInput says what is wrong; it never holds a part of the key.
    [[nodiscard]] static Result<SigningKey> parse(const Secret &text);

    /// SEC 1 in PEM, as libtrust writes it.
    [[nodiscard]] Secret toPem() const;
    /// Both halves as a JSON web key, which libtrust reads as well; not for others to see.
    [[nodiscard]] Secret toJwk() const;
    /// The half that may be given away.
    [[nodiscard]] PublicKey publicKey() const { return PublicKey(m_key); }
    /// The name by which others know it; see PublicKey::keyId().
    [[nodiscard]] QString keyId() const { return publicKey().keyId(); }
    /// The public half as a JSON web key, with its "kid"; its members in the order of the alphabet.
    [[nodiscard]] QList<std::pair<QByteArray, QByteArray>> publicJwk() const;
    /// "ES256" for P-256. RFC 7518, 3.1.
    [[nodiscard]] QByteArray algorithm() const;
    /// Both numbers of the signature one behind the other, as JSON web signatures hold it: RFC
    /// 7518, 3.4. Empty when OpenSSL cannot sign.
    [[nodiscard]] QByteArray sign(const QByteArray &bytes) const;

private:
    explicit SigningKey(std::shared_ptr<evp_pkey_st> key) : m_key(std::move(key)) {}

    std::shared_ptr<evp_pkey_st> m_key;
};

} // namespace Longshore
