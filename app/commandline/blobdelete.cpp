// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/cleanup/sessionrun.h"

#include <QCoreApplication>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobDelete)
};

/// Deletes a blob, whatever is made of it.
class BlobDeleteCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        openBlob([this](const RepositoryName &repository, const Digest &digest) {
            beginChange(runOfBlob(session(), JournalRun::Kind::BlobDeletion, repository, digest,
                                  {u"deleted"_s}));
            runChild(session().deleteBlob(repository, digest),
                     [this, digest](const Result<Done> &result) {
                         endChange(result ? std::nullopt : std::optional(result.error()),
                                   [this, digest, result] {
                                       if (!result)
                                           return fail(result.error());
                                       report(digest);
                                   });
                     });
        });
    }

    void report(const Digest &digest)
    {
        output().writeResult({{u"digest"_s, digest.toString()}},
                             Text::tr("Deleted %1.").arg(digest.toString()));
        succeed(ExitStatus::Done);
    }
};

} // namespace

CommandEntry blobDeleteEntry()
{
    return {u"blob delete"_s,
            u"HOST/REPO@DIGEST"_s,
            Text::tr("Deletes a blob; images that are made of it break."),
            {},
            &makeCommand<BlobDeleteCommand>};
}

} // namespace Longshore
