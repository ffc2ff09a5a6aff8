// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/backup.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/registrysession.h"
#include "support/outcome.h"

/// Deletes tags with all that goes with them, and gives the backup that was written to \a folder.
/// The test ends when that does not work.
inline Longshore::Backup deleteTags(Longshore::RegistrySession &session, const QString &repository,
                                    const QStringList &names, const QString &folder)
{
    using namespace Longshore;
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(session, *RepositoryName::parse(repository)));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    QList<Tag> chosen;
    for (const QString &name : names)
        chosen.append(*Tag::parse(name));
    const auto report =
        outcomeOf(new DeleteTagsJob(session, planDeletion(*snapshot, chosen), folder));
    if (!report || !report->isComplete())
        qFatal("not deleted: %s", report ? "" : qPrintable(report.error().message));
    const CancelFlag never = false;
    const auto backup = readBackup(folder, never);
    if (!backup)
        qFatal("no backup: %s", qPrintable(backup.error().message));
    return *backup;
}
