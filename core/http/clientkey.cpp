// SPDX-License-Identifier: Apache-2.0
#include "core/http/clientkey.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstring>
#include <memory>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ClientKey)
};

using Key = std::shared_ptr<EVP_PKEY>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

Bio readingBio(const QByteArray &bytes)
{
    return {BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())), &BIO_free};
}

/// OpenSSL would ask at the terminal on its own.
int givePassphrase(char *buffer, int size, int, void *passphrase)
{
    const QByteArray &bytes = static_cast<const Secret *>(passphrase)->reveal();
    if (bytes.isEmpty() || bytes.size() > size)
        return -1;
    std::memcpy(buffer, bytes.constData(), static_cast<size_t>(bytes.size()));
    return static_cast<int>(bytes.size());
}

Key parseKey(const ClientKeyFile &file)
{
    Secret passphrase = file.passphrase;
    return {
        PEM_read_bio_PrivateKey(readingBio(file.pem).get(), nullptr, &givePassphrase, &passphrase),
        &EVP_PKEY_free};
}

bool belongsTo(const Key &key, const QSslCertificate &certificate)
{
    const std::unique_ptr<X509, decltype(&X509_free)> parsed(
        PEM_read_bio_X509(readingBio(certificate.toPem()).get(), nullptr, nullptr, nullptr),
        &X509_free);
    return parsed && X509_check_private_key(parsed.get(), key.get()) == 1;
}

/// The key without its passphrase, for Qt alone.
Secret plainPem(const Key &key)
{
    const Bio out(BIO_new(BIO_s_mem()), &BIO_free);
    if (PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(out.get(), &bytes);
    return Secret(QByteArray(bytes, size));
}

/// Qt knows the older kinds by themselves; the others it hands through to OpenSSL.
QSslKey toQt(const Key &key)
{
    switch (EVP_PKEY_get_base_id(key.get())) {
    case EVP_PKEY_RSA: return QSslKey(plainPem(key).reveal(), QSsl::Rsa);
    case EVP_PKEY_EC: return QSslKey(plainPem(key).reveal(), QSsl::Ec);
    default: break;
    }
    EVP_PKEY_up_ref(key.get());
    return QSslKey(Qt::HANDLE(key.get()), QSsl::PrivateKey);
}

} // namespace

bool isEncryptedKey(const QByteArray &pem)
{
    return pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")
           || pem.contains("Proc-Type: 4,ENCRYPTED");
}

Result<QSslKey> readClientKey(const ClientKeyFile &file, const QSslCertificate &certificate)
{
    const auto refused = [&file](const QString &message) {
        return Error{Error::Kind::LocalFile, message.arg(quotedPath(file.path))};
    };
    const bool isEncrypted = isEncryptedKey(file.pem);
    if (isEncrypted && file.passphrase.isEmpty())
        return refused(Text::tr("The key %1 is encrypted; its passphrase is needed."));
    const Key key = parseKey(file);
    if (!key && isEncrypted)
        return refused(Text::tr("The passphrase is not that of the key %1."));
    if (!key)
        return refused(Text::tr("%1 is no private key in PEM."));
    if (!belongsTo(key, certificate))
        return refused(Text::tr("The key %1 does not belong to the certificate."));
    return toQt(key);
}

} // namespace Longshore
