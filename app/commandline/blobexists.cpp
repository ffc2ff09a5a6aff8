// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"

#include <QCoreApplication>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobExists)
};

/// Tells whether a registry has a blob: by its exit status, and in words.
class BlobExistsCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        openBlob([this](const RepositoryName &repository, const Digest &digest) {
            runChild(session().blobExists(repository, digest),
                     [this](const Result<BlobPresence> &presence) {
                         if (!presence)
                             return fail(presence.error());
                         report(*presence);
                     });
        });
    }

    void report(const BlobPresence &presence)
    {
        QJsonObject object{{u"exists"_s, presence.exists}};
        if (presence.exists)
            object.insert(u"size"_s, presence.size < 0 ? QJsonValue() : presence.size);
        output().writeResult(object, presence.exists ? Text::tr("It exists.")
                                                     : Text::tr("It does not exist."));
        succeed(presence.exists ? ExitStatus::Done : ExitStatus::NotFound);
    }
};

} // namespace

CommandEntry blobExistsEntry()
{
    return {u"blob exists"_s,
            u"HOST/REPO@DIGEST"_s,
            Text::tr("Whether a blob is there: exit status 0 or 4."),
            {},
            &makeCommand<BlobExistsCommand>};
}

} // namespace Longshore
