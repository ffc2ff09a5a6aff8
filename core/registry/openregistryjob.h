// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/clientheaders.h"
#include "core/auth/credentialsource.h"
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
    /// To be kept: its jobs end when it goes.
    std::shared_ptr<RegistrySession> session;
    PingAnswer answer; ///< How the registry wants to be signed in to.
    QStringList notices = {}; ///< What the person should know about it; whole sentences.
};

/// Finds out how a registry is to be spoken to, and opens a session with it.
///
/// HTTPS comes first. Plain HTTP is only tried where the address allows it, and never because
/// a certificate was refused. Fails as PingJob, and as LocalFile when certificates for the registry
/// cannot be read.
class OpenRegistryJob final : public ResultJob<OpenedRegistry>
{
    Q_OBJECT

public:
    /// What is known of the registry.
    struct Options
    {
        RegistryAddress address; ///< Decides whether plain HTTP is tried.
        /// Sent when the registry asks for them, and not by this job.
        Credentials credentials = {};
        HttpSettings settings = {}; ///< Of the session; its tls counts for this registry alone.
        /// Where authorities, and a certificate of ours, are looked for when the settings have none.
        QStringList certificateRoots = Longshore::certificateRoots();
        /// Where Docker's configuration is, which may name headers to send along.
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        /// Asked before the sign-in goes to a token server on another site; null refuses that.
        std::shared_ptr<TokenServerConsent> consent = {};
        /// How often a registry is asked that answers, but is too busy for it: more than once where
        /// there is nobody to try again.
        int attempts = 1;
        /// As FindCredentialsJob found them: where the credentials came from, and those for parts of
        /// the registry. Credentials of no source are such as were given.
        CredentialSource source = {};
        QList<PartCredentials> parts = {}; ///< See FoundCredentials::parts.
        /// Of somebody who shows by himself that certificates are not verified, and wants no notice.
        bool showsVerification = false;

        /// Takes over what was found.
        void setAccount(const FoundCredentials &found)
        {
            credentials = found.credentials;
            source = found.source;
            parts = found.parts;
        }
    };

    /// \a network must outlive the session that comes of it.
    OpenRegistryJob(Network &network, const Options &options, QObject *parent = nullptr);

private:
    void doStart() override;
    [[nodiscard]] Result<Done> addKnownCertificates();
    void readHeaders();
    void tryScheme(const QString &scheme);
    [[nodiscard]] QStringList noticesAbout(const TlsSettings &tls, const QString &host) const;
    [[nodiscard]] QStringList noticesAbout(const RegistrySession &session) const;

    Network &m_network;
    Options m_options;
    QStringList m_notices;
};

} // namespace Longshore
