// SPDX-License-Identifier: Apache-2.0
#include "core/registry/sendblobpartjob.h"

#include "core/http/httpclient.h"
#include "core/http/httperror.h"
#include "core/http/httpjob.h"

namespace Longshore {

constexpr int rangeRefused = 416;

SendBlobPartJob::SendBlobPartJob(HttpClient &client, const UploadTarget &target,
                                 const UploadSession &session, const BlobPart &part,
                                 QObject *parent)
    : ResultJob(parent), m_client(client), m_target(target), m_session(session), m_part(part)
{}

void SendBlobPartJob::doStart()
{
    const qint64 last = m_part.offset + m_part.source->size() - 1;
    HttpRequest request;
    request.method = HttpRequest::Method::Patch;
    request.url = m_session.location;
    request.addHeader("Content-Type", "application/octet-stream");
    // Not as RFC 9110 writes ranges: without unit and total.
    request.addHeader("Content-Range",
                      QByteArray::number(m_part.offset) + '-' + QByteArray::number(last));
    request.source = m_part.source;
    request.scopes = QStringList{Scope::push(m_target.repository)};
    request.priority = JobQueue::Priority::Transfer;
    request.expectedRefusal = rangeRefused;
    HttpJob *job = m_client.send(request);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this](const Result<HttpResponse> &response) {
        if (!response)
            return fail(response.error());
        handleAnswer(*response);
    });
}

void SendBlobPartJob::handleAnswer(const HttpResponse &response)
{
    const bool isOutOfStep = response.status == rangeRefused;
    // Some say 201 or 204 here.
    if (response.status >= 300 && !isOutOfStep)
        return fail(unexpectedStatus(response));
    auto session = readUploadSession(response);
    // A refusal may tell where the upload stands, in the same headers; the registry has to be
    // asked where it does not.
    if (isOutOfStep && (!session || !session->received))
        return fail(refusalError(response));
    if (!session)
        return fail(session.error());
    // Who keeps only some of a part says so. No more than before, after a part that was taken, means
    // nothing: some tell of the first part each time, others of the last one. The digest will show.
    if (!isOutOfStep && session->received.value_or(0) <= m_part.offset)
        session->received.reset();
    session->smallestPart = m_session.smallestPart;
    succeed(*session);
}

} // namespace Longshore
