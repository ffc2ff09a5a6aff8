// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"
#include "core/registry/listreferrersjob.h"
#include "core/registry/registrysession.h"
#include "core/registry/updatereferrerstagjob.h"

/// What DeleteTagsJob does behind each deletion: sees that it has happened, and takes what is gone off
/// the list of what it was about.
namespace Longshore {

using State = DeletionOutcome::State;

/// Does \a next behind what becomes of the last one, which is asked for if nobody has done so.
void DeleteTagsJob::whenVerified(std::function<void()> next)
{
    if (!m_last)
        return next();
    m_whenVerified = std::move(next);
    verifyLast();
}

void DeleteTagsJob::verifyLast()
{
    if (!m_last || std::exchange(m_isVerifying, true))
        return;
    enter(RunProgress::Stage::Verify, group(*m_last).allTags());
    const Digest &digest = group(*m_last).manifest.digest;
    runTimed(
        new ResolveJob(m_session.client(), {m_session.urls(), m_plan.repository, digest},
                       m_absence),
        &DeletionTimes::verifications, [this](const Result<Descriptor> &manifest) {
            if (!manifest && manifest.error().kind == Error::Kind::NotFound)
                return unlist();
            if (!isSaved(group(*m_last)))
                return conclude(manifest ? State::Skipped : State::Failed,
                                manifest ? isThereAgain() : manifest.error());
            conclude(
                State::Unverified,
                manifest
                    ? Error{Error::Kind::Ambiguous,
                            tr("The server accepted the deletion, but the image is still there.")}
                    : manifest.error());
        });
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

void DeleteTagsJob::unlist()
{
    const auto subject = listedUnder(group(*m_last));
    if (!subject)
        return conclude(State::Deleted);
    const ReferrersChange change{*subject, group(*m_last).manifest, ReferrersChange::Kind::Remove};
    runChild(
        new UpdateReferrersTagJob(m_session.client(), m_session.urls(), m_plan.repository, change),
        [this](const Result<Done> &result) {
            if (!result)
                m_report.outcomes[m_order.at(*m_last)].listError = result.error();
            conclude(State::Deleted);
        });
}

void DeleteTagsJob::conclude(State state, const std::optional<Error> &error)
{
    m_isVerifying = false;
    settle(*std::exchange(m_last, std::nullopt), state, error);
    if (const auto next = std::exchange(m_whenVerified, nullptr))
        next();
}

} // namespace Longshore
