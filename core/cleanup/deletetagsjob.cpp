// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"

#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/listreferrersjob.h"
#include "core/registry/registrysession.h"
#include "core/registry/updatereferrerstagjob.h"

#include <algorithm>
#include <numeric>

namespace Longshore {

using Priority = Session::Priority;
using State = DeletionOutcome::State;

constexpr int mostFailuresInARow = 5;

static Error pointsHereNow(const Tag &tag)
{
    return {Error::Kind::Changed,
            DeleteTagsJob::tr("%1 now points to the same image.").arg(quotedText(tag.toString()))};
}

DeleteTagsJob::DeleteTagsJob(RegistrySession &session, const DeletionPlan &plan,
                             const QString &backupFolder, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_plan(plan)
    , m_backupFolder(backupFolder)
    , m_report{plan.repository, {}, {}}
    , m_now{plan.repository, {}, {}, {}, {}, {}}
{
    for (const DeletionGroup &planned : plan.groups)
        m_report.outcomes.append({planned});
}

void DeleteTagsJob::doStart()
{
    if (m_plan.isBlocked())
        return fail(m_plan.incomplete.value_or(Error{
            Error::Kind::Policy, tr("The plan contains something that must not be deleted.")}));
    runChild(new SaveBackupJob(m_session, m_plan, m_backupFolder),
             [this](const Result<SavedBackup> &backup) {
                 if (!backup)
                     return fail(backup.error()); // No backup, no deletion.
                 m_report.backup = *backup;
                 beginRun();
             });
}

void DeleteTagsJob::beginRun()
{
    JournalRun run{JournalRun::Kind::Deletion, m_session.host(), m_plan.repository,
                   m_report.backup.folder};
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
    runChild(new TakeSnapshotJob(m_session, m_plan.repository),
             [this](const Result<RepositorySnapshot> &now) {
                 if (!now || now->incomplete)
                     return fail(now ? *now->incomplete : now.error());
                 m_now = *now;
                 for (const auto &[tag, manifest] : m_now.tags)
                     m_knownTags.insert(tag.toString());
                 setOrder();
                 nextGroup();
             });
}

/// An index is made of more than any index in it.
void DeleteTagsJob::setOrder()
{
    m_order.resize(m_plan.groups.size());
    std::iota(m_order.begin(), m_order.end(), qsizetype(0));
    const auto weight = [this](qsizetype which) {
        return m_now.children.value(m_plan.groups.at(which).manifest.digest).size();
    };
    std::stable_sort(m_order.begin(), m_order.end(),
                     [&](qsizetype a, qsizetype b) { return weight(a) > weight(b); });
}

void DeleteTagsJob::nextGroup()
{
    ++m_step;
    emit progressChanged(m_step, m_plan.groups.size());
    if (m_step == m_plan.groups.size())
        return succeed(m_report);
    if (const auto change = changeSincePreview())
        return settle(State::Skipped, change);
    lookForNewTags();
}

/// Why the manifest is needed by something that the user has not seen, or that did not go.
std::optional<Error> DeleteTagsJob::changeSincePreview() const
{
    const Digest &digest = group().manifest.digest;
    const QList<Tag> expected = group().allTags();
    const QList<Tag> tags = m_now.tagsOf(digest);
    for (const Tag &tag : tags) {
        if (!expected.contains(tag))
            return pointsHereNow(tag);
    }
    QSet<Digest> gone{digest};
    for (const DeletionOutcome &outcome : m_report.outcomes) {
        if (outcome.state == State::Deleted)
            gone.insert(outcome.group.manifest.digest);
    }
    const QList<Tag> needing = tagsThatNeed(digest, m_now, gone);
    if (needing.isEmpty())
        return {};
    return Error{
        Error::Kind::Changed,
        tr("%1 is made of this image, among others.").arg(quotedText(needing.first().toString()))};
}

void DeleteTagsJob::lookForNewTags()
{
    ListNamesJob *list = m_session.listTags(m_plan.repository);
    auto newTags = std::make_shared<QList<Tag>>();
    connect(list, &ListNamesJob::namesListed, this, [this, newTags](const QStringList &page) {
        for (const QString &name : page) {
            if (!m_knownTags.contains(name))
                newTags->append(*Tag::parse(name));
        }
    });
    runChild(list, [this, newTags](const Result<ListSummary> &summary) {
        if (!summary || summary->incomplete)
            return settle(State::Failed, summary ? *summary->incomplete : summary.error());
        recheck(*newTags);
    });
}

void DeleteTagsJob::recheck(const QList<Tag> &newTags)
{
    auto found = std::make_shared<QHash<Tag, Result<Descriptor>>>();
    auto *resolveAll = new ForEachJob<Tag, Descriptor>(
        group().allTags() + newTags,
        [this](const Tag &tag) {
            return m_session.resolve(m_plan.repository, tag, Priority::Interactive);
        },
        [found](const Tag &tag, const auto &manifest) { found->insert(tag, manifest); });
    runChild(resolveAll, [this, found](const Result<Done> &) { judge(*found); });
}

/// Deletes only what is still exactly what the user saw.
void DeleteTagsJob::judge(const QHash<Tag, Result<Descriptor>> &found)
{
    const QList<Tag> expected = group().allTags();
    for (auto entry = found.begin(); entry != found.end(); ++entry) {
        const bool isPlanned = expected.contains(entry.key());
        const Result<Descriptor> &manifest = entry.value();
        const QString name = quotedText(entry.key().toString());
        if (!manifest && manifest.error().kind != Error::Kind::NotFound)
            return settle(State::Failed, manifest.error());
        const bool pointsHere = manifest && manifest->digest == group().manifest.digest;
        if (isPlanned && !pointsHere)
            return settle(State::Skipped, Error{Error::Kind::Changed,
                                                tr("%1 has moved since the preview.").arg(name)});
        if (!isPlanned && pointsHere)
            return settle(State::Skipped, pointsHereNow(entry.key()));
    }
    remove();
}

void DeleteTagsJob::remove()
{
    runChild(m_session.deleteManifest(m_plan.repository, group().manifest.digest),
             [this](const Result<Done> &result) {
                 if (result || result.error().kind == Error::Kind::NotFound)
                     return verify(); // Gone is gone, whoever did it.
                 settle(result.error().kind == Error::Kind::Ambiguous ? State::Unverified
                                                                      : State::Failed,
                        result.error());
             });
}

void DeleteTagsJob::verify()
{
    runChild(
        m_session.resolve(m_plan.repository, group().manifest.digest, Priority::Interactive),
        [this](const Result<Descriptor> &manifest) {
            if (!manifest && manifest.error().kind == Error::Kind::NotFound)
                return unlist();
            settle(
                State::Unverified,
                manifest
                    ? Error{Error::Kind::Ambiguous,
                            tr("The server accepted the deletion, but the image is still there.")}
                    : manifest.error());
        });
}

bool DeleteTagsJob::isPlanned(const Tag &tag) const
{
    return std::any_of(m_plan.groups.begin(), m_plan.groups.end(),
                       [&](const DeletionGroup &one) { return one.allTags().contains(tag); });
}

void DeleteTagsJob::unlist()
{
    const Descriptor &manifest = group().manifest;
    const auto subject = m_report.backup.subjects.find(manifest.digest);
    // A list that goes itself must stay what the user saw until then.
    if (subject == m_report.backup.subjects.end() || isPlanned(referrersTag(*subject)))
        return settle(State::Deleted);
    const ReferrersChange change{*subject, manifest, ReferrersChange::Kind::Remove};
    runChild(
        new UpdateReferrersTagJob(m_session.client(), m_session.urls(), m_plan.repository, change),
        [this](const Result<Done> &result) {
            if (!result)
                m_report.outcomes[m_order.at(m_step)].listError = result.error();
            settle(State::Deleted);
        });
}

/// Whether the same would happen to every further group.
static bool endsTheRun(const Error &error)
{
    return error.kind == Error::Kind::Unauthorized || error.kind == Error::Kind::Forbidden
           || error.kind == Error::Kind::Unsupported || error.kind == Error::Kind::Policy;
}

static bool mayHaveChanged(const DeletionReport &report)
{
    return std::any_of(
        report.outcomes.begin(), report.outcomes.end(), [](const DeletionOutcome &outcome) {
            return outcome.state == State::Deleted || outcome.state == State::Unverified;
        });
}

void DeleteTagsJob::settle(State state, const std::optional<Error> &error)
{
    DeletionOutcome &outcome = m_report.outcomes[m_order.at(m_step)];
    outcome.state = state;
    outcome.error = error;
    m_run.note(m_order.at(m_step),
               {DeletionOutcome::stateName(state), error ? error->message : QString()});
    const bool isFailure = state == State::Failed || state == State::Unverified;
    m_failuresInARow = isFailure ? m_failuresInARow + 1 : 0;
    if (state == State::Failed && error && endsTheRun(*error) && !mayHaveChanged(m_report))
        return fail(*error);
    if (isFailure && ((error && endsTheRun(*error)) || m_failuresInARow >= mostFailuresInARow)) {
        emit progressChanged(m_plan.groups.size(), m_plan.groups.size());
        return succeed(m_report);
    }
    nextGroup();
}

} // namespace Longshore
