// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registryaddress.h"

#include "core/base/displaytext.h"
#include "core/base/registryhost.h"
#include "core/oci/imagereference.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RegistryAddress)
};

Error refused(const QString &message)
{
    return {Error::Kind::InvalidInput, message};
}

/// Takes "https://" and its like from the front; the scheme is empty when there was none.
QString takeScheme(QString &text)
{
    const qsizetype end = text.indexOf("://"_L1);
    if (end < 0)
        return {};
    const QString scheme = text.left(end).toLower();
    text.remove(0, end + 3);
    return scheme;
}

QString withoutApiPath(QString path)
{
    while (path.endsWith(u'/'))
        path.chop(1);
    if (path == "v2"_L1)
        return {};
    if (path.startsWith("v2/"_L1))
        path.remove(0, 3);
    return path;
}

/// A name and a password in front of the host; a digest behind an image looks alike.
bool hasUserInfo(const QString &text)
{
    const QString host = text.section(u'/', 0, 0);
    const qsizetype at = host.indexOf(u'@');
    return at >= 0 && !Digest::parse(host.mid(at + 1));
}

/// The grammar lets through what is no IPv6 address.
bool isUsableHost(const QString &host)
{
    return isReferenceHost(host) && QUrl(u"https://"_s + host, QUrl::StrictMode).isValid();
}

bool hasUsablePort(const QString &host)
{
    const QString port = host.mid(host.lastIndexOf(u']') + 1).section(u':', 1);
    return port.isEmpty() || (port.toInt() > 0 && port.toInt() <= 65535);
}

RegistryAddress::Transport transportFor(const QString &scheme, const QString &host)
{
    if (scheme == "http"_L1)
        return RegistryAddress::Transport::Plain;
    const QUrl url(u"https://"_s + host);
    return scheme.isEmpty() && isLoopbackHost(url.host())
               ? RegistryAddress::Transport::SecureOrPlain
               : RegistryAddress::Transport::Secure;
}

} // namespace

Result<RegistryAddress> RegistryAddress::parse(const QString &text)
{
    QString rest = text.trimmed();
    const QString scheme = takeScheme(rest);
    static const QStringList imageSchemes{u"docker"_s, u"oci"_s};
    if (!scheme.isEmpty() && scheme != "http"_L1 && scheme != "https"_L1
        && !imageSchemes.contains(scheme))
        return refused(Text::tr("%1 is not a way to reach a registry; use https or http.")
                           .arg(quotedText(scheme)));
    if (hasUserInfo(rest))
        return refused(Text::tr("Leave the user name out of the address; it has its own field."));

    const qsizetype slash = rest.indexOf(u'/');
    const QString host = canonicalRegistryHost(rest.left(slash < 0 ? rest.size() : slash));
    const QString path = slash < 0 ? QString() : withoutApiPath(rest.mid(slash + 1));
    if (!isUsableHost(host) || !hasUsablePort(host))
        return refused(
            Text::tr("%1 is not the address of a registry. Write it as host or host:port.")
                .arg(quotedText(text)));
    RegistryAddress result{host, transportFor(scheme, host)};
    if (path.isEmpty())
        return result;
    // Without a scheme "team/app" is an image on Docker Hub; with one, "team" is the host.
    const bool hasHost = !scheme.isEmpty() && !imageSchemes.contains(scheme);
    // Docker Hub alone has short forms below its name; any other host stands for all of them.
    const QString parent = host == dockerHub ? host : u"localhost"_s;
    const auto image = ImageReference::parse(hasHost ? QString(parent + u'/' + path) : rest);
    if (!image)
        return image.error();
    if (!hasHost)
        result = {image->host, transportFor(scheme, image->host)};
    result.repository = image->repository;
    if (image->tag || image->digest)
        result.reference = image->reference();
    return result;
}

QUrl RegistryAddress::url(const QString &scheme) const
{
    const QString server = host == dockerHub ? u"registry-1.docker.io"_s : host;
    return QUrl(scheme + "://"_L1 + server);
}

} // namespace Longshore
