// SPDX-License-Identifier: Apache-2.0
#include "core/registry/blobexistsjob.h"

#include "core/http/httpclient.h"
#include "core/http/httpjob.h"

namespace Longshore {

BlobExistsJob::BlobExistsJob(HttpClient &client, const QUrl &url, const QString &scope,
                             QObject *parent)
    : ResultJob(parent), m_client(client), m_url(url), m_scope(scope)
{}

void BlobExistsJob::doStart()
{
    HttpRequest request;
    request.method = HttpRequest::Method::Head;
    request.url = m_url;
    request.scopes = QStringList{m_scope};
    // A store behind a signed URL usually refuses HEAD; that it is named is answer enough.
    request.redirects = HttpRequest::Redirects::Never;
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response && response.error().kind == Error::Kind::NotFound)
            return succeed({false, -1});
        if (!response)
            return fail(response.error());
        bool isNumber = false;
        const qint64 size = response->headers.value("Content-Length").toLongLong(&isNumber);
        // A redirect and a compressed answer have lengths of their own.
        const bool isOfBlob =
            isNumber && response->status == 200 && !response->headers.contains("Content-Encoding");
        succeed({true, isOfBlob ? size : -1});
    });
}

} // namespace Longshore
