// SPDX-License-Identifier: Apache-2.0
#include "core/base/foreachjob.h"
#include "core/cleanup/deletegroupjob.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/registry/deletemanifestjob.h"
#include "core/registry/listreferrersjob.h"
#include "core/registry/registrysession.h"
#include "core/registry/updatereferrerstagjob.h"

/// What DeleteTagsJob does with those that go together: looks at them, deletes them, sees that they are
/// gone, and takes them off the lists of what they were about.
namespace Longshore {

using State = DeletionOutcome::State;
using Stage = RunProgress::Stage;

/// Deletes only what is still exactly what the user saw.
void DeleteTagsJob::checkAgain()
{
    enter(Stage::Check, m_batch);
    QList<DeletionGroup> groups;
    for (const qsizetype index : std::as_const(m_batch))
        groups.append(group(index));
    runTimed(new CheckGroupsJob(m_session, m_plan.repository, groups, m_newTags),
             &DeletionTimes::rechecks,
             [this](const Result<QList<Result<QList<Tag>>>> &checks) { handleChecks(*checks); });
}

void DeleteTagsJob::handleChecks(const QList<Result<QList<Tag>>> &checks)
{
    const auto isUnknown = [](const Result<QList<Tag>> &check) {
        return !check && check.error().kind != Error::Kind::Changed;
    };
    if (m_isStopping || m_gate.isClosed())
        return giveBack(); // Somebody has said so in the meantime.
    if (m_batch.size() > 1 && std::any_of(checks.begin(), checks.end(), isUnknown)) {
        m_isProven = false; // One question may have failed for all of them.
        return giveBack();
    }
    m_toVerify.clear();
    m_toUnlist.clear();
    QList<qsizetype> leaving;
    for (qsizetype i = 0; i < m_batch.size(); ++i) {
        const qsizetype index = m_batch.at(i);
        if (!checks.at(i)) {
            const Error &error = checks.at(i).error();
            settle(index, isUnknown(checks.at(i)) ? State::Failed : State::Skipped, error);
            continue;
        }
        DeletionOutcome &outcome = m_report.outcomes[index];
        outcome.goneTags = *checks.at(i);
        if (isSaved(index))
            leaving.append(index);
        else if (!outcome.tags().isEmpty())
            settle(index, State::Skipped, isThereAgain());
        else
            m_toVerify.append(index);
    }
    remove(leaving);
}

/// Those that were only looked at are begun with once more.
void DeleteTagsJob::giveBack()
{
    m_waiting = m_batch + m_waiting;
    beginBatch();
}

void DeleteTagsJob::remove(const QList<qsizetype> &groups)
{
    if (!isRunning())
        return; // Who was told what was skipped may have cancelled it.
    if (groups.isEmpty())
        return verify();
    enter(Stage::Delete, groups);
    const auto deleteOne = [this](qsizetype index) {
        return new DeleteGroupJob(m_session, m_plan.repository, group(index).manifest.digest,
                                  m_report.outcomes.at(index).tags());
    };
    const auto handle = [this](qsizetype index, const auto &result) {
        handleAnswer(index, result);
    };
    runTimed(new ForEachJob<qsizetype, Done>(groups, deleteOne, handle), &DeletionTimes::deletions,
             [this](const Result<Done> &) { verify(); });
}

void DeleteTagsJob::handleAnswer(qsizetype index, const Result<Done> &result)
{
    if (result || result.error().kind == Error::Kind::NotFound)
        return m_toVerify.append(index); // Gone is gone, whoever did it.
    const Error &error = result.error();
    if (error.kind == Error::Kind::Changed || isProtectedByServer(error))
        return settle(index, State::Skipped, error); // Others may go all the same.
    if (error.kind == Error::Kind::Ambiguous)
        return settle(index, State::Unverified, error);
    if (m_batch.size() == 1 || isRefusal(error))
        return settle(index, State::Failed, error);
    m_failures.insert(index, error);
    m_toVerify.append(index);
}

void DeleteTagsJob::verify()
{
    if (m_toVerify.isEmpty())
        return unlistNext();
    enter(Stage::Verify, m_toVerify);
    const auto lookAtOne = [this](qsizetype index) {
        const Digest &digest = group(index).manifest.digest;
        return new ResolveJob(m_session.client(), {m_session.urls(), m_plan.repository, digest},
                              m_absence);
    };
    const auto handle = [this](qsizetype index, const auto &manifest) {
        handleLook(index, manifest);
    };
    runTimed(new ForEachJob<qsizetype, Descriptor>(m_toVerify, lookAtOne, handle),
             &DeletionTimes::verifications, [this](const Result<Done> &) { unlistNext(); });
}

void DeleteTagsJob::handleLook(qsizetype index, const Result<Descriptor> &manifest)
{
    const std::optional<Error> failure =
        m_failures.contains(index) ? std::optional(m_failures.take(index)) : std::nullopt;
    if (!manifest && manifest.error().kind == Error::Kind::NotFound) {
        if (listedUnder(group(index)))
            return m_toUnlist.append(index);
        return settle(index, State::Deleted);
    }
    if (!isSaved(index))
        return settle(index, manifest ? State::Skipped : State::Failed,
                      manifest ? isThereAgain() : manifest.error());
    if (!manifest)
        return settle(index, State::Unverified, manifest.error());
    if (failure) { // Not every server deletes several at once.
        m_bearsCompany = false;
        return m_waiting.prepend(index);
    }
    settle(index, State::Unverified,
           Error{Error::Kind::Ambiguous,
                 tr("The server accepted the deletion, but the image is still there.")});
}

/// What the list of referrers under a tag has to lose it.
std::optional<Digest> DeleteTagsJob::listedUnder(const DeletionGroup &group) const
{
    const auto subject = m_report.backup.subjects.find(group.manifest.digest);
    // A list that goes itself must stay what the user saw until then.
    if (subject == m_report.backup.subjects.end() || m_plan.takes(referrersTag(*subject)))
        return {};
    return *subject;
}

/// One after the other: several may be on the same list.
void DeleteTagsJob::unlistNext()
{
    if (m_toUnlist.isEmpty())
        return beginBatch();
    const qsizetype index = m_toUnlist.takeFirst();
    const ReferrersChange change{*listedUnder(group(index)), group(index).manifest,
                                 ReferrersChange::Kind::Remove};
    runChild(
        new UpdateReferrersTagJob(m_session.client(), m_session.urls(), m_plan.repository, change),
        [this, index](const Result<Done> &result) {
            if (!result)
                m_report.outcomes[index].listError = result.error();
            settle(index, State::Deleted);
            unlistNext();
        });
}

} // namespace Longshore
