// SPDX-License-Identifier: Apache-2.0
#include "core/registry/openregistryjob.h"

#include "core/base/displaytext.h"
#include "core/base/workerjob.h"
#include "core/registry/registrysession.h"

using namespace Qt::StringLiterals;

namespace Longshore {

using Transport = RegistryAddress::Transport;

OpenRegistryJob::OpenRegistryJob(Network &network, const Options &options, QObject *parent)
    : ResultJob(parent), m_network(network), m_options(options)
{}

void OpenRegistryJob::doStart()
{
    if (const auto known = addKnownCertificates(); !known)
        return fail(known.error());
    readHeaders();
}

void OpenRegistryJob::readHeaders()
{
    auto *job = new WorkerJob<ClientHeaders>(
        [environment = m_options.environment](const CancelFlag &) -> Result<ClientHeaders> {
            return clientHeaders(environment);
        });
    runChild(job, [this](const Result<ClientHeaders> &found) {
        if (!found)
            return fail(found.error());
        m_options.settings.headers = found->headers + m_options.settings.headers;
        m_notices += found->notices;
        tryScheme(m_options.address.transport == Transport::Plain ? u"http"_s : u"https"_s);
    });
}

/// What was chosen counts; what it says nothing about is as it is known.
static TlsSettings merged(TlsSettings chosen, const TlsSettings &known)
{
    if (chosen.authorities.isEmpty())
        chosen.authorities = known.authorities;
    if (chosen.certificates.isEmpty()) {
        chosen.certificates = known.certificates;
        chosen.key = known.key;
        chosen.notices += known.notices; // They are about the key.
    }
    return chosen;
}

Result<Done> OpenRegistryJob::addKnownCertificates()
{
    if (m_options.address.transport == Transport::Plain)
        return Done();
    auto &tls = m_options.settings.tls;
    const TlsSettings chosen = tls ? *tls : TlsSettings();
    if (!chosen.authorities.isEmpty() && !chosen.certificates.isEmpty())
        return Done(); // Nothing of the folder counts, nor what is wrong with it.
    const auto known = readCertificateFolder(m_options.address.host, m_options.certificateRoots);
    if (!known && !tls)
        return known.error();
    if (!known) { // What was chosen must not fail over what was not.
        auto noted = std::make_shared<TlsSettings>(chosen);
        noted->notices.append(known.error().message);
        tls = noted;
        return Done();
    }
    if (const TlsSettings both = merged(chosen, *known); both != chosen)
        tls = std::make_shared<TlsSettings>(both);
    return Done();
}

/// Whether a failure over HTTPS means that the other side does not speak TLS at all.
static bool mayBePlain(const Error &error)
{
    if (error.certificate)
        return false; // It does, and what it showed is what the person has to see.
    return error.kind == Error::Kind::Tls || error.kind == Error::Kind::Network
           || error.kind == Error::Kind::Protocol;
}

void OpenRegistryJob::tryScheme(const QString &scheme)
{
    const bool hasFallback =
        scheme == "https"_L1 && m_options.address.transport == Transport::SecureOrPlain;
    const auto session =
        std::make_shared<RegistrySession>(m_network, m_options.address, scheme, m_options.settings);
    session->setTokenServerConsent(m_options.consent);
    if (m_options.source == CredentialSource() && m_options.parts.isEmpty())
        session->setCredentials(m_options.credentials);
    else
        session->setAccount({m_options.credentials, m_options.source, {}, m_options.parts});
    PingJob *ping = session->ping();
    ping->setAttempts(m_options.attempts);
    runChild(ping, [this, session, hasFallback](const Result<PingAnswer> &answer) {
        if (!answer && hasFallback && mayBePlain(answer.error()))
            return tryScheme(u"http"_s);
        if (!answer)
            return fail(answer.error());
        succeed({session, *answer, noticesAbout(*session)});
    });
}

QStringList OpenRegistryJob::noticesAbout(const TlsSettings &tls, const QString &host) const
{
    const bool isPinned = !tls.pinnedSha256.isEmpty();
    if (tls.isVerified || isPinned || m_options.showsVerification)
        return tls.notices;
    return tls.notices
           + QStringList{tr("The certificate of %1 is not verified: anybody on the way may pretend "
                            "to be it.")
                             .arg(quotedText(host))};
}

QStringList OpenRegistryJob::noticesAbout(const RegistrySession &session) const
{
    QStringList notices = m_notices;
    if (const auto tls = session.client().settings().tls; tls && session.isEncrypted())
        notices += noticesAbout(*tls, session.host());
    // Each time: that it was once agreed to makes it no safer.
    if (session.signsInOpenly())
        notices.append(tr("The sign-in for %1 is sent unencrypted: who listens on the way can "
                          "read it.")
                           .arg(quotedText(session.host())));
    return notices + session.client().warnings(); // Nobody could listen to it yet.
}

} // namespace Longshore
