// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/clientheaders.h"
#include "core/auth/credentials.h"
#include "core/auth/tokenserverconsent.h"
#include "core/base/resultjob.h"
#include "core/http/httpsettings.h"
#include "core/http/tlsfiles.h"
#include "core/registry/pingjob.h"
#include "core/registry/registryaddress.h"

namespace Longshore {

class RegistrySession;
struct Network;

/// A connection that answered.
struct OpenedRegistry
{
    std::shared_ptr<RegistrySession> session;
    PingAnswer answer;
    QStringList notices = {}; ///< What the person should know about it; whole sentences.
};

/// Finds out how a registry is to be spoken to, and opens a session with it.
///
/// HTTPS comes first. Plain HTTP is only tried where the address allows it, and never because
/// a certificate was refused.
class OpenRegistryJob final : public ResultJob<OpenedRegistry>
{
    Q_OBJECT

public:
    struct Options
    {
        RegistryAddress address;
        Credentials credentials = {};
        HttpSettings settings = {};
        /// Where certificates for the registry are looked for when the settings have none.
        QStringList certificateRoots = Longshore::certificateRoots();
        /// Where Docker's configuration is, which may name headers to send along.
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        /// Asked before the sign-in goes to a token server on another site; null refuses that.
        std::shared_ptr<TokenServerConsent> consent = {};
    };

    OpenRegistryJob(Network &network, const Options &options, QObject *parent = nullptr);

private:
    void doStart() override;
    [[nodiscard]] Result<Done> addKnownCertificates();
    void readHeaders();
    void tryScheme(const QString &scheme);
    [[nodiscard]] QStringList noticesAbout(const RegistrySession &session) const;

    Network &m_network;
    Options m_options;
    QStringList m_notices;
};

} // namespace Longshore
