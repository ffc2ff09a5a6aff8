// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/removeoldtagjob.h"

#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/cleanup/deletionscope.h"
#include "core/cleanup/runcleanupjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/tagremovalproof.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/registrysession.h"

#include <algorithm>

namespace Longshore {

using State = UntagOutcome::State;

std::optional<Error> objectionToOldTags(RegistrySession &session, const RepositoryName &repository)
{
    constexpr auto native = TagRemovalProof::Method::Native;
    const TagRemovalProof &proof = TagRemovalProof::of(session);
    if (const auto blocked = proof.objectionTo(native))
        return blocked;
    switch (proof.finding(native, repository)) {
    case TagRemovalProof::Finding::Proven: return {};
    case TagRemovalProof::Finding::Absent:
        return Error{Error::Kind::Unsupported,
                     RemoveOldTagJob::tr("This server does not remove tags alone.")};
    case TagRemovalProof::Finding::Unknown: break;
    }
    return Error{Error::Kind::Policy,
                 RemoveOldTagJob::tr("It is not proven yet that this server removes tags of %1 "
                                     "alone. It is once one was removed so by \"Delete\".")
                     .arg(quotedText(repository.toString()))};
}

RemoveOldTagJob::RemoveOldTagJob(RegistrySession &session, const OldTag &old,
                                 std::shared_ptr<RunJournal> journal, QObject *parent)
    : ResultJob(parent), m_session(session), m_old(old), m_journal(std::move(journal))
{}

void RemoveOldTagJob::doStart()
{
    // Whoever agreed to it may have been somebody else.
    if (const auto objection = objectionToOldTags(m_session, m_old.repository))
        return stay(*objection);
    runChild(new TakeSnapshotJob(m_session, m_old.repository),
             [this](const Result<RepositorySnapshot> &snapshot) {
                 if (!snapshot)
                     return stay(snapshot.error());
                 handleSnapshot(*snapshot);
             });
}

void RemoveOldTagJob::handleSnapshot(const RepositorySnapshot &snapshot)
{
    if (const auto objection = objectionTo(snapshot))
        return stay(*objection);
    if (snapshot.find(m_old.tag))
        return remove(snapshot);
    m_outcome.state = State::AlreadyGone;
    succeed(m_outcome);
}

/// Why the tag has to stay, going by what is there now.
std::optional<Error> RemoveOldTagJob::objectionTo(const RepositorySnapshot &snapshot) const
{
    if (snapshot.incomplete)
        return snapshot.incomplete;
    if (m_old.newTags.isEmpty() || m_old.newTags.contains(m_old.tag))
        return Error{Error::Kind::InvalidInput, tr("The image has got no other tag.")};
    const auto old = snapshot.find(m_old.tag);
    if (old && old->digest != m_old.image)
        return Error{Error::Kind::Changed,
                     tr("%1 was moved in the meantime.").arg(quotedText(m_old.tag.toString()))};
    for (const Tag &tag : m_old.newTags) {
        const auto found = snapshot.find(tag);
        if (!found || found->digest != m_old.image)
            return Error{
                Error::Kind::Changed,
                tr("%1 does not point to the image any more.").arg(quotedText(tag.toString()))};
    }
    return {};
}

void RemoveOldTagJob::remove(const RepositorySnapshot &snapshot)
{
    const auto decisions =
        decisionsFor(planDeletion(snapshot, {m_old.tag}), snapshot, DeletionScope::OnlyTags);
    CleanupRun run{decisions, snapshot,
                   SaveBackupJob::defaultFolder(m_session.host(), m_old.repository)};
    run.journal = m_journal;
    m_folder = RunCleanupJob::tagBackupFolder(run.backupFolder);
    auto *job = new RunCleanupJob(m_session, run);
    connect(job, &RunCleanupJob::stepped, this, &RemoveOldTagJob::noteStep);
    runChild(job, [this](const Result<CleanupReport> &report) { handleReport(report); });
}

void RemoveOldTagJob::handleReport(const Result<CleanupReport> &report)
{
    if (!report)
        return stay(report.error());
    const UntagOutcome &untagged = report->untagged.constFirst();
    m_outcome.state = untagged.state;
    m_outcome.backupFolder = report->tagBackup.folder;
    if (untagged.error)
        return stay(*untagged.error);
    succeed(m_outcome);
}

/// A run that fails tells of no backup.
void RemoveOldTagJob::noteStep(const RunProgress &progress)
{
    using Stage = RunProgress::Stage;
    if (progress.stage != Stage::Backup)
        m_outcome.backupFolder = m_folder;
    m_isTried = m_isTried || progress.stage == Stage::Delete;
}

/// Whoever reads that it failed wants to know what there is.
void RemoveOldTagJob::stay(const Error &reason)
{
    m_outcome.error = reason;
    auto *look = new ForEachJob<Tag, Descriptor>(
        QList<Tag>{m_old.tag} + m_old.newTags,
        [this](const Tag &tag) {
            return m_session.resolve(m_old.repository, tag, Session::Priority::Interactive);
        },
        [this](const Tag &tag, const Result<Descriptor> &found) { m_seen.insert(tag, found); });
    runChild(look, [this](const Result<Done> &) { handleTags(); });
}

void RemoveOldTagJob::handleTags()
{
    const QList<Tag> tags = QList<Tag>{m_old.tag} + m_old.newTags;
    for (const Tag &tag : tags) {
        const auto seen = m_seen.constFind(tag);
        if (*seen)
            m_outcome.left.append({tag, (*seen)->digest});
        else if (seen->error().kind == Error::Kind::NotFound)
            m_outcome.missing.append(tag);
    }
    if (isSeenRemoved())
        m_outcome.state = State::Removed;
    succeed(m_outcome);
}

/// Whether only the answer is missing: the tag is gone, and everything else is where it was.
bool RemoveOldTagJob::isSeenRemoved() const
{
    using Kind = Error::Kind;
    const Kind kind = m_outcome.error->kind;
    const bool isAnswerLost =
        kind == Kind::Ambiguous || kind == Kind::Network || kind == Kind::Timeout;
    return m_isTried && isAnswerLost && m_outcome.missing == QList<Tag>{m_old.tag}
           && m_outcome.left.size() == m_old.newTags.size()
           && std::all_of(m_outcome.left.begin(), m_outcome.left.end(),
                          [this](const auto &one) { return one.second == m_old.image; });
}

} // namespace Longshore
