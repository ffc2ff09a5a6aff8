// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copywithbackupjob.h"

#include "core/cleanup/savebackupjob.h"
#include "core/registry/registrysession.h"

namespace Longshore {

CopyWithBackupJob::CopyWithBackupJob(Session &source, RegistrySession &target,
                                     const ImageCopyPlan &plan, const QString &folder,
                                     QObject *parent)
    : ResultJob(parent), m_source(source), m_target(target), m_plan(plan), m_folder(folder)
{}

void CopyWithBackupJob::doStart()
{
    if (const auto objection =
            m_target.client().objectionTo({.method = HttpRequest::Method::Put, .url = {}}))
        return fail(*objection); // Not only when the backup is written.
    if (!m_plan.wanted.to.tag())
        return copy();
    runChild(m_target.resolve(m_plan.wanted.toRepository, m_plan.wanted.to,
                              Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) { handleTag(found); });
}

void CopyWithBackupJob::handleTag(const Result<Descriptor> &found)
{
    if (!found && found.error().kind != Error::Kind::NotFound)
        return fail(found.error());
    if (!found || found->digest == m_plan.image.digest)
        return copy();
    if (found->digest != m_plan.replaced)
        return fail({Error::Kind::Changed,
                     tr("%1 was moved in the meantime and now names %2. Nothing was sent.")
                         .arg(m_plan.wanted.to.toString(), found->digest.toString())});
    save(*found);
}

void CopyWithBackupJob::save(const Descriptor &replaced)
{
    const Tag &tag = *m_plan.wanted.to.tag();
    const DeletionPlan leaving{m_plan.wanted.toRepository,
                               QDateTime::currentDateTimeUtc(),
                               {{replaced, {tag}, {}, {}}},
                               {},
                               {},
                               {{tag.toString(), replaced.digest.toString()}}};
    runChild(new SaveBackupJob(m_target, leaving, m_folder),
             [this](const Result<SavedBackup> &backup) {
                 if (!backup)
                     return fail(backup.error());
                 m_backup = *backup;
                 copy();
             });
}

void CopyWithBackupJob::copy()
{
    auto *job = new CopyImageJob(m_source, m_target, m_plan);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    connect(job, &CopyImageJob::placing, this, [this](const CopiedImage &copied) {
        emit placing({copied, m_backup});
    });
    connect(job, &CopyImageJob::placed, this, [this](const CopiedImage &copied) {
        emit placed({copied, m_backup});
    });
    runChild(job, [this](const Result<CopiedImage> &copied) {
        if (!copied)
            return fail(copied.error());
        succeed({*copied, m_backup});
    });
}

} // namespace Longshore
