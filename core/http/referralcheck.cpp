// SPDX-License-Identifier: Apache-2.0
#include "core/http/referralcheck.h"

#include "core/http/reach.h"

#include <QHostInfo>

#include <algorithm>

namespace Longshore {

namespace {

/// Of several addresses the one that leads furthest inwards counts: it may be the one that is taken.
Reach innermost(const QList<QHostAddress> &addresses)
{
    Reach reach = Reach::Open;
    for (const QHostAddress &address : addresses)
        reach = qMin(reach, reachOf(addressOf(address.toString())));
    return reach;
}

/// A server stands where all of its addresses are: one within is soon added by who has the name.
Reach outermost(const QList<QHostAddress> &addresses)
{
    Reach reach = addresses.isEmpty() ? Reach::Open : Reach::Host;
    for (const QHostAddress &address : addresses)
        reach = qMax(reach, reachOf(addressOf(address.toString())));
    return reach;
}

/// Also of what is an address itself.
void findAddresses(const QString &host, const HostLookup &lookUp, QObject *context,
                   const HostAnswer &answer)
{
    if (const QHostAddress address = addressOf(host); !address.isNull())
        answer({address});
    else
        lookUp(host, context, answer);
}

} // namespace

void lookUpHost(const QString &name, QObject *context, const HostAnswer &answer)
{
    QHostInfo::lookupHost(name, context,
                          [answer](const QHostInfo &info) { answer(info.addresses()); });
}

void lookUpNothing(const QString &, QObject *, const HostAnswer &answer)
{
    answer({});
}

void checkReferral(const QUrl &url, const Referral &referral, QObject *context,
                   const std::function<void(const std::optional<Error> &)> &answer)
{
    const QString by = referral.by.host;
    if (url.host() == by || reachOf(by) == Reach::Host)
        return answer({});
    findAddresses(url.host(), referral.lookUp, context, [=](const auto &addresses) {
        const Reach target = qMin(reachOf(url.host()), innermost(addresses));
        if (target == Reach::Open || (target == Reach::Private && referral.mayLeadInwards))
            return answer({});
        findAddresses(by, referral.lookUp, context, [=](const auto &own) {
            const bool isInwards = target < qMin(standingOf(by), outermost(own));
            answer(isInwards ? std::optional(inwardsError(url, target)) : std::nullopt);
        });
    });
}

} // namespace Longshore
