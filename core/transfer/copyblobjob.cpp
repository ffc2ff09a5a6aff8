// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/copyblobjob.h"

#include "core/base/workerjob.h"
#include "core/layout/layoutsession.h"
#include "core/registry/canceluploadjob.h"
#include "core/registry/registrysession.h"
#include "core/transfer/downloadblobjob.h"
#include "core/transfer/filecontent.h"
#include "core/transfer/slicecontent.h"

namespace Longshore {

using Content = std::shared_ptr<BlobContent>;

CopyBlobJob::CopyBlobJob(Session &source, RegistrySession &target, const BlobCopy &wanted,
                         QObject *parent)
    : ResultJob(parent), m_source(source), m_target(&target), m_wanted(wanted)
{}

void CopyBlobJob::doStart()
{
    if (!m_target)
        return fail(Error::cancelled());
    if (m_wanted.tryMount)
        return mount();
    send();
}

void CopyBlobJob::mount()
{
    const UploadTarget target{m_target->urls(), m_wanted.to};
    auto *job = m_target->startUpload(m_wanted.to,
                                      StartUploadJob::Mount{m_wanted.blob.digest, m_wanted.from});
    runChild(job, [this, target](const Result<StartedUpload> &started) {
        if (!started || !m_target)
            return fail(started ? Error::cancelled() : started.error());
        if (started->isMounted)
            return verifyMount();
        // The bytes are not here yet, and uploads are forgotten when they wait for long.
        (new CancelUploadJob(m_target->client(), target, started->session))->start();
        send();
    });
}

void CopyBlobJob::verifyMount()
{
    runChild(m_target->blobExists(m_wanted.to, m_wanted.blob.digest),
             [this](const Result<BlobPresence> &presence) {
                 if (!presence)
                     return fail(presence.error());
                 if (!presence->exists)
                     return send(); // It only said so.
                 succeed({m_wanted.blob.digest, m_wanted.blob.size, UploadedBlob::How::Mounted});
             });
}

void CopyBlobJob::send()
{
    auto *files = qobject_cast<LayoutSession *>(&m_source);
    if (!files)
        return fetch();
    runChild(files->openBlob(m_wanted.from, m_wanted.blob.digest),
             [this](const Result<FileSlice> &slice) {
                 if (!slice)
                     return fail(slice.error());
                 const auto content = SliceContent::open(m_wanted.blob, *slice);
                 if (!content)
                     return fail(content.error());
                 upload(*content, 0);
             });
}

void CopyBlobJob::fetch()
{
    auto *job =
        new DownloadBlobJob(m_source, {m_wanted.from, m_wanted.blob.digest, m_wanted.blob.size,
                                       m_wanted.spoolPath, SafeFile::Existing::Replace});
    connect(job, &Job::progressChanged, this,
            [this](qint64 done) { emit progressChanged(done / 2, m_wanted.blob.size); });
    runChild(job, [this](const Result<DownloadedBlob> &fetched) {
        if (!fetched)
            return fail(fetched.error());
        m_hasStartedOver = fetched->hasStartedOver;
        openFetched();
    });
}

void CopyBlobJob::openFetched()
{
    auto *worker =
        new WorkerJob<Content>([digest = m_wanted.blob.digest,
                                path = m_wanted.spoolPath](const CancelFlag &) -> Result<Content> {
            const auto content = FileContent::openAs(digest, path);
            return content ? Result<Content>(*content) : content.error();
        });
    runChild(worker, [this](const Result<Content> &content) {
        if (!content)
            return fail(content.error());
        upload(*content, m_wanted.blob.size / 2);
    });
}

/// \a done is what was reported before; the rest is shared out over the upload.
void CopyBlobJob::upload(std::shared_ptr<BlobContent> content, qint64 done)
{
    if (!m_target)
        return fail(Error::cancelled());
    auto *job = new UploadBlobJob(*m_target, {m_wanted.to, std::move(content)});
    connect(job, &Job::progressChanged, this, [this, done](qint64 sent) {
        emit progressChanged(done > 0 ? done + sent / 2 : sent, m_wanted.blob.size);
    });
    runChild(job, [this](const Result<UploadedBlob> &uploaded) {
        if (!uploaded)
            return fail(uploaded.error());
        if (qobject_cast<LayoutSession *>(&m_source))
            return succeed(*uploaded);
        UploadedBlob copied = *uploaded;
        copied.hasStartedOver = copied.hasStartedOver || m_hasStartedOver;
        removeFetched(copied);
    });
}

/// At once, so that all of an image need not lie on the disk at the same time.
void CopyBlobJob::removeFetched(const UploadedBlob &uploaded)
{
    auto *worker =
        new WorkerJob<Done>([path = m_wanted.spoolPath](const CancelFlag &) -> Result<Done> {
            QFile::remove(path);
            return Done();
        });
    runChild(worker, [this, uploaded](const Result<Done> &) { succeed(uploaded); });
}

} // namespace Longshore
