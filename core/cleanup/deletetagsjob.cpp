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
constexpr std::chrono::seconds longestLookAhead{1}; // Older is not "right before".

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
    m_clock.start();
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
        m_report.times.backup = std::chrono::nanoseconds(m_clock.nsecsElapsed());
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
            return beginGroup();
        m_subjects = subjectsWithin(m_plan, m_now, m_report.backup.subjects);
        m_order = deletionOrder(m_plan, m_now, m_subjects);
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
    m_isStopping = true;
    settle(State::Failed, error);
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
    emit progressChanged(m_step, m_plan.groups.size());
    beginGroup();
}

void DeleteTagsJob::beginGroup()
{
    const auto ahead = std::exchange(m_ahead, std::nullopt);
    if (m_isStopping || m_step == m_plan.groups.size())
        return end();
    const auto goOn = [this] {
        m_clock.start();
        lookAgain(); // Somebody may have changed anything in the meantime.
    };
    if (m_gate.holds(goOn))
        return enter(Stage::Paused);
    if (const auto change = changeSincePreview(group(), m_now, {m_subjects, m_gone}))
        return settle(State::Skipped, change);
    // A failure may come from what went just then: it is looked at anew.
    const bool isClear = ahead && (*ahead || ahead->error().kind == Error::Kind::Changed);
    if (isClear && !m_isAheadStale.hasExpired())
        return handleCheck(*ahead);
    checkAgain();
}

/// Deletes only what is still exactly what the user saw.
void DeleteTagsJob::checkAgain()
{
    enter(Stage::Check);
    runTimed(new CheckGroupJob(m_session, m_plan.repository, group(), m_newTags),
             &DeletionTimes::rechecks,
             [this](const Result<QList<Tag>> &checked) { handleCheck(checked); });
}

void DeleteTagsJob::handleCheck(const Result<QList<Tag>> &checked)
{
    if (checked) {
        DeletionOutcome &outcome = m_report.outcomes[m_order.at(m_step)];
        outcome.goneTags = *checked;
        if (isSaved())
            return remove();
        if (!outcome.tags().isEmpty())
            return settle(State::Skipped, isThereAgain());
        return handleRemoval();
    }
    settle(checked.error().kind == Error::Kind::Changed ? State::Skipped : State::Failed,
           checked.error());
}

void DeleteTagsJob::remove()
{
    enter(Stage::Delete);
    const QList<Tag> tags = m_report.outcomes.at(m_order.at(m_step)).tags();
    runTimed(new DeleteGroupJob(m_session, m_plan.repository, group().manifest.digest, tags),
             &DeletionTimes::deletions, [this](const Result<Done> &result) {
                 if (result || result.error().kind == Error::Kind::NotFound)
                     return handleRemoval(); // Gone is gone, whoever did it.
                 if (result.error().kind == Error::Kind::Changed
                     || isProtectedByServer(result.error())) // Others may go all the same.
                     return settle(State::Skipped, result.error());
                 settle(result.error().kind == Error::Kind::Ambiguous ? State::Unverified
                                                                      : State::Failed,
                        result.error());
             });
}

/// The look at the next one asks for other things than the look at this one, and waits for nothing.
/// It is not made earlier: what changes while this one is deleted has to be seen.
void DeleteTagsJob::handleRemoval()
{
    forgetTags();
    m_openParts = 2;
    verify();
    checkAhead();
}

void DeleteTagsJob::checkAhead()
{
    if (m_isStopping || m_step + 1 == m_order.size())
        return partDone();
    m_isAheadStale.setRemainingTime(longestLookAhead);
    const DeletionGroup &next = m_plan.groups.at(m_order.at(m_step + 1));
    runTimed(new CheckGroupJob(m_session, m_plan.repository, next, m_newTags),
             &DeletionTimes::rechecks, [this](const Result<QList<Tag>> &checked) {
                 m_ahead = checked;
                 partDone();
             });
}

/// What became of the image; it counts when the look ahead is over, too.
void DeleteTagsJob::conclude(State state, const std::optional<Error> &error)
{
    m_verdict = {state, error};
    partDone();
}

void DeleteTagsJob::partDone()
{
    if (--m_openParts == 0)
        settle(m_verdict.first, m_verdict.second);
}

void DeleteTagsJob::enter(Stage stage)
{
    const bool isAboutAll = m_step < 0 || stage == Stage::Paused;
    m_progress.stage = stage;
    m_progress.tags = isAboutAll ? QList<Tag>() : group().allTags();
    emit stepped(m_progress);
}

/// From now on such a tag is somebody else's, and new.
void DeleteTagsJob::forgetTags()
{
    const QList<Tag> tags = group().allTags();
    for (const Tag &tag : tags)
        m_newTags.known.remove(tag.toString());
}

void DeleteTagsJob::settle(State state, const std::optional<Error> &error)
{
    DeletionOutcome &outcome = m_report.outcomes[m_order.at(m_step)];
    outcome.state = state;
    outcome.error = error;
    if (state != State::Deleted && outcome.tags().isEmpty())
        outcome.goneTags.clear(); // Else nothing would tell that the image is still there, and why.
    m_progress.count(outcome);
    emit stepped(m_progress);
    forgetTags();
    if (state == State::Deleted)
        m_gone.insert(outcome.group.manifest.digest);
    QString remark = error ? error->message : QString();
    if (!error && !outcome.goneTags.isEmpty())
        remark = tr("Already gone: %1.").arg(namesOf(outcome.goneTags).join(QStringLiteral(", ")));
    m_run.note(m_order.at(m_step), {DeletionOutcome::stateName(state), remark});
    const bool isFailure = state == State::Failed || state == State::Unverified;
    m_failuresInARow = isFailure ? m_failuresInARow + 1 : 0;
    const bool isRefused = isFailure && error && isRefusal(*error);
    if (isRefused && state == State::Failed && !m_report.mayHaveChanged()) {
        m_run.end();
        return fail(*error);
    }
    if (isRefused || m_failuresInARow >= mostFailuresInARow) {
        emit progressChanged(m_plan.groups.size(), m_plan.groups.size());
        return end();
    }
    nextGroup();
}

} // namespace Longshore
