// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/signin.h"

#include "core/settings/connectionstore.h"
#include "core/settings/tokenserverstore.h"

namespace Longshore {

FindCredentialsJob *findCredentials(const QString &host, const QString &repository)
{
    const auto connections = ConnectionStore::read(ConnectionStore::defaultPath());
    return new FindCredentialsJob(
        {.host = host,
         .repository = repository,
         .keychainUser = connections ? keychainUserFor(*connections, host) : QString()});
}

std::shared_ptr<TokenServerConsent> consentTo(const QStringList &tokenServers)
{
    return std::make_shared<RememberedConsent>(TokenServerStore(), tokenServers);
}

} // namespace Longshore
