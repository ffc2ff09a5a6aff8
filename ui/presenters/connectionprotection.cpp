// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/connectionprotection.h"

#include "core/http/tlssettings.h"
#include "core/registry/registrysession.h"
#include "core/settings/connectionstore.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Protection)
};

/// What never leaves this machine needs no encryption.
static Protection withoutEncryption(const QString &host)
{
    return isLoopbackHost(host) ? Protection::Ordinary : Protection::Unencrypted;
}

Protection protectionOf(const SavedConnection &connection)
{
    const auto address = RegistryAddress::parse(connection.address);
    if (address && address->transport == RegistryAddress::Transport::Plain)
        return withoutEncryption(address->url(u"http"_s).host());
    if (!connection.tls.pin.isEmpty())
        return Protection::Pinned;
    return connection.tls.isVerified ? Protection::Ordinary : Protection::Unverified;
}

Protection protectionOf(const RegistrySession &session)
{
    if (!session.isEncrypted())
        return withoutEncryption(session.urls().base().host());
    const auto tls = session.client().settings().tls;
    if (tls && !tls->pinnedSha256.isEmpty())
        return Protection::Pinned;
    return !tls || tls->isVerified ? Protection::Ordinary : Protection::Unverified;
}

QString objectionToChanges(const RegistrySession &session)
{
    if (session.client().settings().isReadOnly)
        return Text::tr("This connection is read-only.");
    return session.client().allowsChanges()
               ? QString()
               : Text::tr("This registry is in production: allow changes to it first, in the menu "
                          "Connection.");
}

} // namespace Longshore::Ui
