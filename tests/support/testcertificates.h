// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QSslCertificate>
#include <QSslKey>
#include <QStringList>

#include <memory>

struct evp_pkey_st;
struct x509_st;

/// What a certificate of a test says.
struct CertificateRequest
{
    QByteArray commonName = "127.0.0.1"; ///< Any bytes.
    QStringList names = {QStringLiteral("IP:127.0.0.1")}; ///< As OpenSSL writes them; none is none.
    QDateTime from = QDateTime::currentDateTimeUtc().addDays(-1);
    QDateTime until = QDateTime::currentDateTimeUtc().addDays(30);
    bool isAuthority = false;
    QByteArray usage = "serverAuth"; ///< Extended key usage; any when empty.
    qsizetype padding = 0; ///< So many bytes of a comment.
};

/// A certificate with its key, made when a test runs; may sign others.
class TestCertificate
{
public:
    enum class KeyKind { Ec, Rsa, Ed25519 };

    /// Signed by \a issuer, or by itself.
    explicit TestCertificate(const CertificateRequest &request,
                             const TestCertificate *issuer = nullptr, KeyKind kind = KeyKind::Ec);

    /// One that may sign others.
    [[nodiscard]] static TestCertificate authority(const TestCertificate *issuer = nullptr);

    [[nodiscard]] QByteArray pem() const;
    /// PKCS #8; encrypted with a passphrase.
    [[nodiscard]] QByteArray keyPem(const QByteArray &passphrase = {}) const;
    /// The older form, encrypted.
    [[nodiscard]] QByteArray oldKeyPem(const QByteArray &passphrase) const;
    [[nodiscard]] QSslCertificate certificate() const { return QSslCertificate(pem()); }
    [[nodiscard]] QSslKey key() const { return QSslKey(keyPem(), QSsl::Ec); }

private:
    std::shared_ptr<evp_pkey_st> m_key;
    std::shared_ptr<x509_st> m_certificate;
};
