// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/signin.h"

#include "core/settings/connectionstore.h"

namespace Longshore {

FindCredentialsJob *findCredentials(const QString &host, const QString &repository)
{
    const auto connections = ConnectionStore::read(ConnectionStore::defaultPath());
    return new FindCredentialsJob(
        {.host = host,
         .repository = repository,
         .keychainUser = connections ? keychainUserFor(*connections, host) : QString()});
}

} // namespace Longshore
