// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"

#include "core/base/displaytext.h"
#include "core/cleanup/deletionorder.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/sessionrun.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/oci/tagnames.h"
#include "core/registry/registrysession.h"

#include <algorithm>

namespace Longshore {

using State = DeletionOutcome::State;
using Stage = RunProgress::Stage;

constexpr int mostFailuresInARow = 5;
constexpr qsizetype mostAtOnce = 4; // R8 of the deletion rules.

DeleteTagsJob::DeleteTagsJob(RegistrySession &session, const DeletionPlan &plan,
                             const QString &backupFolder, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_plan(plan)
    , m_backupFolder(backupFolder)
    , m_report{plan.repository, {}, {}, {}}
    , m_now{plan.repository, {}, {}, {}, {}, {}}
{
    for (const DeletionGroup &planned : plan.groups)
        m_report.outcomes.append({planned});
}

void DeleteTagsJob::doStart()
{
    if (m_isStopping)
        return succeed(m_report);
    m_wholeClock.start();
    if (m_plan.isBlocked())
        return fail(m_plan.incomplete.value_or(Error{
            Error::Kind::Policy, tr("The plan contains something that must not be deleted.")}));
    if (const auto objection =
            m_session.client().objectionTo({.method = HttpRequest::Method::Delete, .url = {}}))
        return fail(*objection); // Not only when the backup is written.
    enter(Stage::Backup);
    m_backup = new SaveBackupJob(m_session, m_plan, m_backupFolder);
    m_backup->setLeavesOutMissing();
    connect(m_backup, &Job::progressChanged, this, &DeleteTagsJob::savingProgressed);
    runChild(m_backup.get(), [this](const Result<SavedBackup> &backup) {
        if (!backup)
            return fail(backup.error()); // No backup, no deletion.
        m_backup.clear();
        m_report.backup = *backup;
        m_report.times.backup = std::chrono::nanoseconds(m_wholeClock.nsecsElapsed());
        m_clock.start();
        beginRun();
    });
}

void DeleteTagsJob::stop()
{
    m_isStopping = true;
    if (m_backup || (m_secondLook && !m_isUnderWay))
        return cancel();
    if (m_secondLook)
        m_secondLook->cancel();
    if (m_gate.abandon())
        end();
}

void DeleteTagsJob::beginRun()
{
    JournalRun run =
        runOn(m_session, JournalRun::Kind::Deletion, m_plan.repository, m_report.backup.folder);
    for (const DeletionGroup &planned : std::as_const(m_plan.groups))
        run.items.append({planned.manifest.digest, planned.allTags()});
    ResultJob<qint64> *begin = m_run.begin(run);
    if (!begin)
        return lookAgain();
    runChild(begin, [this](const Result<qint64> &id) {
        if (!id)
            return fail(id.error());
        m_run.setId(*id);
        lookAgain();
    });
}

void DeleteTagsJob::lookAgain()
{
    enter(Stage::Check);
    m_secondLook = new TakeSnapshotJob(m_session, m_plan.repository);
    runChild(m_secondLook.get(), [this](const Result<RepositorySnapshot> &now) {
        m_secondLook.clear();
        m_report.times.secondLook += std::chrono::nanoseconds(m_clock.nsecsElapsed());
        if (!now || now->incomplete)
            return endBlind(now ? *now->incomplete : now.error());
        m_now = *now;
        m_newTags.known.clear(); // What is gone by now would be new.
        m_newTags.goodFor = 0;
        for (const auto &[tag, manifest] : m_now.tags) {
            m_newTags.known.insert(tag.toString(), manifest.digest);
            m_gone.remove(manifest.digest); // Somebody has pushed it again during a pause.
        }
        if (m_isUnderWay) {
            m_isProven = false; // The server may be another one by now.
            return beginBatch();
        }
        m_subjects = subjectsWithin(m_plan, m_now, m_report.backup.subjects);
        m_waiting = deletionOrder(m_plan, m_now, m_subjects);
        emit progressChanged(0, m_plan.groups.size());
        proveHead();
    });
}

/// Nothing goes in what nobody can see completely, be it only after a pause.
void DeleteTagsJob::endBlind(const Error &error)
{
    if (!m_isUnderWay)
        return fail(error);
    if (error.isCancelled())
        return end();
    settle(m_waiting.takeFirst(), State::Failed, error);
    end();
}

/// Where HEAD is known to find what is there, it is believed that something is not.
void DeleteTagsJob::proveHead()
{
    if (m_waiting.size() < 2) // There is nothing to gain.
        return beginBatch();
    const Digest &last = group(m_waiting.last()).manifest.digest;
    auto *look = new ResolveJob(m_session.client(), {m_session.urls(), m_plan.repository, last});
    runChild(look, [this, look](const Result<Descriptor> &found) {
        m_absence = found && look->isAnsweredByHead() ? ResolveJob::Absence::ByHead
                                                      : ResolveJob::Absence::ByGet;
        beginBatch();
    });
}

/// Takes the next ones that are still as they were seen.
void DeleteTagsJob::beginBatch()
{
    const auto goOn = [this] {
        m_clock.start();
        lookAgain(); // Somebody may have changed anything in the meantime.
    };
    m_isUnderWay = true;
    if (!m_waiting.isEmpty() && !m_isStopping && m_gate.holds(goOn))
        return enter(Stage::Paused);
    const qsizetype most = m_isProven && m_bearsCompany ? mostAtOnce : 1;
    m_batch.clear();
    while (!m_waiting.isEmpty() && !m_isStopping && m_batch.size() < most) {
        const auto change =
            changeSincePreview(group(m_waiting.first()), m_now, {m_subjects, m_gone});
        if (change && !m_batch.isEmpty())
            break; // One of these may be what needs it: it has to be seen to be gone.
        const qsizetype next = m_waiting.takeFirst();
        if (change)
            settle(next, State::Skipped, change);
        else
            m_batch.append(next);
    }
    if (!isRunning())
        return; // Who was told what was skipped may have cancelled it.
    if (m_batch.isEmpty())
        return end();
    checkAgain();
}

void DeleteTagsJob::enter(Stage stage, const QList<qsizetype> &groups)
{
    m_progress.stage = stage;
    m_progress.tags.clear();
    for (const qsizetype index : groups)
        m_progress.tags.append(group(index).allTags());
    emit stepped(m_progress);
}

/// From now on such a tag is somebody else's, and new.
void DeleteTagsJob::forgetTags(const DeletionGroup &group)
{
    const QList<Tag> tags = group.allTags();
    for (const Tag &tag : tags)
        m_newTags.known.remove(tag.toString());
}

void DeleteTagsJob::settle(qsizetype index, State state, const std::optional<Error> &error)
{
    DeletionOutcome &outcome = m_report.outcomes[index];
    outcome.state = state;
    outcome.error = error;
    if (state != State::Deleted && outcome.tags().isEmpty())
        outcome.goneTags.clear(); // Else nothing would tell that the image is still there, and why.
    m_progress.count(outcome);
    emit stepped(m_progress);
    forgetTags(outcome.group);
    if (state == State::Deleted)
        m_gone.insert(outcome.group.manifest.digest);
    QString remark = error ? error->message : QString();
    if (!error && !outcome.goneTags.isEmpty())
        remark = tr("Already gone: %1.").arg(namesOf(outcome.goneTags).join(QStringLiteral(", ")));
    m_run.note(index, {DeletionOutcome::stateName(state), remark});
    const bool isFailure = state == State::Failed || state == State::Unverified;
    m_isProven = state == State::Deleted || (m_isProven && !isFailure);
    m_failuresInARow = isFailure ? m_failuresInARow + 1 : 0;
    const bool isRefused = isFailure && error && isRefusal(*error);
    if (isRefused && state == State::Failed && !m_report.mayHaveChanged())
        m_refusal = error;
    const bool isHopeless = isRefused || m_failuresInARow >= mostFailuresInARow;
    m_isStopping = m_isStopping || isHopeless;
    const qsizetype all = m_plan.groups.size();
    m_settled = isHopeless ? all : std::min(m_settled + 1, all);
    emit progressChanged(m_settled, all);
}

void DeleteTagsJob::end()
{
    m_run.end();
    if (m_refusal)
        return fail(*m_refusal);
    m_report.times.whole = std::chrono::nanoseconds(m_wholeClock.nsecsElapsed());
    succeed(m_report);
}

} // namespace Longshore
