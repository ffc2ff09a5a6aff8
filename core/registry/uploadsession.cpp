// SPDX-License-Identifier: Apache-2.0
#include "core/registry/uploadsession.h"

#include "core/http/httperror.h"
#include "core/http/httpresponse.h"
#include "core/http/urlpolicy.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(UploadSession)
};

/// "http://" on the host that we speak TLS with, from behind a proxy: never meant.
QUrl withoutDowngrade(QUrl target, const QUrl &asked)
{
    const bool isSamePlace =
        target.host() == asked.host() && (target.port() == -1 || target.port() == asked.port(443));
    if (asked.scheme() == "https"_L1 && target.scheme() == "http"_L1 && isSamePlace) {
        target.setScheme(u"https"_s);
        target.setPort(asked.port());
    }
    return target;
}

Result<QUrl> readLocation(const HttpResponse &response)
{
    const QByteArray text = response.headers.value("Location");
    const QUrl named = QUrl::fromEncoded(text, QUrl::StrictMode);
    if (text.isEmpty() || !named.isValid()) {
        Error error = unexpectedStatus(response);
        error.message = Text::tr("The server does not say where the upload goes on.");
        return error;
    }
    const QUrl target = withoutDowngrade(response.url.resolved(named), response.url);
    if (const auto checked = checkServerUrl(target, response.url); !checked)
        return checked.error();
    return target;
}

qint64 readSmallestPart(const QByteArray &value)
{
    bool isNumber = false;
    const qint64 size = value.toLongLong(&isNumber);
    return isNumber && size > 0 ? size : 0;
}

} // namespace

Result<UploadSession> readUploadSession(const HttpResponse &response)
{
    const auto location = readLocation(response);
    if (!location)
        return location.error();
    return UploadSession{*location, parseReceived(response.headers.value("Range")),
                         readSmallestPart(response.headers.value("OCI-Chunk-Min-Length"))};
}

QUrl finalLocation(const QUrl &location, const Digest &digest)
{
    QString query = location.query(QUrl::FullyEncoded);
    if (!query.isEmpty() && !query.endsWith(u'&'))
        query += u'&';
    query += "digest="_L1 + QString::fromLatin1(QUrl::toPercentEncoding(digest.toString()));
    QUrl url = location;
    url.setQuery(query, QUrl::StrictMode);
    return url;
}

std::optional<qint64> parseReceived(const QByteArray &range)
{
    static const QRegularExpression grammar(u"\\A(?:bytes=)?0-(-1|[0-9]{1,18})\\z"_s);
    const auto match = grammar.match(QString::fromLatin1(range));
    if (!match.hasMatch())
        return {};
    const qint64 last = match.capturedView(1).toLongLong();
    return last > 0 ? last + 1 : 0;
}

} // namespace Longshore
