// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/restoreblobjob.h"

#include "core/layout/filetree.h"
#include "core/registry/checkblobjob.h"
#include "core/registry/finishuploadjob.h"
#include "core/registry/registrysession.h"
#include "core/registry/startuploadjob.h"
#include "core/transfer/slicecontent.h"
#include "core/transfer/uploadblobjob.h"

namespace Longshore {

RestoreBlobJob::RestoreBlobJob(RegistrySession &session, const RestorePlan &plan,
                               const BlobToRestore &blob, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_repository(plan.repository)
    , m_folder(plan.backup.folder)
    , m_blob(blob)
{}

void RestoreBlobJob::doStart()
{
    auto *worker = new WorkerJob<Content>(
        [folder = m_folder, blob = m_blob.blob](const CancelFlag &) -> Result<Content> {
            const auto slice = FolderTree(folder).open(blobNameInBackup(blob.digest));
            if (!slice)
                return slice.error();
            const auto content = SliceContent::open(blob, *slice);
            return content ? Result<Content>(*content) : content.error();
        });
    runChild(worker, [this](const Result<Content> &content) {
        if (!content)
            return fail(content.error());
        if (m_blob.isBelieved)
            return sendUnasked(*content);
        upload(*content);
    });
}

void RestoreBlobJob::upload(const Content &content)
{
    runChild(new UploadBlobJob(m_session, {m_repository, content}),
             [this](const Result<UploadedBlob> &uploaded) {
                 if (!uploaded)
                     return fail(uploaded.error());
                 check();
             });
}

void RestoreBlobJob::sendUnasked(const Content &content)
{
    const UploadTarget target{m_session.urls(), m_repository};
    runChild(new StartUploadJob(m_session.client(), target),
             [this, target, content](const Result<StartedUpload> &started) {
                 if (!started)
                     return fail(started.error());
                 auto *finish =
                     new FinishUploadJob(m_session.client(), target, started->session,
                                         content->digest(), content->part(0, content->size()));
                 runChild(finish, [this](const Result<FinishedUpload> &finished) {
                     if (!finished && finished.error().kind != Error::Kind::Ambiguous)
                         return fail(finished.error());
                     check(); // It decides, whatever was said or got lost.
                 });
             });
}

void RestoreBlobJob::check()
{
    const QUrl url = m_session.urls().blob(m_repository, m_blob.blob.digest);
    runChild(new CheckBlobJob(m_session.client(), url, Scope::push(m_repository), m_blob.blob.size),
             [this](const Result<BlobCondition> &condition) {
                 if (!condition)
                     return fail(condition.error());
                 if (*condition != BlobCondition::Readable)
                     return fail(
                         {Error::Kind::Protocol,
                          tr("The server took a part of the image, and does not have it.")});
                 succeed(Done());
             });
}

} // namespace Longshore
