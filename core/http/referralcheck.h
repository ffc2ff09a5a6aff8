// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/http/urlpolicy.h"

#include <QHostAddress>
#include <QList>
#include <QObject>

#include <functional>
#include <optional>

namespace Longshore {

/// Takes the addresses of a name; none for a name that nobody knows.
using HostAnswer = std::function<void(const QList<QHostAddress> &)>;
/// Finds the addresses of \a name and tells \a answer, at once or later, unless \a context, which
/// lives in the calling thread, is destroyed first.
using HostLookup =
    std::function<void(const QString &name, QObject *context, const HostAnswer &answer)>;

/// Asks the system. Qt keeps what it says for a minute, and connects to just that.
void lookUpHost(const QString &name, QObject *context, const HostAnswer &answer);
/// Knows no name: for what a proxy looks up itself.
void lookUpNothing(const QString &name, QObject *context, const HostAnswer &answer);

/// Who has named a URL.
struct Referral
{
    Origin by; ///< A server; of several behind one another the last.
    HostLookup lookUp = lookUpHost; ///< Called in the thread of the network.
    bool mayLeadInwards = false; ///< See HttpSettings::mayLeadInwards.
};

/// Whether \a url leads further inwards than the server stands that named it: from the open into a
/// private network, or from either into this machine. A server under a name stands where the name
/// leads. Calls \a answer with an Error of kind Policy if so, else with nothing, like a HostLookup.
void checkReferral(const QUrl &url, const Referral &referral, QObject *context,
                   const std::function<void(const std::optional<Error> &)> &answer);

} // namespace Longshore
