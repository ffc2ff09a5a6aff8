// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/runcleanupjob.h"

#include "core/base/displaytext.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/registrysession.h"

#include <algorithm>

namespace Longshore {

using State = UntagOutcome::State;

RunCleanupJob::RunCleanupJob(RegistrySession &session, const CleanupRun &run, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_run(run)
    , m_plan(deletionPlanFor(run.decisions, run.snapshot))
    , m_report{run.decisions.repository, {run.decisions.repository, {}, {}}}
    , m_now{run.decisions.repository, {}, {}, {}, {}, {}}
{
    for (const TagDecision &tag : run.decisions.tags) {
        if (tag.kind == TagDecision::Kind::Untag)
            m_report.untagged.append({tag.tag, tag.manifest.digest});
    }
}

/// What the tags point to that go alone, as if it went with them: whatever happens to it by mistake,
/// it can be put back.
DeletionPlan RunCleanupJob::tagPlan() const
{
    QList<Tag> tags;
    for (const UntagOutcome &outcome : m_report.untagged)
        tags.append(outcome.tag);
    return planDeletion(m_run.snapshot, tags);
}

void RunCleanupJob::doStart()
{
    if (m_report.untagged.isEmpty())
        return deleteManifests();
    runChild(new SaveBackupJob(m_session, tagPlan(), m_run.backupFolder + QLatin1String("-tags")),
             [this](const Result<SavedBackup> &backup) {
                 if (!backup)
                     return fail(backup.error());
                 m_report.tagBackup = *backup;
                 deleteManifests();
             });
}

void RunCleanupJob::deleteManifests()
{
    if (m_plan.groups.isEmpty())
        return lookAgain();
    auto *deletion = new DeleteTagsJob(m_session, m_plan, m_run.backupFolder);
    deletion->setJournal(m_run.journal);
    connect(deletion, &Job::progressChanged, this, [this](qint64 done, qint64 total) {
        emit progressChanged(done, total + m_report.untagged.size());
    });
    runChild(deletion, [this](const Result<DeletionReport> &report) {
        if (!report)
            return fail(report.error());
        m_report.deletion = *report;
        lookAgain();
    });
}

void RunCleanupJob::lookAgain()
{
    if (m_report.untagged.isEmpty())
        return succeed(m_report);
    runChild(new TakeSnapshotJob(m_session, m_report.repository),
             [this](const Result<RepositorySnapshot> &now) {
                 if (!now || now->incomplete)
                     return giveUp(now ? *now->incomplete : now.error());
                 m_now = *now;
                 nextTag();
             });
}

/// Whether a tag still is what the user saw; else it is settled.
bool RunCleanupJob::isUnchanged(UntagOutcome &outcome) const
{
    const auto manifest = m_now.find(outcome.tag);
    if (manifest && manifest->digest == outcome.digest)
        return true;
    outcome.state = State::Skipped;
    outcome.error =
        Error{Error::Kind::Changed,
              tr("%1 has moved since the preview.").arg(quotedText(outcome.tag.toString()))};
    return false;
}

void RunCleanupJob::nextTag()
{
    do
        ++m_step;
    while (m_step < m_report.untagged.size() && !isUnchanged(m_report.untagged[m_step]));
    const qint64 done = m_plan.groups.size() + m_step;
    emit progressChanged(done, m_plan.groups.size() + m_report.untagged.size());
    if (m_step == m_report.untagged.size())
        return succeed(m_report);
    const Tag &tag = m_report.untagged.at(m_step).tag;
    runChild(new RemoveTagJob(m_session, {m_now, tag, m_run.placeholder}),
             [this](const Result<RemovedTag> &removed) { handleRemoval(removed); });
}

void RunCleanupJob::handleRemoval(const Result<RemovedTag> &removed)
{
    if (!removed)
        return giveUp(removed.error());
    const Tag tag = m_report.untagged.at(m_step).tag;
    m_report.untagged[m_step].state = State::Removed;
    // The next one has it no longer for a sibling.
    m_now.tags.removeIf([&tag](const auto &entry) { return entry.first == tag; });
    nextTag();
}

/// Whether the server has said no, and so done nothing.
static bool isRefusal(const Error &error)
{
    return error.kind == Error::Kind::Unauthorized || error.kind == Error::Kind::Forbidden
           || error.kind == Error::Kind::Unsupported || error.kind == Error::Kind::Policy;
}

void RunCleanupJob::giveUp(const Error &error)
{
    const bool hasChanged =
        !m_report.deletion.outcomes.isEmpty()
        || std::any_of(m_report.untagged.begin(), m_report.untagged.end(),
                       [](const UntagOutcome &one) { return one.state == State::Removed; });
    if (!hasChanged && isRefusal(error))
        return fail(error);
    UntagOutcome &outcome = m_report.untagged[std::max<qsizetype>(m_step, 0)];
    outcome.state = State::Failed;
    outcome.error = error;
    succeed(m_report);
}

} // namespace Longshore
