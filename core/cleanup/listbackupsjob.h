// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/backupfolder.h"

namespace Longshore {

/// Lists the backups in a folder, in a worker, with what the journal knows of them. Fails as
/// RunJournal::runs().
class ListBackupsJob final : public ResultJob<QList<StoredBackup>>
{
    Q_OBJECT

public:
    /// A null \a journal knows nothing.
    ListBackupsJob(const QString &place, std::shared_ptr<RunJournal> journal,
                   QObject *parent = nullptr);

private:
    void doStart() override;
    void list(const QList<JournalRun> &runs);

    const QString m_place;
    const std::shared_ptr<RunJournal> m_journal;
};

} // namespace Longshore
