// SPDX-License-Identifier: Apache-2.0
#include "core/registry/fetchblobjob.h"

#include "core/http/contentcoding.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"

namespace Longshore {

constexpr qint64 mostBytes = 4 * 1024 * 1024;
constexpr qint64 mostOverhead = 1024; // Of a compression that makes a small answer larger.

FetchBlobJob::FetchBlobJob(HttpClient &client, const QUrl &url, const QString &scope,
                           const Descriptor &blob, JobQueue::Priority priority)
    : m_client(client), m_url(url), m_scope(scope), m_blob(blob), m_priority(priority)
{}

void FetchBlobJob::doStart()
{
    if (m_blob.size > mostBytes)
        return fail({Error::Kind::TooLarge, tr("The document is too large to be shown.")});
    HttpRequest request;
    request.url = m_url;
    request.scopes = QStringList{m_scope};
    request.maximumBody = m_blob.size + mostOverhead;
    request.priority = m_priority;
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return fail(response.error());
        handleAnswer(*response);
    });
}

void FetchBlobJob::handleAnswer(const HttpResponse &response)
{
    // Bytes as they came first: a blob may be gzip by nature, and be called so.
    if (m_blob.size == response.body.size() && m_blob.digest.matches(response.body))
        return succeed(response.body);
    const auto body = plainBody(response, m_blob.size);
    if (!body || body->size() != m_blob.size)
        return fail({Error::Kind::SizeMismatch,
                     tr("The data received has not the announced size. It was thrown away.")});
    if (!m_blob.digest.matches(*body))
        return fail({Error::Kind::DigestMismatch,
                     tr("The data received does not match its digest. It was thrown away.")});
    succeed(*body);
}

} // namespace Longshore
