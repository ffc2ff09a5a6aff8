// SPDX-License-Identifier: Apache-2.0
#include "core/http/tlschoice.h"

#include "core/base/displaytext.h"
#include "core/http/fingerprint.h"
#include "core/http/tlsfiles.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsChoice)
};

Result<Done> readOwnCertificate(const TlsChoice &choice, TlsSettings &settings)
{
    if (choice.certificate.isEmpty() && choice.key.isEmpty())
        return Done();
    if (choice.certificate.isEmpty() || choice.key.isEmpty())
        return Error{Error::Kind::InvalidInput,
                     Text::tr("A client certificate needs its key, and a key its certificate.")};
    return readClientCertificate({choice.certificate, choice.key, choice.passphrase}, settings);
}

Result<Done> readPin(const TlsChoice &choice, TlsSettings &settings)
{
    if (choice.pin.isEmpty())
        return Done();
    const auto pin = parseFingerprint(choice.pin);
    if (!pin)
        return Error{
            Error::Kind::InvalidInput,
            Text::tr("%1 is no SHA-256 fingerprint of a certificate.").arg(quotedText(choice.pin))};
    settings.pinnedSha256 = *pin;
    return Done();
}

Result<Done> readAuthorities(const TlsChoice &choice, TlsSettings &settings)
{
    if (choice.authorities.isEmpty())
        return Done();
    const auto authorities = readCertificates(choice.authorities);
    if (!authorities)
        return authorities.error();
    settings.authorities = *authorities;
    return Done();
}

} // namespace

Result<std::shared_ptr<const TlsSettings>> readTlsChoice(const TlsChoice &choice)
{
    using Settings = std::shared_ptr<const TlsSettings>;
    if (choice == TlsChoice())
        return Settings();
    TlsSettings settings;
    settings.isVerified = choice.isVerified;
    for (const auto read : {readAuthorities, readOwnCertificate, readPin}) {
        if (const auto done = read(choice, settings); !done)
            return done.error();
    }
    return Settings(std::make_shared<TlsSettings>(settings));
}

} // namespace Longshore
