// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/uploadfilejob.h"

#include "core/registry/canceluploadjob.h"
#include "core/registry/registrysession.h"
#include "core/registry/sendblobpartjob.h"
#include "core/transfer/unhashedfile.h"

namespace Longshore {

constexpr qint64 smallestPart = 16 * 1024 * 1024;
constexpr qint64 largestPart = 128 * 1024 * 1024;

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
        if ((*file)->size() >= leastToSendUnhashed && (*file)->stamp().isSettled(m_tick)) {
            m_unhashed = *file;
            begin();
        }
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
        if (m_unhashed && m_unhashed->stamp() != m_content->stamp())
            return fail(fileChanged(m_path));
        takeOver();
    });
}

void UploadFileJob::begin()
{
    if (!m_session)
        return fail(Error::cancelled());
    m_isSending = true;
    runChild(new StartUploadJob(m_session->client(), m_target),
             [this](const Result<StartedUpload> &started) {
                 m_isSending = false;
                 if (started) {
                     m_begun = BegunUpload{started->session};
                     return sendPart();
                 }
                 // A registry that cannot be talked to will not be when the file has been hashed
                 // either; one that takes no uploads may have the blob all the same.
                 const Error &error = started.error();
                 if (error.httpStatus == 0 || error.httpStatus == 401)
                     return fail(error);
                 stopSending();
             });
}

void UploadFileJob::sendPart()
{
    if (m_content || m_begun->position == m_unhashed->size())
        return takeOver();
    if (!m_session)
        return fail(Error::cancelled());
    // Registries wait for their disk after each part; the more has been sent, the less the next one
    // matters, up to what somebody would still wait for when the blob turns out to be there.
    const qint64 position = m_begun->position;
    const qint64 wanted = qBound(smallestPart, 4 * position, largestPart);
    const qint64 size =
        qMin(qMax(wanted, m_begun->session.smallestPart), m_unhashed->size() - position);
    auto *job = new SendBlobPartJob(m_session->client(), m_target, m_begun->session,
                                    {position, m_unhashed->part(position, size)});
    connect(job, &Job::progressChanged, this, [this, position](qint64 done) {
        emit progressChanged(position + done, m_unhashed->size());
    });
    m_isSending = true;
    runChild(job, [this, end = position + size](const Result<UploadSession> &session) {
        m_isSending = false;
        handlePart(session, end);
    });
}

void UploadFileJob::handlePart(const Result<UploadSession> &session, qint64 end)
{
    if (session) {
        m_begun->session = *session;
        if (session->received.value_or(end) == end) {
            m_begun->position = end;
            return sendPart();
        }
    }
    emit startedOver(
        session ? Error{Error::Kind::Protocol, tr("The server did not take the whole part.")}
                : session.error());
    stopSending();
}

/// The rest is for UploadBlobJob, from the start.
void UploadFileJob::stopSending()
{
    abandon();
    m_unhashed.reset();
    takeOver();
}

/// As soon as the file is hashed, and no part of it under way.
void UploadFileJob::takeOver()
{
    if (!m_content || m_isSending)
        return;
    if (!m_session)
        return fail(Error::cancelled());
    BlobUpload upload{m_target.repository, m_content};
    upload.begun = std::exchange(m_begun, {});
    auto *job = new UploadBlobJob(*m_session, upload);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    connect(job, &UploadBlobJob::startedOver, this, &UploadFileJob::startedOver);
    runChild(job, [this](const Result<UploadedBlob> &result) {
        if (!result)
            return fail(result.error());
        succeed(*result);
    });
}

void UploadFileJob::abandon()
{
    if (m_begun && m_session)
        (new CancelUploadJob(m_session->client(), m_target, m_begun->session))->start();
    m_begun.reset();
}

void UploadFileJob::releaseResources()
{
    abandon();
}

} // namespace Longshore
