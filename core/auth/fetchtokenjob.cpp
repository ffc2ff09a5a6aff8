// SPDX-License-Identifier: Apache-2.0
#include "core/auth/fetchtokenjob.h"

#include "core/base/displaytext.h"
#include "core/http/contentcoding.h"
#include "core/http/httpclient.h"
#include "core/http/httperror.h"
#include "core/http/httpjob.h"

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr qint64 mostTokenBytes = 128 * 1024;

FetchTokenJob::FetchTokenJob(HttpClient &client, const TokenRequest &request, QObject *parent)
    : ResultJob(parent), m_client(client), m_request(request)
{}

static QUrl tokenUrl(const TokenRequest &request)
{
    // Appended as bytes: QUrlQuery would leave "+" alone, which servers read as a space, and the
    // realm may have a query of its own that must stay as it is.
    QByteArrayList parameters;
    if (!request.service.isEmpty())
        parameters.append("service=" + QUrl::toPercentEncoding(request.service));
    for (const QString &scope : request.scopes)
        parameters.append("scope=" + QUrl::toPercentEncoding(scope, ":/,"));
    if (!request.credentials.isEmpty())
        parameters.append("account=" + QUrl::toPercentEncoding(request.credentials.user));
    QByteArray url = request.realm.toEncoded();
    if (!parameters.isEmpty())
        url += (request.realm.hasQuery() ? '&' : '?') + parameters.join('&');
    return QUrl::fromEncoded(url);
}

/// "repository:a/b:pull,delete" as "repository:a/b:*": Quay knows no right to delete, and refuses
/// the whole request over it.
static QStringList withEveryRight(QStringList scopes)
{
    for (QString &scope : scopes) {
        const qsizetype colon = scope.lastIndexOf(u':');
        if (scope.mid(colon + 1).split(u',').contains("delete"_L1))
            scope.replace(colon + 1, scope.size(), u"*"_s);
    }
    return scopes;
}

void FetchTokenJob::doStart()
{
    ask(m_request);
}

void FetchTokenJob::ask(const TokenRequest &tokenRequest)
{
    HttpRequest request;
    request.url = tokenUrl(tokenRequest);
    request.addHeader("Accept", "application/json");
    if (!m_request.credentials.isEmpty())
        request.addHeader("Authorization", m_request.credentials.basicHeader().reveal());
    request.maximumBody = mostTokenBytes;
    request.redirects = HttpRequest::Redirects::SameOrigin;
    // On the registry's own host the authorizer would answer a refusal by waiting for this token.
    request.signIn = HttpRequest::SignIn::Never;
    runChild(m_client.send(request), [this, asked = tokenRequest](const auto &response) {
        TokenRequest wider = asked;
        wider.scopes = withEveryRight(asked.scopes);
        if (!response && response.error().httpStatus == 400 && wider.scopes != asked.scopes)
            return ask(wider);
        if (!response)
            return fail(explained(response.error()));
        if (response->status == 401)
            return fail(explained(refusalError(*response)));
        const auto body = plainBody(*response, mostTokenBytes);
        if (!body)
            return fail(body.error());
        const auto token = Token::parse(*body);
        if (!token)
            return fail(token.error());
        succeed(*token);
    });
}

Error FetchTokenJob::explained(const Error &error) const
{
    if (error.kind != Error::Kind::Unauthorized || m_request.credentials.isEmpty())
        return error;
    Error result = error;
    result.message = tr("The server rejected the sign-in for user %1.")
                         .arg(quotedText(m_request.credentials.user));
    return result;
}

} // namespace Longshore
