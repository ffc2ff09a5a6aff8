// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
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
            download({repository, digest, -1, path});
        });
    }

    void download(const BlobDownload &blob)
    {
        auto *job = new DownloadBlobJob(session(), blob);
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(job, [this](const Result<DownloadedBlob> &result) {
            if (!result)
                return fail(result.error());
            output().writeResult({{u"digest"_s, result->digest.toString()},
                                  {u"size"_s, result->size},
                                  {u"file"_s, result->path}},
                                 result->digest.toString());
            succeed(ExitStatus::Done);
        });
    }
};

} // namespace

CommandEntry blobGetEntry()
{
    return {u"blob get"_s,
            u"HOST/REPO@DIGEST"_s,
            Text::tr("Downloads a blob into a file, verified."),
            {{{u"o"_s, u"output"_s}, Text::tr("The file; it must not be there yet."), u"FILE"_s}},
            &makeCommand<BlobGetCommand>};
}

} // namespace Longshore
