// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "app/commandline/errortext.h"
#include "core/cleanup/sessionrun.h"
#include "core/transfer/uploadfilejob.h"

#include <QCoreApplication>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobPut)
};

/// Uploads a file as a blob, unless the registry has it.
class BlobPutCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const auto target = ImageReference::parse(invocation().target());
        if (target && target->tag)
            return fail(invalidArgument(Text::tr("Name a repository, without a tag.")));
        openImage([this](const ImageReference &opened) {
            const QString path = invocation().arguments.value(1);
            if (opened.digest)
                return openFile(opened.repository, *opened.digest, path);
            run(new UploadFileJob(session(), opened.repository, path), opened.repository);
        });
    }

    /// A file whose \a digest is known is only read once, on its way.
    void openFile(const RepositoryName &repository, const Digest &digest, const QString &path)
    {
        using Content = std::shared_ptr<FileContent>;
        auto *worker = new WorkerJob<Content>(
            [digest, path](const CancelFlag &) { return FileContent::openAs(digest, path); });
        runChild(worker, [this, repository](const Result<Content> &content) {
            if (!content)
                return fail(content.error());
            run(new UploadBlobJob(session(), {repository, *content}), repository);
        });
    }

    template <typename Upload>
    void run(Upload *job, const RepositoryName &repository)
    {
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        connect(job, &Upload::startedOver, this, [this](const Error &reason) {
            output().note(withoutIsolates(reason.message) + u' '
                          + Text::tr("The file is sent again from its start."));
        });
        runChild(job, [this, repository](const Result<UploadedBlob> &result) {
            if (!result)
                return fail(result.error());
            if (result->how == UploadedBlob::How::WasThere)
                return report(*result);
            journal(runOfBlob(session(), JournalRun::Kind::BlobUpload, repository, result->digest,
                              {u"stored"_s}),
                    [this, blob = *result] { report(blob); });
        });
    }

    void report(const UploadedBlob &blob)
    {
        const bool isUploaded = blob.how == UploadedBlob::How::Uploaded;
        if (!isUploaded)
            output().note(Text::tr("The registry has it already."));
        output().writeResult({{u"digest"_s, blob.digest.toString()},
                              {u"size"_s, blob.size},
                              {u"uploaded"_s, isUploaded}},
                             blob.digest.toString());
        succeed(ExitStatus::Done);
    }
};

} // namespace

CommandEntry blobPutEntry()
{
    return {u"blob put"_s,
            u"HOST/REPO[@DIGEST] FILE"_s,
            Text::tr("Uploads a file, unless it is there; prints its digest. One that is "
                     "there already is sent in part, unless the digest is named."),
            {},
            &makeCommand<BlobPutCommand>};
}

} // namespace Longshore
