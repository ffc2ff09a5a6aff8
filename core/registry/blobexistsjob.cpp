// SPDX-License-Identifier: Apache-2.0
#include "core/registry/blobexistsjob.h"

#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/registry/firstbytesink.h"

namespace Longshore {

BlobExistsJob::BlobExistsJob(HttpClient &client, const QUrl &url, const QString &scope,
                             QObject *parent)
    : ResultJob(parent), m_client(client), m_url(url), m_scope(scope)
{}

HttpRequest BlobExistsJob::request() const
{
    HttpRequest request;
    request.url = m_url;
    request.scopes = QStringList{m_scope};
    // A store behind a signed URL usually refuses HEAD; that it is named is answer enough.
    request.redirects = HttpRequest::Redirects::Never;
    return request;
}

/// Refusals that say something about HEAD, and nothing about the blob.
static bool isUnknownMethod(const Error &error)
{
    return error.httpStatus == 400 || error.httpStatus == 405 || error.httpStatus == 501;
}

void BlobExistsJob::doStart()
{
    HttpRequest head = request();
    head.method = HttpRequest::Method::Head;
    runChild(m_client.send(head), [this](const Result<HttpResponse> &response) {
        if (!response && response.error().kind == Error::Kind::NotFound)
            return succeed({false, -1});
        if (!response && isUnknownMethod(response.error()))
            return askByGet();
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

void BlobExistsJob::askByGet()
{
    const auto sink = std::make_shared<FirstByteSink>();
    HttpRequest get = request();
    get.sink = sink;
    runChild(m_client.send(get), [this, sink](const Result<HttpResponse> &response) {
        if (response || sink->offset() >= 0)
            return succeed({true, -1});
        if (response.error().kind == Error::Kind::NotFound)
            return succeed({false, -1});
        fail(response.error());
    });
}

} // namespace Longshore
