// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/referralcheck.h"
#include "core/http/retrypolicy.h"

#include <QByteArray>
#include <QList>

#include <memory>

namespace Longshore {

class ProxyRules;
struct TlsSettings;

/// How long a request may do nothing.
struct HttpTimeouts
{
    std::chrono::milliseconds connect{20'000}; ///< Name, connection and TLS handshake together.
    /// From the end of the request to the answer.
    std::chrono::milliseconds firstByte{60'000};
    std::chrono::milliseconds firstByteOfChange{300'000}; ///< DELETE and PUT: servers take minutes.
    /// Between two pieces of a body, in either direction.
    std::chrono::milliseconds idle{60'000};
    /// How long a body may come too slowly.
    std::chrono::milliseconds lowSpeedWindow{60'000};
    qint64 lowSpeedBytes = 60 * 1024; ///< In one window; less is as good as nothing.
};

/// The limits of one connection to a registry.
struct HttpSettings
{
    HttpTimeouts timeouts = {}; ///< Of each try.
    RetryPolicy retry = {}; ///< When there is another try.
    int parallelRequests = 6; ///< To one host at once.
    int mostRedirects = 5; ///< One behind the other.
    /// Nothing but GET and HEAD leaves this program, whatever a dialog asks for.
    bool isReadOnly = false;
    /// Changes leave only while somebody holds HttpClient::permitChanges().
    bool isProduction = false;
    std::shared_ptr<const TlsSettings> tls = {}; ///< Null: as the system says.
    std::shared_ptr<const ProxyRules> proxies = {}; ///< Null: as the environment or the system say.
    HostLookup lookUp = lookUpHost; ///< Of names that servers point to.
    /// Servers in the open may point into a private network, as when a registry that is reached from
    /// outside keeps its blobs within; never into this machine.
    bool mayLeadInwards = false;
    /// Further headers for the registry itself; nobody else sees them.
    QList<std::pair<QByteArray, QByteArray>> headers = {};
};

} // namespace Longshore
