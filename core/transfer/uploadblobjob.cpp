// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/uploadblobjob.h"

#include "core/registry/canceluploadjob.h"
#include "core/registry/finishuploadjob.h"
#include "core/registry/queryuploadjob.h"
#include "core/registry/registrysession.h"
#include "core/registry/sendblobpartjob.h"

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr int mostResumptions = 3;
constexpr int mostStartsOver = 2;
constexpr qint64 smallestPart = 16 * 1024; // What Qt sends in one piece.
constexpr qint64 largestPart = 16 * 1024 * 1024;

UploadBlobJob::UploadBlobJob(RegistrySession &session, const BlobUpload &upload, QObject *parent)
    : ResultJob(parent)
    , m_session(&session)
    , m_upload(upload)
    , m_target{session.urls(), upload.repository}
    , m_partSize(upload.partSize)
{
    if (!upload.begun)
        return;
    m_open = upload.begun->session;
    m_position = m_sentTo = upload.begun->position;
}

BlobExistsJob *UploadBlobJob::lookForBlob()
{
    // With the rights of the requests that follow: one token serves them all.
    return new BlobExistsJob(m_session->client(),
                             m_target.urls.blob(m_target.repository, m_upload.content->digest()),
                             Scope::push(m_target.repository));
}

bool UploadBlobJob::isOurs(const BlobPresence &presence) const
{
    return presence.exists && (presence.size < 0 || presence.size == size());
}

void UploadBlobJob::doStart()
{
    if (!m_session)
        return fail(Error::cancelled());
    UploadTurns &turns = m_session->uploadTurns();
    const Digest &digest = m_upload.content->digest();
    if (Job *other = turns.holder(m_upload.repository, digest))
        return waitFor(other);
    turns.take(m_upload.repository, digest, this);
    runChild(lookForBlob(), [this](const Result<BlobPresence> &presence) {
        if (presence && isOurs(*presence))
            return end(How::WasThere);
        // Who may not look may still be allowed to write.
        if (!presence && presence.error().httpStatus != 403)
            return fail(presence.error());
        m_open ? sendOn() : begin(m_upload.mount);
    });
}

/// Whatever becomes of the other, the registry is asked then. It may also die without an end.
void UploadBlobJob::waitFor(Job *other)
{
    connect(
        other, &QObject::destroyed, this,
        [this] {
            if (isRunning())
                doStart();
        },
        Qt::QueuedConnection);
}

void UploadBlobJob::begin(const std::optional<StartUploadJob::Mount> &mount)
{
    m_position = 0;
    m_sentTo = 0;
    runChild(m_session->startUpload(m_target.repository, mount),
             [this](const Result<StartedUpload> &started) {
                 if (!started)
                     return fail(started.error());
                 if (started->isMounted)
                     return verify(How::Mounted);
                 m_open = started->session;
                 sendOn();
             });
}

qint64 UploadBlobJob::nextPartSize() const
{
    qint64 wanted = m_upload.partSize > 0 ? m_upload.partSize : m_partSize;
    wanted = qMax(wanted, m_open->smallestPart);
    return qMin(wanted, size() - m_position);
}

void UploadBlobJob::sendOn()
{
    if (m_position == size())
        return finish({});
    if (m_partSize == 0)
        return finish(m_upload.content->part(m_position, size() - m_position));
    sendPart(nextPartSize());
}

void UploadBlobJob::reportFrom(Job *job)
{
    connect(job, &Job::progressChanged, this,
            [this](qint64 done) { emit progressChanged(m_position + done, size()); });
}

void UploadBlobJob::sendPart(qint64 size)
{
    const qint64 end = m_position + size;
    m_sentTo = qMax(m_sentTo, end);
    auto *job = new SendBlobPartJob(m_session->client(), m_target, *m_open,
                                    {m_position, m_upload.content->part(m_position, size)});
    reportFrom(job);
    runChild(job, [this, end](const Result<UploadSession> &session) {
        if (!session)
            return recover(session.error());
        handlePart(*session, end);
    });
}

void UploadBlobJob::handlePart(const UploadSession &session, qint64 end)
{
    m_open = session;
    const qint64 received = session.received.value_or(end);
    const bool isStuck = received <= m_position && ++m_resumptions > mostResumptions;
    if (received > end || isStuck)
        return startOver(
            {Error::Kind::Protocol,
             tr("The server does not count the bytes of the upload as they are sent.")});
    m_position = received;
    m_partSize = qMin(m_partSize * 4, largestPart);
    sendOn();
}

/// \a body is null when the parts have been sent.
void UploadBlobJob::finish(std::shared_ptr<ByteSource> body)
{
    m_sentTo = size();
    auto *job = new FinishUploadJob(m_session->client(), m_target, *m_open,
                                    m_upload.content->digest(), std::move(body));
    reportFrom(job);
    runChild(job, [this](const Result<FinishedUpload> &finished) {
        if (!finished)
            return recover(finished.error());
        m_open.reset();
        if (finished->isConfirmed)
            return end(How::Uploaded);
        verify(How::Uploaded);
    });
}

/// Whether it may be that the bytes are there, or that they can be sent in another way.
static bool isWorthAsking(const Error &error)
{
    using Kind = Error::Kind;
    return error.kind == Kind::Ambiguous || error.kind == Kind::Network
           || error.kind == Kind::Timeout || error.kind == Kind::NotFound || error.httpStatus == 400
           || error.httpStatus == 416 || error.httpStatus >= 500;
}

/// Of what the registry says when it is asked what happened, this explains the failure itself.
static bool isReason(const Error &error)
{
    return error.kind == Error::Kind::Unauthorized || error.kind == Error::Kind::Forbidden;
}

void UploadBlobJob::recover(const Error &error)
{
    if (!isWorthAsking(error))
        return fail(error);
    runChild(lookForBlob(), [this, error](const Result<BlobPresence> &presence) {
        if (presence && isOurs(*presence)) {
            m_open.reset();
            return end(How::Uploaded);
        }
        if (!presence)
            return fail(isReason(presence.error()) ? presence.error() : error);
        if (error.kind == Error::Kind::NotFound)
            m_open.reset(); // The registry has forgotten the upload.
        if (error.serverCode == "DIGEST_INVALID"_L1 || !m_open)
            return startOver(error);
        askForUpload(error);
    });
}

void UploadBlobJob::askForUpload(const Error &error)
{
    auto *job = new QueryUploadJob(m_session->client(), m_target, *m_open);
    runChild(job, [this, error](const Result<UploadSession> &session) {
        // No answer at all: the server has gone, or the connection was given up.
        if (!session && session.error().httpStatus == 0)
            return fail(session.error().isCancelled() ? session.error() : error);
        if (!session && isReason(session.error()))
            return fail(session.error());
        if (!session && session.error().kind == Error::Kind::NotFound)
            m_open.reset();
        if (session)
            m_open = *session;
        const qint64 received = session ? session->received.value_or(0) : 0;
        if (received <= 0 || received > m_sentTo || ++m_resumptions > mostResumptions)
            return startOver(error);
        m_position = received;
        if (m_partSize == 0)
            m_partSize = largestPart;
        sendOn();
    });
}

void UploadBlobJob::startOver(const Error &reason)
{
    const bool isWrongDigest = reason.serverCode == "DIGEST_INVALID"_L1;
    if (isWrongDigest && std::exchange(m_wasCalledWrong, true)) {
        Error error = reason;
        error.kind = Error::Kind::DigestMismatch;
        error.message = tr("The server counts another digest of the data than we do, twice.");
        return fail(error);
    }
    if (++m_startsOver > mostStartsOver)
        return fail(reason);
    abandon();
    // An early refusal is lost when the connection is closed in the middle of a large body, so
    // that the next try begins with a part that is small enough to be answered. The one after
    // that does without parts: not every registry takes them, or counts them.
    const bool isLast = m_startsOver == mostStartsOver;
    if (m_upload.partSize > 0)
        m_partSize = isWrongDigest || isLast ? 0 : m_upload.partSize;
    else
        m_partSize = m_partSize == 0 && !isWrongDigest ? smallestPart : 0;
    emit startedOver(reason);
    begin({});
}

void UploadBlobJob::verify(How how)
{
    runChild(lookForBlob(), [this, how](const Result<BlobPresence> &presence) {
        if (!presence)
            return fail(presence.error());
        if (!isOurs(*presence))
            return fail({Error::Kind::DigestMismatch,
                         tr("The server took the data, but does not have it by its digest.")});
        end(how);
    });
}

void UploadBlobJob::end(How how)
{
    succeed({m_upload.content->digest(), size(), how, m_startsOver > 0});
}

void UploadBlobJob::abandon()
{
    if (m_open && m_session)
        (new CancelUploadJob(m_session->client(), m_target, *m_open))->start();
    m_open.reset();
}

void UploadBlobJob::releaseResources()
{
    abandon();
}

} // namespace Longshore
