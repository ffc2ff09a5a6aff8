// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"
#include "core/registry/listreferrersjob.h"
#include "core/registry/registrysession.h"
#include "core/registry/updatereferrerstagjob.h"

/// What DeleteTagsJob does behind each deletion: sees that it has happened, and takes what is gone off
/// the list of what it was about.
namespace Longshore {

using State = DeletionOutcome::State;

void DeleteTagsJob::verify()
{
    enter(RunProgress::Stage::Verify);
    const Digest &digest = group().manifest.digest;
    runTimed(
        new ResolveJob(m_session.client(), {m_session.urls(), m_plan.repository, digest},
                       m_absence),
        &DeletionTimes::verifications, [this](const Result<Descriptor> &manifest) {
            if (!manifest && manifest.error().kind == Error::Kind::NotFound)
                return unlist();
            if (!isSaved())
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

void DeleteTagsJob::unlist()
{
    const Descriptor &manifest = group().manifest;
    const auto subject = m_report.backup.subjects.find(manifest.digest);
    // A list that goes itself must stay what the user saw until then.
    if (subject == m_report.backup.subjects.end() || m_plan.takes(referrersTag(*subject)))
        return conclude(State::Deleted);
    const ReferrersChange change{*subject, manifest, ReferrersChange::Kind::Remove};
    runChild(
        new UpdateReferrersTagJob(m_session.client(), m_session.urls(), m_plan.repository, change),
        [this](const Result<Done> &result) {
            if (!result)
                m_report.outcomes[m_order.at(m_step)].listError = result.error();
            conclude(State::Deleted);
        });
}

} // namespace Longshore
