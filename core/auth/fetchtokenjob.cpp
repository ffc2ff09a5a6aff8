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
    if (!request.credentials.user.isEmpty())
        parameters.append("account=" + QUrl::toPercentEncoding(request.credentials.user));
    QByteArray url = request.realm.toEncoded();
    if (!parameters.isEmpty())
        url += (request.realm.hasQuery() ? '&' : '?') + parameters.join('&');
    return QUrl::fromEncoded(url);
}

/// The form that OAuth2 sends in the body. RFC 6749, section 6.
static QByteArray oauthForm(const TokenRequest &request)
{
    const auto field = [](const char *name, const QByteArray &value) -> QByteArray {
        return QByteArray(name) + '=' + value.toPercentEncoding();
    };
    QByteArrayList fields{
        field("grant_type", "refresh_token"),
        field("refresh_token", request.credentials.identityToken.reveal()),
        field("client_id", "longshore"),
    };
    if (!request.service.isEmpty())
        fields.append(field("service", request.service.toUtf8()));
    if (!request.scopes.isEmpty())
        fields.append(field("scope", request.scopes.join(u' ').toUtf8()));
    return fields.join('&');
}

/// Whether the server does not know OAuth2: registries of Google say 404, others 400, 401 or 405.
static bool mayWantPassword(int status)
{
    return status == 400 || status == 401 || status == 404 || status == 405;
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
    if (m_request.credentials.identityToken.isEmpty())
        ask(m_request);
    else
        askByForm();
}

HttpRequest FetchTokenJob::requestTo(const QUrl &url) const
{
    HttpRequest request;
    request.url = url;
    request.addHeader("Accept", "application/json");
    request.maximumBody = mostTokenBytes;
    request.redirects = HttpRequest::Redirects::SameOrigin;
    // On the registry's own host the authorizer would answer a refusal by waiting for this token.
    request.signIn = HttpRequest::SignIn::Never;
    return request;
}

void FetchTokenJob::askByForm()
{
    HttpRequest request = requestTo(m_request.realm);
    request.method = HttpRequest::Method::Post;
    request.addHeader("Content-Type", "application/x-www-form-urlencoded");
    request.body = oauthForm(m_request);
    request.asksForToken = true;
    // The way to another URL would be a GET, and the body has no place in that.
    request.redirects = HttpRequest::Redirects::Never;
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        const int status = response ? response->status : response.error().httpStatus;
        if (mayWantPassword(status) && m_request.credentials.hasPassword())
            return ask(m_request);
        const bool isRejected = !response && response.error().detail.contains("invalid_grant"_L1);
        const QStringList wider = withEveryRight(m_request.scopes);
        if (status == 400 && !isRejected && wider != m_request.scopes) {
            m_request.scopes = wider;
            return askByForm();
        }
        if (status == 404 || status == 405)
            return fail({Error::Kind::Unsupported,
                         tr("The token server takes no identity tokens. Sign in with a password."),
                         {},
                         status});
        if (response && status != 200 && status != 401)
            return fail(unexpectedStatus(*response));
        if (isRejected)
            return fail(rejection(response.error()));
        settleWith(response);
    });
}

void FetchTokenJob::ask(const TokenRequest &tokenRequest)
{
    HttpRequest request = requestTo(tokenUrl(tokenRequest));
    if (m_request.credentials.hasPassword())
        request.addHeader("Authorization", m_request.credentials.basicHeader().reveal());
    runChild(m_client.send(request), [this, asked = tokenRequest](const auto &response) {
        TokenRequest wider = asked;
        wider.scopes = withEveryRight(asked.scopes);
        if (!response && response.error().httpStatus == 400 && wider.scopes != asked.scopes)
            return ask(wider);
        settleWith(response);
    });
}

void FetchTokenJob::settleWith(const Result<HttpResponse> &response)
{
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
}

Error FetchTokenJob::explained(const Error &error) const
{
    const bool isAnonymous = m_request.credentials.isEmpty();
    return error.kind != Error::Kind::Unauthorized || isAnonymous ? error : rejection(error);
}

Error FetchTokenJob::rejection(const Error &error) const
{
    Error result = error;
    result.kind = Error::Kind::Unauthorized;
    result.message = rejectionText(m_request.credentials);
    return result;
}

QString rejectionText(const Credentials &credentials)
{
    if (!credentials.registryToken.isEmpty())
        return FetchTokenJob::tr("The server rejected the token.");
    if (credentials.user.isEmpty())
        return FetchTokenJob::tr("The server rejected the identity token.");
    return FetchTokenJob::tr("The server rejected the sign-in for user %1.")
        .arg(quotedText(credentials.user));
}

} // namespace Longshore
