// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/sessionrun.h"

#include "core/registry/registrysession.h"
#include "core/transfer/transfertask.h"

namespace Longshore {

QString userOf(const Credentials &credentials)
{
    if (credentials.isEmpty())
        return QStringLiteral("anonymous");
    return credentials.user.isEmpty() ? QString(Credentials::identityTokenUser) : credentials.user;
}

JournalRun runOn(const RegistrySession &session, JournalRun::Kind kind,
                 const RepositoryName &repository, const QString &backupFolder)
{
    JournalRun run{kind, session.host(), repository, backupFolder};
    run.user = userOf(session.credentialsFor(repository));
    run.connection = session.objectName();
    return run;
}

JournalRun runOf(const PlacedImage &stored)
{
    const auto kind = stored.wasThere ? JournalRun::Kind::Tagging : JournalRun::Kind::Copy;
    JournalRun run = runOn(*stored.registry, kind, stored.repository, stored.backupFolder);
    const Tag *tag = stored.place.tag();
    run.items = {{stored.image,
                  tag ? QList<Tag>{*tag} : QList<Tag>(),
                  {QStringLiteral("stored")},
                  stored.replaced}};
    return run;
}

JournalRun unverified(JournalRun run, const Error &error)
{
    run.items.first().result = {QStringLiteral("unverified"), error.message};
    return run;
}

JournalRun runOfBlob(const RegistrySession &session, JournalRun::Kind kind,
                     const RepositoryName &repository, const Digest &blob,
                     const JournalResult &state)
{
    JournalRun run = runOn(session, kind, repository);
    run.items = {{blob, {}, state}};
    return run;
}

} // namespace Longshore
