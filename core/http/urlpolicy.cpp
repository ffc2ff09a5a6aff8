// SPDX-License-Identifier: Apache-2.0
#include "core/http/urlpolicy.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype longestUrl = 8 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(UrlPolicy)
};

Error refused(const QString &reason, const QUrl &url)
{
    return {Error::Kind::Policy,
            Text::tr("The server pointed to an address that is not followed: %1").arg(reason),
            displayText(loggableUrl(url))};
}

/// Where private networks are concerned, names may have to be looked up: see checkReferral().
bool leadsInwards(const QUrl &url, const QUrl &namedBy)
{
    const Reach target = reachOf(url.host());
    return Origin::of(url) != Origin::of(namedBy) && target < Reach::Private
           && target < standingOf(namedBy.host());
}

/// The part of a host that somebody can own, and everything below it.
QString siteOf(const QString &host)
{
    QStringList labels = host.split(u'.', Qt::SkipEmptyParts);
    if (!addressOf(host).isNull() || labels.size() < 2)
        return host;
    // Of the endings below which names are sold, those of countries that have such; the others are
    // only too strict for who shares one.
    static const QStringList shared{u"ac"_s,   u"co"_s, u"com"_s, u"edu"_s, u"gob"_s, u"gov"_s,
                                    u"gouv"_s, u"ne"_s, u"net"_s, u"or"_s,  u"org"_s};
    const bool isShared =
        labels.last().size() == 2 && shared.contains(labels.at(labels.size() - 2));
    return labels.mid(qMax<qsizetype>(labels.size() - (isShared ? 3 : 2), 0)).join(u'.');
}

bool hasControlCharacters(const QUrl &url)
{
    const QString text = url.path(QUrl::FullyDecoded) + url.query(QUrl::FullyDecoded);
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.category() == QChar::Other_Control; });
}

} // namespace

Origin Origin::of(const QUrl &url)
{
    const int standard = url.scheme() == "https"_L1 ? 443 : 80;
    return {url.scheme(), url.host(), url.port(standard)};
}

QString Origin::hostAndPort() const
{
    const QString bracketed = host.contains(u':') ? QString(u'[' + host + u']') : host;
    const int standard = scheme == "https"_L1 ? 443 : 80;
    return port == standard ? bracketed : QString(bracketed + u':' + QString::number(port));
}

bool isLoopbackHost(const QString &host)
{
    return reachOf(host) == Reach::Host;
}

bool isSameSite(const QString &left, const QString &right)
{
    return siteOf(left) == siteOf(right);
}

Result<Done> checkServerUrl(const QUrl &url, const QUrl &namedBy)
{
    if (!url.isValid() || url.host().isEmpty()
        || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1))
        return refused(Text::tr("it is no web address."), url);
    if (url.authority().contains(u'@'))
        return refused(Text::tr("it carries a user name."), url);
    if (url.toEncoded().size() > longestUrl)
        return refused(Text::tr("it is too long."), url);
    if (hasControlCharacters(url))
        return refused(Text::tr("it contains control characters."), url);
    if (namedBy.scheme() == "https"_L1 && url.scheme() == "http"_L1)
        return refused(Text::tr("it leads from an encrypted connection to an open one."), url);
    if (leadsInwards(url, namedBy))
        return inwardsError(url, reachOf(url.host()));
    return Done();
}

Error inwardsError(const QUrl &url, Reach target)
{
    return refused(target == Reach::Private
                       ? Text::tr("it leads into a private network. That can be allowed in the "
                                  "settings of the connection.")
                       : Text::tr("it leads into this machine."),
                   url);
}

QString loggableUrl(const QUrl &url)
{
    const QString text = url.toString(QUrl::RemoveQuery | QUrl::RemoveUserInfo
                                      | QUrl::RemoveFragment | QUrl::FullyEncoded);
    return url.hasQuery() ? QString(text + "?..."_L1) : text;
}

} // namespace Longshore
