// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"

#include "core/base/displaytext.h"
#include "core/cleanup/deletegroupjob.h"
#include "core/cleanup/deletionorder.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/sessionrun.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/oci/tagnames.h"
#include "core/registry/deletemanifestjob.h"
#include "core/registry/registrysession.h"

namespace Longshore {

using State = DeletionOutcome::State;
using Stage = RunProgress::Stage;

constexpr int mostFailuresInARow = 5;

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
    if (m_backup || (m_secondLook && m_step < 0))
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
        if (m_step >= 0)
            return beginGroups();
        m_subjects = subjectsWithin(m_plan, m_now, m_report.backup.subjects);
        m_order = deletionOrder(m_plan, m_now, m_subjects);
        emit progressChanged(0, m_order.size());
        proveHead();
    });
}

/// Nothing goes in what nobody can see completely, be it only after a pause.
void DeleteTagsJob::endBlind(const Error &error)
{
    if (m_step < 0)
        return fail(error);
    if (error.isCancelled())
        return end();
    settle(m_step, State::Failed, error);
    end();
}

/// Where HEAD is known to find what is there, it is believed that something is not.
void DeleteTagsJob::proveHead()
{
    if (m_order.size() < 2) // There is nothing to gain.
        return nextGroup();
    const Digest &last = m_plan.groups.at(m_order.last()).manifest.digest;
    auto *look = new ResolveJob(m_session.client(), {m_session.urls(), m_plan.repository, last});
    runChild(look, [this, look](const Result<Descriptor> &found) {
        m_absence = found && look->isAnsweredByHead() ? ResolveJob::Absence::ByHead
                                                      : ResolveJob::Absence::ByGet;
        nextGroup();
    });
}

void DeleteTagsJob::nextGroup()
{
    ++m_step;
    beginGroups();
}

/// Begins with the first group from this one on that is still as it was seen.
void DeleteTagsJob::beginGroups()
{
    const auto goOn = [this] {
        m_clock.start();
        lookAgain(); // Somebody may have changed anything in the meantime.
    };
    for (;; ++m_step) {
        const bool isOver = m_isStopping || m_step == m_order.size();
        const auto change = isOver ? std::optional<Error>()
                                   : changeSincePreview(group(), m_now, {m_subjects, m_gone});
        // Where the last one is what needs this one, it has to be seen to be gone.
        if (m_last && (isOver || change || m_gate.isClosed()))
            return whenVerified([this] { beginGroups(); });
        if (isOver)
            return end();
        if (m_gate.holds(goOn))
            return enter(Stage::Paused);
        if (!change)
            return checkAgain();
        settle(m_step, State::Skipped, change);
    }
}

/// Deletes only what is still exactly what the user saw.
void DeleteTagsJob::checkAgain()
{
    enter(Stage::Check, group().allTags());
    runTimed(new CheckGroupJob(m_session, m_plan.repository, group(), m_newTags),
             &DeletionTimes::rechecks,
             [this](const Result<QList<Tag>> &checked) { handleCheck(checked); });
}

void DeleteTagsJob::handleCheck(const Result<QList<Tag>> &checked)
{
    if (m_isStopping || m_gate.isClosed())
        return beginGroups(); // Somebody has said so in the meantime.
    if (checked) {
        DeletionOutcome &outcome = m_report.outcomes[m_order.at(m_step)];
        outcome.goneTags = *checked;
        if (isSaved(group()))
            return remove();
        if (!outcome.tags().isEmpty())
            return leave(State::Skipped, isThereAgain());
        return whenVerified([this] { handleRemoval(); });
    }
    if (checked.error().kind == Error::Kind::Changed)
        return leave(State::Skipped, checked.error());
    if (m_last) // It may have failed for what went just then.
        return whenVerified([this] { beginGroups(); });
    leave(State::Failed, checked.error());
}

/// The last one is verified meanwhile: a DELETE takes longer than the question, and what changes here
/// while it is under way is seen by the look that follows.
void DeleteTagsJob::remove()
{
    verifyLast();
    enter(Stage::Delete, group().allTags());
    const QList<Tag> tags = m_report.outcomes.at(m_order.at(m_step)).tags();
    runTimed(new DeleteGroupJob(m_session, m_plan.repository, group().manifest.digest, tags),
             &DeletionTimes::deletions, [this](const Result<Done> &result) {
                 whenVerified([this, result] { handleAnswer(result); });
             });
}

void DeleteTagsJob::handleAnswer(const Result<Done> &result)
{
    if (result || result.error().kind == Error::Kind::NotFound)
        return handleRemoval(); // Gone is gone, whoever did it.
    const Error &error = result.error();
    if (error.kind == Error::Kind::Changed || isProtectedByServer(error))
        return leave(State::Skipped, error); // Others may go all the same.
    leave(error.kind == Error::Kind::Ambiguous ? State::Unverified : State::Failed, error);
}

/// Only questions are asked beside a DELETE: what changes a list as well comes to its end before.
void DeleteTagsJob::handleRemoval()
{
    forgetTags(group());
    m_last = m_step;
    if (!isSaved(group()) || listedUnder(group()))
        return whenVerified([this] { nextGroup(); });
    nextGroup();
}

/// Goes on behind a group that was not deleted.
void DeleteTagsJob::leave(State state, const Error &error)
{
    whenVerified([this, state, error] {
        settle(m_step, state, error);
        nextGroup();
    });
}

void DeleteTagsJob::enter(Stage stage, const QList<Tag> &tags)
{
    m_progress.stage = stage;
    m_progress.tags = tags;
    emit stepped(m_progress);
}

/// From now on such a tag is somebody else's, and new.
void DeleteTagsJob::forgetTags(const DeletionGroup &group)
{
    const QList<Tag> tags = group.allTags();
    for (const Tag &tag : tags)
        m_newTags.known.remove(tag.toString());
}

void DeleteTagsJob::settle(qsizetype step, State state, const std::optional<Error> &error)
{
    DeletionOutcome &outcome = m_report.outcomes[m_order.at(step)];
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
    m_run.note(m_order.at(step), {DeletionOutcome::stateName(state), remark});
    const bool isFailure = state == State::Failed || state == State::Unverified;
    m_failuresInARow = isFailure ? m_failuresInARow + 1 : 0;
    const bool isRefused = isFailure && error && isRefusal(*error);
    if (isRefused && state == State::Failed && !m_report.mayHaveChanged())
        m_refusal = error;
    const bool isHopeless = isRefused || m_failuresInARow >= mostFailuresInARow;
    m_isStopping = m_isStopping || isHopeless;
    emit progressChanged(isHopeless ? m_order.size() : step + 1, m_order.size());
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
