// SPDX-License-Identifier: Apache-2.0
#include "support/testcertificates.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace {

std::shared_ptr<EVP_PKEY> makeKey(TestCertificate::KeyKind kind)
{
    using Kind = TestCertificate::KeyKind;
    EVP_PKEY *key = nullptr;
    switch (kind) {
    case Kind::Ec: key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"); break;
    case Kind::Rsa: key = EVP_RSA_gen(2048); break;
    case Kind::Ed25519: key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"); break;
    }
    if (!key)
        qFatal("OpenSSL makes no key.");
    return {key, &EVP_PKEY_free};
}

void addExtension(X509 *certificate, X509 *issuer, int kind, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.constData());
    if (!extension)
        qFatal("OpenSSL takes no extension %s.", value.left(80).constData());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

void addExtensions(X509 *certificate, X509 *issuer, const CertificateRequest &request)
{
    addExtension(certificate, issuer, NID_basic_constraints,
                 request.isAuthority ? "critical,CA:TRUE" : "CA:FALSE");
    if (!request.names.isEmpty())
        addExtension(certificate, issuer, NID_subject_alt_name,
                     request.names.join(u',').toLatin1());
    if (!request.usage.isEmpty() && !request.isAuthority)
        addExtension(certificate, issuer, NID_ext_key_usage, request.usage);
    if (request.padding > 0)
        addExtension(certificate, issuer, NID_netscape_comment, QByteArray(request.padding, 'x'));
}

void setSubject(X509 *certificate, const QByteArray &commonName)
{
    // UTF-8 may hold a NUL, which careless programs take for the end of the name.
    X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(commonName.constData()),
                               static_cast<int>(commonName.size()), -1, 0);
}

QByteArray contentOf(BIO *out)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(out, &bytes);
    const QByteArray result(bytes, size);
    BIO_free(out);
    return result;
}

} // namespace

TestCertificate::TestCertificate(const CertificateRequest &request, const TestCertificate *issuer,
                                 KeyKind kind)
    : m_key(makeKey(kind)), m_certificate(X509_new(), &X509_free)
{
    X509 *certificate = m_certificate.get();
    const TestCertificate &signer = issuer ? *issuer : *this;
    X509_set_version(certificate, X509_VERSION_3);
    quint32 serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial | 1U);
    ASN1_TIME_set(X509_getm_notBefore(certificate), request.from.toSecsSinceEpoch());
    ASN1_TIME_set(X509_getm_notAfter(certificate), request.until.toSecsSinceEpoch());
    setSubject(certificate, request.commonName);
    X509_set_issuer_name(certificate, X509_get_subject_name(signer.m_certificate.get()));
    X509_set_pubkey(certificate, m_key.get());
    addExtensions(certificate, signer.m_certificate.get(), request);
    const bool hashesByItself = EVP_PKEY_is_a(signer.m_key.get(), "ED25519") == 1;
    if (X509_sign(certificate, signer.m_key.get(), hashesByItself ? nullptr : EVP_sha256()) == 0)
        qFatal("OpenSSL signs no certificate.");
}

TestCertificate TestCertificate::authority(const TestCertificate *issuer)
{
    CertificateRequest request;
    request.commonName = "Longshore authority " + QByteArray::number(qintptr(issuer));
    request.names = {};
    request.isAuthority = true;
    return TestCertificate(request, issuer);
}

QByteArray TestCertificate::pem() const
{
    BIO *out = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(out, m_certificate.get());
    return contentOf(out);
}

QByteArray TestCertificate::keyPem(const QByteArray &passphrase) const
{
    BIO *out = BIO_new(BIO_s_mem());
    PEM_write_bio_PKCS8PrivateKey(
        out, m_key.get(), passphrase.isEmpty() ? nullptr : EVP_aes_256_cbc(),
        passphrase.constData(), static_cast<int>(passphrase.size()), nullptr, nullptr);
    return contentOf(out);
}

QByteArray TestCertificate::oldKeyPem(const QByteArray &passphrase) const
{
    BIO *out = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey_traditional(
        out, m_key.get(), EVP_aes_128_cbc(),
        reinterpret_cast<const unsigned char *>(passphrase.constData()),
        static_cast<int>(passphrase.size()), nullptr, nullptr);
    return contentOf(out);
}
