// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/deletionreport.h"
#include "core/transfer/copyimagejob.h"

namespace Longshore {

/// What became of a copy, and of what was there before.
struct BackedCopy
{
    CopiedImage copied; ///< As CopyImageJob tells.
    std::optional<SavedBackup> backup = {}; ///< Of what the tag pointed to, where that lost it.
};

/// Carries a copy out as CopyImageJob does. Where the tag points to another image, as the plan tells,
/// that is saved first as SaveBackupJob does: before anything is sent.
///
/// Fails as these two; as Policy, before anything is read, where nothing may be changed; as Changed, before anything is sent, when the tag points to something that the
/// plan does not tell of.
class CopyWithBackupJob final : public ResultJob<BackedCopy>
{
    Q_OBJECT

public:
    /// Both sessions must outlive the job; they are those that the plan was made with. \a folder is
    /// for the backup, and is not made without one.
    CopyWithBackupJob(Session &source, RegistrySession &target, const ImageCopyPlan &plan,
                      const QString &folder, QObject *parent = nullptr);

signals:
    /// As CopyImageJob::placing().
    void placing(const Longshore::BackedCopy &copy);
    /// As CopyImageJob::placed().
    void placed(const Longshore::BackedCopy &copy);

private:
    void doStart() override;
    void handleTag(const Result<Descriptor> &found);
    void save(const Descriptor &replaced);
    void copy();

    Session &m_source;
    RegistrySession &m_target;
    const ImageCopyPlan m_plan;
    const QString m_folder;
    std::optional<SavedBackup> m_backup;
};

} // namespace Longshore
