// SPDX-License-Identifier: Apache-2.0
#include "core/registry/startuploadjob.h"

#include "core/http/httpclient.h"
#include "core/http/httperror.h"
#include "core/http/httpjob.h"

using namespace Qt::StringLiterals;

namespace Longshore {

StartUploadJob::StartUploadJob(HttpClient &client, const UploadTarget &target,
                               const std::optional<Mount> &mount, QObject *parent)
    : ResultJob(parent), m_client(client), m_target(target), m_mount(mount)
{}

void StartUploadJob::doStart()
{
    request(m_mount);
}

static QString mountQuery(const StartUploadJob::Mount &mount)
{
    const auto encoded = [](const QString &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    QString query = "mount="_L1 + encoded(mount.digest.toString());
    if (mount.from)
        query += "&from="_L1 + encoded(mount.from->toString());
    return query;
}

void StartUploadJob::request(const std::optional<Mount> &mount)
{
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = m_target.urls.uploads(m_target.repository);
    request.scopes = QStringList{Scope::push(m_target.repository)};
    if (mount) {
        request.url.setQuery(mountQuery(*mount), QUrl::StrictMode);
        if (mount->from)
            request.scopes.append(Scope::pull(*mount->from));
    }
    const bool isMount = mount.has_value();
    runChild(m_client.send(request), [this, isMount](const Result<HttpResponse> &response) {
        if (!response)
            return handleFailure(response.error(), isMount);
        handleAnswer(*response, isMount);
    });
}

void StartUploadJob::handleFailure(const Error &error, bool wasMount)
{
    // Whatever it has against mounting, such as that the other repository may not be read.
    if (wasMount && error.httpStatus >= 400 && error.httpStatus < 500 && error.httpStatus != 429)
        return request({});
    // The registry may have begun an upload that nobody knows of, and forgets it after a while.
    if (error.kind == Error::Kind::Ambiguous && !std::exchange(m_hasAskedAgain, true))
        return request(wasMount ? m_mount : std::nullopt);
    fail(error);
}

void StartUploadJob::handleAnswer(const HttpResponse &response, bool wasMount)
{
    if (wasMount && response.status == 201)
        return succeed({true, {}});
    if (response.status != 202)
        return fail(unexpectedStatus(response));
    auto session = readUploadSession(response);
    if (!session)
        return fail(session.error());
    session->received = 0; // "0-0" is what a registry says of nothing at all.
    succeed({false, *session});
}

} // namespace Longshore
