// SPDX-License-Identifier: Apache-2.0
#include "core/http/reach.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

bool isNameOfThisMachine(const QString &host)
{
    const QStringView name = host.endsWith(u'.') ? QStringView(host).chopped(1) : host;
    return name == "localhost"_L1 || name.endsWith(".localhost"_L1);
}

bool isLocalName(const QString &host)
{
    static const QStringList endings{u".local"_s, u".lan"_s, u".internal"_s, u".home.arpa"_s};
    return QHostAddress(host).isNull()
           && (!host.contains(u'.')
               || std::any_of(endings.begin(), endings.end(),
                              [&](const auto &end) { return host.endsWith(end); }));
}

} // namespace

QHostAddress addressOf(const QString &host)
{
    const QHostAddress address(host);
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

Reach reachOf(const QHostAddress &address)
{
    if (address.isLoopback())
        return Reach::Host;
    if (address.isLinkLocal() || address == QHostAddress::AnyIPv4
        || address == QHostAddress::AnyIPv6)
        return Reach::Link;
    const bool isPrivate = address.isUniqueLocalUnicast() || address.isSiteLocal()
                           || address.isInSubnet(QHostAddress(u"10.0.0.0"_s), 8)
                           || address.isInSubnet(QHostAddress(u"172.16.0.0"_s), 12)
                           || address.isInSubnet(QHostAddress(u"192.168.0.0"_s), 16)
                           || address.isInSubnet(QHostAddress(u"100.64.0.0"_s), 10);
    return isPrivate ? Reach::Private : Reach::Open;
}

Reach reachOf(const QString &host)
{
    if (isNameOfThisMachine(host))
        return Reach::Host;
    const QHostAddress address = addressOf(host);
    return address.isNull() ? Reach::Open : reachOf(address);
}

Reach standingOf(const QString &host)
{
    return qMin(reachOf(host), isLocalName(host) ? Reach::Private : Reach::Open);
}

} // namespace Longshore
