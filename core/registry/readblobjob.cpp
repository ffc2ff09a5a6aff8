// SPDX-License-Identifier: Apache-2.0
#include "core/registry/readblobjob.h"

#include "core/http/httpclient.h"
#include "core/http/httperror.h"
#include "core/http/httpjob.h"

namespace Longshore {

ReadBlobJob::ReadBlobJob(HttpClient &client, const QUrl &url, const QString &scope,
                         std::shared_ptr<ByteSink> sink, qint64 offset)
    : m_client(client), m_url(url), m_scope(scope), m_sink(std::move(sink)), m_offset(offset)
{}

void ReadBlobJob::doStart()
{
    HttpRequest request;
    request.url = m_url;
    request.scopes = QStringList{m_scope};
    request.sink = m_sink;
    request.priority = JobQueue::Priority::Transfer;
    if (m_offset > 0)
        request.addHeader("Range", "bytes=" + QByteArray::number(m_offset) + "-");
    HttpJob *job = m_client.send(request);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this](const Result<HttpResponse> &response) {
        if (!response)
            return fail(response.error());
        if (response->status != 200 && response->status != 206)
            return fail(unexpectedStatus(*response));
        succeed(Done());
    });
}

} // namespace Longshore
