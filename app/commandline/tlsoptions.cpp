// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/tlsoptions.h"

#include "app/commandline/inputfile.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsOptions)
};

constexpr qint64 longestPassphrase = 1024;

/// Never an argument: everybody on the machine can read those.
Result<Secret> readPassphrase(const QString &path)
{
    if (path.isEmpty())
        return Secret();
    const auto text = readInputFile(path, longestPassphrase);
    if (!text)
        return text.error();
    QByteArray line = text->split('\n').constFirst();
    if (line.endsWith('\r'))
        line.chop(1);
    return Secret(line);
}

Result<Done> readOwnCertificate(const QCommandLineParser &parser, TlsSettings &settings)
{
    const QString certificate = parser.value(u"client-cert"_s);
    const QString key = parser.value(u"client-key"_s);
    const QString passphrase = parser.value(u"client-key-passphrase"_s);
    if (certificate.isEmpty() != key.isEmpty() || (key.isEmpty() && !passphrase.isEmpty()))
        return Error{Error::Kind::InvalidInput,
                     Text::tr("--client-cert and --client-key belong together.")};
    if (certificate.isEmpty())
        return Done();
    const auto secret = readPassphrase(passphrase);
    if (!secret)
        return secret.error();
    return readClientCertificate({certificate, key, *secret}, settings);
}

} // namespace

QList<QCommandLineOption> tlsOptions()
{
    return {
        {u"ca"_s, Text::tr("Trust these certificates for the registry, too."), u"FILE"_s},
        {u"client-cert"_s, Text::tr("Show this certificate; takes --client-key."), u"FILE"_s},
        {u"client-key"_s, Text::tr("The key of that certificate."), u"FILE"_s},
        {u"client-key-passphrase"_s, Text::tr("The first line of this file opens the key."),
         u"FILE"_s},
        {u"insecure"_s, Text::tr("Do not check the registry's certificate.")},
    };
}

Result<std::shared_ptr<const TlsSettings>> readTlsOptions(const QCommandLineParser &parser)
{
    using Settings = std::shared_ptr<const TlsSettings>;
    const QString authority = parser.value(u"ca"_s);
    TlsSettings settings;
    settings.isVerified = !parser.isSet(u"insecure"_s);
    if (!authority.isEmpty()) {
        const auto certificates = readCertificates(authority);
        if (!certificates)
            return certificates.error();
        settings.authorities = *certificates;
    }
    if (const auto read = readOwnCertificate(parser, settings); !read)
        return read.error();
    return settings == TlsSettings() ? Settings()
                                     : Settings(std::make_shared<TlsSettings>(settings));
}

} // namespace Longshore
