// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/base/workerjob.h"
#include "core/transfer/downloadblobjob.h"

#include <QCoreApplication>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobGet)
};

/// Downloads a blob into a file, verified.
class BlobGetCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const QString path = invocation().options.value(u"output"_s);
        if (path.isEmpty())
            return fail(invalidArgument(Text::tr("Say with -o where the blob shall go.")));
        if (path == "-"_L1)
            return fail(invalidArgument(Text::tr("The blob can only go to a file: what has been "
                                                 "printed cannot be taken back when it turns out "
                                                 "to be damaged.")));
        openBlob([this, path](const RepositoryName &repository, const Digest &digest) {
            download(
                {repository, digest, -1, path, SafeFile::Existing::Keep, BlobFile::Part::Keep});
        });
    }

    void download(const BlobDownload &blob)
    {
        auto *job = new DownloadBlobJob(session(), blob);
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(job, [this, blob](const Result<DownloadedBlob> &result) {
            if (!result && result.error().kind == Error::Kind::LocalFile)
                return discard(blob, result.error());
            if (!result)
                return fail(result.error());
            report(*result);
            succeed(ExitStatus::Done);
        });
    }

    void report(const DownloadedBlob &blob)
    {
        QJsonObject object{
            {u"digest"_s, blob.digest.toString()}, {u"size"_s, blob.size}, {u"file"_s, blob.path}};
        if (blob.hasStartedOver) {
            object.insert("startedOver"_L1, 1);
            output().note(startedOverText(1));
        }
        output().writeResult(object, blob.digest.toString());
    }

    /// What would only fill the disk.
    void discard(const BlobDownload &blob, const Error &reason)
    {
        auto *worker = new WorkerJob<Done>([blob](const CancelFlag &) -> Result<Done> {
            BlobFile::removePart(blob.path, blob.digest);
            return Done();
        });
        runChild(worker, [this, reason](const Result<Done> &) { fail(reason); });
    }
};

} // namespace

CommandEntry blobGetEntry()
{
    return {
        u"blob get"_s,
        u"HOST/REPO@DIGEST"_s,
        Text::tr("Downloads a blob into a file, verified. What was broken off is completed: its "
                 "part waits beside the file, hidden."),
        {{{u"o"_s, u"output"_s}, Text::tr("The file; it must not be there yet."), u"FILE"_s}},
        &makeCommand<BlobGetCommand>};
}

} // namespace Longshore
