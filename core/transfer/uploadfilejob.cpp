// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/uploadfilejob.h"

#include "core/registry/canceluploadjob.h"
#include "core/registry/finishuploadjob.h"
#include "core/registry/registrysession.h"
#include "core/registry/sendblobpartjob.h"
#include "core/transfer/unhashedfile.h"

namespace Longshore {

using How = UploadedBlob::How;

constexpr qint64 firstPart = 16 * 1024 * 1024;

UploadFileJob::UploadFileJob(RegistrySession &session, const RepositoryName &repository,
                             const QString &path, std::chrono::nanoseconds tick)
    : m_session(&session), m_target{session.urls(), repository}, m_path(path), m_tick(tick)
{}

void UploadFileJob::doStart()
{
    auto *worker = new WorkerJob<UnhashedContent>(
        [path = m_path](const CancelFlag &) { return UnhashedFile::open(path); });
    runChild(worker, [this](const Result<UnhashedContent> &file) {
        if (!file)
            return fail(file.error());
        // Of a file that is still being written nobody could tell that it was sent as it was hashed.
        if ((*file)->size() >= leastToSendUnhashed && (*file)->stamp().isSettled(m_tick))
            begin(*file);
        hash();
    });
}

void UploadFileJob::hash()
{
    auto *worker =
        new WorkerJob<Content>([path = m_path, tick = m_tick](const CancelFlag &cancelled) {
            return FileContent::open(path, cancelled, tick);
        });
    runChild(worker, [this](const Result<Content> &content) {
        if (!content)
            return fail(content.error());
        m_content = *content;
        lookForBlob();
    });
}

void UploadFileJob::begin(const UnhashedContent &file)
{
    if (!m_session)
        return fail(Error::cancelled());
    m_unhashed = file;
    runChild(new StartUploadJob(m_session->client(), m_target),
             [this](const Result<StartedUpload> &started) {
                 if (!started)
                     return handleFailedStart(started.error());
                 m_open = started->session;
                 sendPart();
             });
}

/// A registry that takes no uploads may have the blob all the same. One that cannot be talked to
/// will not either when the file has been hashed.
void UploadFileJob::handleFailedStart(const Error &error)
{
    if (error.httpStatus == 0 || error.kind == Error::Kind::Unauthorized)
        return fail(error);
    m_unhashed.reset();
    goOn();
}

void UploadFileJob::sendPart()
{
    if (m_blob == Blob::There)
        return end(How::WasThere);
    if (!m_session)
        return fail(Error::cancelled());
    // Registries wait for their disk after each part; the more has been sent, the less a long last
    // part matters.
    const qint64 wanted = qMax(firstPart, 4 * m_position);
    const qint64 size = qMin(qMax(wanted, m_open->smallestPart), m_unhashed->size() - m_position);
    auto *job = new SendBlobPartJob(m_session->client(), m_target, *m_open,
                                    {m_position, m_unhashed->part(m_position, size)});
    connect(job, &Job::progressChanged, this,
            [this](qint64 done) { emit progressChanged(m_position + done, m_unhashed->size()); });
    runChild(job, [this, end = m_position + size](const Result<UploadSession> &session) {
        handlePart(session, end);
    });
}

void UploadFileJob::handlePart(const Result<UploadSession> &session, qint64 end)
{
    if (!session)
        return stopSending(session.error());
    m_open = *session;
    if (session->received.value_or(end) != end)
        return stopSending({Error::Kind::Protocol, tr("The server did not take the whole file.")});
    m_position = end;
    if (end < m_unhashed->size())
        return sendPart();
    m_sent = m_unhashed->stamp();
    m_unhashed.reset();
    goOn();
}

void UploadFileJob::stopSending(const Error &reason)
{
    m_sendError = reason;
    m_unhashed.reset();
    abandon();
    goOn();
}

void UploadFileJob::lookForBlob()
{
    if (!m_session)
        return fail(Error::cancelled());
    // With the rights of the requests around it: one token serves them all.
    auto *job = new BlobExistsJob(m_session->client(),
                                  m_target.urls.blob(m_target.repository, m_content->digest()),
                                  Scope::push(m_target.repository));
    runChild(job, [this](const Result<BlobPresence> &presence) {
        const bool isThere = presence && presence->exists && presence->size == m_content->size();
        m_blob = isThere ? Blob::There : Blob::Missing;
        goOn();
    });
}

/// Both the sending and the hashing come here, and the last of them goes on.
void UploadFileJob::goOn()
{
    if (m_unhashed || m_blob == Blob::Unknown)
        return;
    if (m_blob == Blob::There)
        return end(How::WasThere);
    if (!m_sent || !m_session)
        return uploadHashed();
    if (*m_sent != m_content->stamp())
        return fail(fileChanged(m_path));
    finish();
}

void UploadFileJob::finish()
{
    auto *job =
        new FinishUploadJob(m_session->client(), m_target, *m_open, m_content->digest(), {});
    runChild(job, [this](const Result<FinishedUpload> &finished) {
        if (!finished || !finished->isConfirmed)
            return uploadHashed();
        m_open.reset();
        end(How::Uploaded);
    });
}

void UploadFileJob::uploadHashed()
{
    if (!m_session)
        return fail(Error::cancelled());
    if (m_sendError)
        emit startedOver(*m_sendError);
    auto *job = new UploadBlobJob(*m_session, {m_target.repository, m_content});
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    connect(job, &UploadBlobJob::startedOver, this, &UploadFileJob::startedOver);
    runChild(job, [this](const Result<UploadedBlob> &result) {
        if (!result)
            return fail(result.error());
        // It was not there before; the answer was lost, or did not name it.
        end(m_sent ? How::Uploaded : result->how);
    });
}

void UploadFileJob::abandon()
{
    if (m_open && m_session)
        (new CancelUploadJob(m_session->client(), m_target, *m_open))->start();
    m_open.reset();
}

void UploadFileJob::end(How how)
{
    succeed({m_content->digest(), m_content->size(), how});
}

void UploadFileJob::releaseResources()
{
    abandon();
}

} // namespace Longshore
