// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/runcleanupjob.h"

#include "core/base/displaytext.h"
#include "core/cleanup/backup.h"
#include "core/cleanup/checkgroupsjob.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/sessionrun.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/deletemanifestjob.h"
#include "core/registry/registrysession.h"

#include <algorithm>

namespace Longshore {

using namespace Qt::StringLiterals;

using State = UntagOutcome::State;
using Stage = RunProgress::Stage;

RunCleanupJob::RunCleanupJob(RegistrySession &session, const CleanupRun &run, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_run(run)
    , m_plan(deletionPlanFor(run.decisions, run.snapshot))
    , m_report{run.decisions.repository, {run.decisions.repository, {}, {}}}
    , m_now{run.decisions.repository, {}, {}, {}, {}, {}}
{
    m_plan.savesLayers = run.savesLayers;
    m_tagRun.setJournal(run.journal);
    for (const TagDecision &tag : run.decisions.tags) {
        if (tag.kind == TagDecision::Kind::Untag)
            m_report.untagged.append({tag.tag, tag.manifest.digest});
    }
}

QString RunCleanupJob::tagBackupFolder(const QString &backupFolder)
{
    return backupFolder + Backup::tagsEnding;
}

/// What the tags point to that go alone, as if it went with them: whatever happens to it by mistake,
/// it can be put back.
DeletionPlan RunCleanupJob::tagPlan() const
{
    DeletionPlan plan = planDeletion(m_run.snapshot, m_report.leavingTags());
    plan.savesLayers = m_run.savesLayers;
    return plan;
}

void RunCleanupJob::doStart()
{
    if (m_isStopping)
        return succeed(m_report);
    if (m_gate.holds([this] { doStart(); }))
        return enter(Stage::Paused);
    if (m_report.untagged.isEmpty())
        return deleteManifests();
    enter(Stage::Backup);
    m_tagBackup = new SaveBackupJob(m_session, tagPlan(), tagBackupFolder(m_run.backupFolder));
    m_tagBackup->setLeavesOutMissing();
    connect(m_tagBackup, &Job::progressChanged, this, &RunCleanupJob::savingProgressed);
    runChild(m_tagBackup.get(), [this](const Result<SavedBackup> &backup) {
        if (!backup)
            return fail(backup.error());
        m_tagBackup.clear();
        m_report.tagBackup = *backup;
        beginTagRun();
    });
}

/// At once, so that nobody takes the backup for one that is not needed.
void RunCleanupJob::beginTagRun()
{
    JournalRun run = runOn(m_session, JournalRun::Kind::Untagging, m_report.repository,
                           m_report.tagBackup.folder);
    for (const UntagOutcome &outcome : std::as_const(m_report.untagged))
        run.items.append({outcome.digest, {outcome.tag}});
    ResultJob<qint64> *begin = m_tagRun.begin(run);
    if (!begin)
        return deleteManifests();
    runChild(begin, [this](const Result<qint64> &id) {
        if (!id)
            return fail(id.error());
        m_tagRun.setId(*id);
        deleteManifests();
    });
}

void RunCleanupJob::stop()
{
    m_isStopping = true;
    if (m_tagBackup)
        return cancel();
    if (m_deletion)
        m_deletion->stop();
    if (m_look)
        m_look->cancel();
    if (m_gate.abandon())
        end();
}

void RunCleanupJob::pause()
{
    m_gate.close();
    if (m_deletion)
        m_deletion->pause();
}

void RunCleanupJob::resume()
{
    m_gate.open();
    if (m_deletion)
        m_deletion->resume();
}

void RunCleanupJob::deleteManifests()
{
    if (m_plan.groups.isEmpty())
        return lookAgain();
    auto *deletion = new DeleteTagsJob(m_session, m_plan, m_run.backupFolder);
    deletion->setJournal(m_run.journal);
    m_deletion = deletion;
    if (m_isStopping)
        deletion->stop();
    if (m_gate.isClosed())
        deletion->pause();
    connect(deletion, &DeleteTagsJob::stepped, this, [this](const RunProgress &progress) {
        m_progress = progress;
        emit stepped(progress);
    });
    connect(deletion, &Job::progressChanged, this, [this](qint64 done, qint64 total) {
        emit progressChanged(done, total + m_report.untagged.size());
    });
    connect(deletion, &DeleteTagsJob::savingProgressed, this, &RunCleanupJob::savingProgressed);
    runChild(deletion, [this](const Result<DeletionReport> &report) {
        if (!report)
            return fail(report.error());
        m_report.deletion = *report;
        lookAgain();
    });
}

void RunCleanupJob::lookAgain()
{
    if (m_report.untagged.isEmpty() || m_isStopping)
        return succeed(m_report);
    enter(Stage::Check);
    m_look = new TakeSnapshotJob(m_session, m_report.repository);
    runChild(m_look.get(), [this](const Result<RepositorySnapshot> &now) {
        m_look.clear();
        if (m_isStopping)
            return end();
        if (!now || now->incomplete)
            return giveUp(now ? *now->incomplete : now.error());
        m_now = *now;
        m_kept = KeptImages(m_run.snapshot, m_now, m_report.leavingTags());
        if (m_step < 0)
            return nextTag();
        beginTag();
    });
}

void RunCleanupJob::noteGone()
{
    m_report.untagged[m_step].state = State::AlreadyGone;
    m_tagRun.note(m_step, {UntagOutcome::stateName(State::AlreadyGone)});
    forgetTag();
}

/// The next one has it no longer for a sibling.
void RunCleanupJob::forgetTag()
{
    const Tag tag = m_report.untagged.at(m_step).tag;
    m_now.tags.removeIf([&tag](const auto &entry) { return entry.first == tag; });
}

/// Whether the next tag still is what the user saw; else it is settled.
bool RunCleanupJob::isUnchanged()
{
    const UntagOutcome &outcome = m_report.untagged.at(m_step);
    const auto manifest = m_now.find(outcome.tag);
    if (!manifest) {
        noteGone();
        return false;
    }
    const std::optional<Error> objection =
        manifest->digest == outcome.digest
            ? objectionTo(outcome)
            : Error{Error::Kind::Changed,
                    tr("%1 has moved since the preview.").arg(quotedText(outcome.tag.toString()))};
    if (objection)
        settle(State::Skipped, *objection);
    return !objection;
}

/// Why a tag stays that is where it was.
std::optional<Error> RunCleanupJob::objectionTo(const UntagOutcome &outcome) const
{
    if (m_report.tagBackup.missing.contains(outcome.digest))
        return isThereAgain();
    return m_kept.objectionTo(outcome.tag, outcome.digest);
}

void RunCleanupJob::settle(State state, const Error &reason)
{
    const qsizetype step = std::max<qsizetype>(m_step, 0); // Before the first: it stands for all.
    UntagOutcome &outcome = m_report.untagged[step];
    outcome.state = state;
    outcome.error = reason;
    m_progress.count(outcome);
    m_tagRun.note(step, {UntagOutcome::stateName(state), reason.message});
}

void RunCleanupJob::enter(Stage stage)
{
    m_progress.stage = stage;
    m_progress.tags.clear();
    if (stage == Stage::Delete)
        m_progress.tags.append(m_report.untagged.at(m_step).tag);
    emit stepped(m_progress);
}

void RunCleanupJob::end()
{
    m_tagRun.end();
    succeed(m_report);
}

void RunCleanupJob::nextTag()
{
    ++m_step;
    beginTag();
}

void RunCleanupJob::beginTag()
{
    while (m_step < m_report.untagged.size() && !isUnchanged())
        ++m_step;
    const qint64 done = m_plan.groups.size() + m_step;
    emit progressChanged(done, m_plan.groups.size() + m_report.untagged.size());
    emit stepped(m_progress);
    if (m_step == m_report.untagged.size() || m_isStopping)
        return end();
    if (m_gate.holds([this] { lookAgain(); })) // Somebody may have changed anything meanwhile.
        return enter(Stage::Paused);
    enter(Stage::Delete);
    const UntagOutcome &next = m_report.untagged.at(m_step);
    auto *removal = new RemoveTagJob(
        m_session, {m_now, next.tag, m_run.placeholder, false, m_kept.keeperOf(next.digest)});
    runChild(removal, [this, removal](const Result<RemovedTag> &removed) {
        handleRemoval(removed, removal->hasMoved());
    });
}

void RunCleanupJob::handleRemoval(const Result<RemovedTag> &removed, bool hasMoved)
{
    // It is about this tag alone: the others may go all the same.
    if (!removed && (hasMoved || isProtectedByServer(removed.error()))) {
        settle(State::Skipped, removed.error());
        return nextTag();
    }
    if (!removed && removed.error().kind == Error::Kind::NotFound)
        return askWhetherItWasThere(removed.error());
    if (!removed)
        return giveUp(removed.error());
    m_report.untagged[m_step].state = State::Removed;
    m_progress.count(m_report.untagged.at(m_step));
    m_tagRun.note(m_step, {u"untagged"_s});
    forgetTag();
    nextTag();
}

/// Something else that is not there may be the reason as well.
void RunCleanupJob::askWhetherItWasThere(const Error &error)
{
    const Tag &tag = m_report.untagged.at(m_step).tag;
    runChild(m_session.resolve(m_report.repository, tag, Session::Priority::Interactive),
             [this, error](const Result<Descriptor> &found) {
                 if (found || found.error().kind != Error::Kind::NotFound)
                     return giveUp(error);
                 noteGone();
                 nextTag();
             });
}

void RunCleanupJob::giveUp(const Error &error)
{
    if (!m_report.hasChanged() && isRefusal(error)) {
        m_tagRun.end();
        return fail(error);
    }
    settle(State::Failed, error);
    emit stepped(m_progress);
    end();
}

} // namespace Longshore
