// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/tlsoptions.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsOptions)
};

} // namespace

QList<QCommandLineOption> tlsOptions()
{
    return {
        {u"ca"_s, Text::tr("Trust these certificates for the registry, too."), u"FILE"_s},
        {u"client-cert"_s, Text::tr("Show this certificate; takes --client-key."), u"FILE"_s},
        {u"client-key"_s, Text::tr("The key of that certificate."), u"FILE"_s},
        {u"insecure"_s, Text::tr("Do not check the registry's certificate.")},
    };
}

Result<std::shared_ptr<const TlsSettings>> readTlsOptions(const QCommandLineParser &parser)
{
    using Settings = std::shared_ptr<const TlsSettings>;
    const QString authority = parser.value(u"ca"_s);
    const QString certificate = parser.value(u"client-cert"_s);
    const QString key = parser.value(u"client-key"_s);
    TlsSettings settings;
    settings.isVerified = !parser.isSet(u"insecure"_s);
    if (certificate.isEmpty() != key.isEmpty())
        return Error{Error::Kind::InvalidInput,
                     Text::tr("--client-cert and --client-key belong together.")};
    if (!authority.isEmpty()) {
        const auto certificates = readCertificates(authority);
        if (!certificates)
            return certificates.error();
        settings.authorities = *certificates;
    }
    if (!certificate.isEmpty()) {
        const auto read = readClientCertificate(certificate, key, settings);
        if (!read)
            return read.error();
    }
    return settings == TlsSettings() ? Settings()
                                     : Settings(std::make_shared<TlsSettings>(settings));
}

} // namespace Longshore
