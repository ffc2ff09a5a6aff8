// SPDX-License-Identifier: Apache-2.0
#include "core/http/tlsfiles.h"

#include "core/base/displaytext.h"
#include "core/http/clientkey.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsFiles)
};

constexpr qint64 mostBytes = 1024 * 1024;

Error unreadable(const QString &path, const QString &message)
{
    return {Error::Kind::LocalFile, message.arg(quotedPath(path))};
}

Result<QByteArray> readPem(const QString &path)
{
    if (const QFileInfo info(path); info.exists() && !info.isFile())
        return unreadable(path, Text::tr("%1 is no file."));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        Error error = unreadable(path, Text::tr("Cannot read %1."));
        error.detail = file.errorString();
        return error;
    }
    const QByteArray bytes = file.read(mostBytes + 1);
    if (bytes.size() > mostBytes)
        return unreadable(path, Text::tr("%1 is larger than any certificate."));
    return bytes;
}

bool othersMayRead(const QString &path)
{
    return QFileInfo(path).permissions().testAnyFlags(QFile::ReadOther | QFile::WriteOther);
}

/// "X.key" for "X.cert", and the other way round.
QString partnerOf(const QString &file)
{
    const bool isKey = file.endsWith(".key"_L1);
    return file.chopped(isKey ? 4 : 5) + (isKey ? ".cert"_L1 : ".key"_L1);
}

Result<TlsSettings> readFolder(const QDir &folder)
{
    TlsSettings settings;
    const auto files = [&](const QString &pattern) {
        return folder.entryList({pattern}, QDir::Files, QDir::Name);
    };
    for (const QString &file : files(u"*.crt"_s)) {
        const auto certificates = readCertificates(folder.filePath(file));
        if (!certificates)
            return certificates.error();
        settings.authorities += *certificates;
    }
    for (const QString &file : files(u"*.cert"_s) + files(u"*.key"_s)) {
        if (!folder.exists(partnerOf(file)))
            return unreadable(folder.filePath(partnerOf(file)),
                              Text::tr("%1 is missing, and what belongs to it is there."));
    }
    // Docker tries them all; one is what everybody has.
    const QStringList own = files(u"*.cert"_s);
    if (!own.isEmpty()) {
        const QString certificate = folder.filePath(own.first());
        const auto read = readClientCertificate({certificate, partnerOf(certificate)}, settings);
        if (!read)
            return read.error();
    }
    return settings;
}

} // namespace

Result<QList<QSslCertificate>> readCertificates(const QString &path)
{
    const auto pem = readPem(path);
    if (!pem)
        return pem.error();
    const auto certificates = QSslCertificate::fromData(*pem, QSsl::Pem);
    // Qt reads up to the first that is damaged, and says nothing.
    if (certificates.isEmpty() || certificates.size() != pem->count("-----BEGIN CERTIFICATE-----")
        || std::any_of(certificates.begin(), certificates.end(),
                       [](const QSslCertificate &one) { return one.isNull(); }))
        return unreadable(path, Text::tr("%1 is no file of certificates in PEM."));
    return certificates;
}

Result<Done> readClientCertificate(const ClientCertificateFiles &files, TlsSettings &settings)
{
    const auto certificates = readCertificates(files.certificate);
    if (!certificates)
        return certificates.error();
    const auto pem = readPem(files.key);
    if (!pem)
        return pem.error();
    const auto key = readClientKey({files.key, *pem, files.passphrase}, certificates->first());
    if (!key)
        return key.error();
    settings.certificates = *certificates;
    settings.key = *key;
    if (othersMayRead(files.key))
        settings.notices.append(
            Text::tr("The key %1 can be read by other users.").arg(quotedPath(files.key)));
    return Done();
}

Result<bool> needsPassphrase(const QString &keyPath)
{
    const auto pem = readPem(keyPath);
    return pem ? Result<bool>(isEncryptedKey(*pem)) : pem.error();
}

Result<TlsSettings> readCertificateFolder(const QString &hostAndPort, const QStringList &roots)
{
    for (const QString &root : roots) {
        const QDir folder(root + u'/' + hostAndPort);
        if (folder.exists() && folder.isReadable())
            return readFolder(folder);
    }
    return TlsSettings();
}

QStringList certificateRoots()
{
    const QString own = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return {own + "/containers/certs.d"_L1, u"/etc/containers/certs.d"_s,
            own + "/docker/certs.d"_L1, u"/etc/docker/certs.d"_s};
}

} // namespace Longshore
