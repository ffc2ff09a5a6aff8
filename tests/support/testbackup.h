// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/backup.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/registrysession.h"
#include "support/outcome.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

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

/// Makes a backup say that it was taken on that day of a month: of several, the newest comes first. The
/// test ends when that does not work.
inline void setTaken(const QString &folder, int day)
{
    QFile record(folder + u'/' + Longshore::Backup::recordName);
    if (!record.open(QIODevice::ReadWrite))
        qFatal("no backup to date");
    QJsonObject object = QJsonDocument::fromJson(record.readAll()).object();
    object.insert(QStringLiteral("taken"),
                  QDateTime(QDate(2025, 3, day), QTime(12, 0), Qt::UTC).toString(Qt::ISODate));
    record.resize(0);
    if (!record.seek(0) || record.write(QJsonDocument(object).toJson()) < 0)
        qFatal("the backup cannot be dated");
}
