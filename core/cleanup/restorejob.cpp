// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/restorejob.h"

#include "core/base/displaytext.h"
#include "core/cleanup/restoreblobjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/sessionrun.h"
#include "core/registry/registrysession.h"

#include <algorithm>

namespace Longshore {

using Place = RestoreItem::Place;
using Way = RestoreItem::Way;

RestoreJob::RestoreJob(RegistrySession &session, const RestorePlan &plan,
                       const RestoreChoice &choice, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_plan(plan)
    , m_choice(choice)
    , m_report{plan.repository, {}}
    , m_present(plan.present)
{
    QList<qsizetype> wanted = choice.wanted;
    std::sort(wanted.begin(), wanted.end());
    for (const qsizetype which : wanted)
        m_report.outcomes.append({plan.items.at(which)});
}

void RestoreJob::doStart()
{
    saveReplaced();
}

bool RestoreJob::isToBeReplaced(const RestoreItem &item) const
{
    return item.place == Place::Taken && item.canComeBack()
           && m_choice.taken == RestoreChoice::Taken::Replace;
}

void RestoreJob::saveReplaced()
{
    DeletionPlan replaced{m_plan.repository, QDateTime::currentDateTimeUtc(), {}, {}, {}, {}};
    QHash<Digest, qsizetype> groups;
    for (const RestoreOutcome &outcome : std::as_const(m_report.outcomes)) {
        if (!isToBeReplaced(outcome.item))
            continue;
        const Descriptor &now = *outcome.item.current;
        if (!groups.contains(now.digest)) {
            groups.insert(now.digest, replaced.groups.size());
            replaced.groups.append({now, {}, {}, {}});
        }
        replaced.groups[groups.value(now.digest)].chosen.append(*outcome.item.tag);
        replaced.knownTags.insert(outcome.item.tag->toString(), now.digest.toString());
    }
    if (replaced.groups.isEmpty())
        return beginRun();
    runChild(new SaveBackupJob(m_session, replaced, m_choice.replacedBackup),
             [this](const Result<SavedBackup> &backup) {
                 if (!backup)
                     return fail(backup.error());
                 m_report.replacedBackup = backup->folder;
                 beginRun();
             });
}

void RestoreJob::beginRun()
{
    JournalRun run =
        runOn(m_session, JournalRun::Kind::Restore, m_plan.repository, m_plan.backup.folder);
    for (const RestoreOutcome &outcome : std::as_const(m_report.outcomes)) {
        const RestoreItem &item = outcome.item;
        run.items.append({item.manifest.digest, item.tag ? QList<Tag>{*item.tag} : QList<Tag>()});
    }
    ResultJob<qint64> *begin = m_run.begin(run);
    if (!begin)
        return nextItem();
    runChild(begin, [this](const Result<qint64> &id) {
        if (!id)
            return fail(id.error());
        m_run.setId(*id);
        nextItem();
    });
}

/// How the item ends if nothing is done for it; nothing when there is something to do.
std::optional<RestoreOutcome::State> RestoreJob::stateAsPlanned(const RestoreItem &item) const
{
    if (item.place == Place::Same)
        return State::AlreadyThere;
    if (item.way == Way::Lost)
        return State::Lost;
    if (item.place == Place::Taken && !isToBeReplaced(item))
        return State::Conflict;
    return {};
}

void RestoreJob::nextItem()
{
    while (++m_step < m_report.outcomes.size()) {
        const auto state = stateAsPlanned(current().item);
        if (!state) {
            emit progressChanged(m_step, m_report.outcomes.size());
            return lookAgain();
        }
        current().state = *state;
        m_run.note(m_step, {RestoreOutcome::stateName(*state)});
    }
    emit progressChanged(m_report.outcomes.size(), m_report.outcomes.size());
    succeed(m_report);
}

/// Somebody else may have been quicker, and has seen no plan of ours.
void RestoreJob::lookAgain()
{
    const RestoreItem &item = current().item;
    runChild(m_session.resolve(m_plan.repository, item.reference(), Session::Priority::Interactive),
             [this, item](const Result<Descriptor> &found) {
                 if (!found && found.error().kind != Error::Kind::NotFound)
                     return settle(State::Failed, found.error());
                 if (found && found->digest == item.manifest.digest)
                     return settle(State::AlreadyThere);
                 const bool isExpected =
                     item.current && found && found->digest == item.current->digest;
                 if (found && !isExpected)
                     return settle(State::Conflict,
                                   Error{Error::Kind::Changed,
                                         tr("%1 has moved since the preview.")
                                             .arg(quotedText(item.reference().toString()))});
                 bringBlobs();
             });
}

void RestoreJob::bringBlobs()
{
    m_parts = partsOf(current().item.manifest.digest, m_plan.backup.manifests);
    m_blobs.clear();
    const QList<Descriptor> blobs = blobsOf(m_parts);
    for (const Descriptor &blob : blobs) {
        const auto missing = m_plan.blobs.constFind(blob.digest);
        if (missing != m_plan.blobs.constEnd() && !m_brought.contains(blob.digest))
            m_blobs.append(*missing);
    }
    m_parts.removeLast(); // The image itself.
    bringNextBlob();
}

void RestoreJob::bringNextBlob()
{
    if (m_blobs.isEmpty())
        return putNextPart();
    const BlobToRestore blob = m_blobs.takeFirst();
    runChild(new RestoreBlobJob(m_session, m_plan, blob), [this, blob](const Result<Done> &done) {
        if (!done)
            return settle(State::Failed, done.error());
        m_hasChanged = true;
        m_brought.insert(blob.blob.digest);
        bringNextBlob();
    });
}

/// Entries of an index get no tag here; one that they had is an item of its own. Nor do they change
/// a list of referrers, which may itself come back.
void RestoreJob::putNextPart()
{
    while (!m_parts.isEmpty() && m_present.contains(m_parts.constFirst().digest))
        m_parts.removeFirst();
    if (m_parts.isEmpty())
        return putItem();
    const ManifestTarget target{m_session.urls(), m_plan.repository, m_parts.constFirst().digest};
    runChild(new PutManifestJob(m_session.client(), target, m_parts.constFirst()),
             [this](const Result<StoredManifest> &stored) {
                 judgePart(stored ? Result<Done>(Done()) : Result<Done>(stored.error()));
             });
}

/// A refusal counts only when the manifest is not there.
void RestoreJob::judgePart(const Result<Done> &put)
{
    const Manifest part = m_parts.constFirst();
    runChild(
        m_session.fetchManifest(m_plan.repository, part.digest, Session::Priority::Interactive),
        [this, put, part](const Result<Manifest> &found) {
            if (!found && put && isOnlyBelieved(part, found.error()))
                return sendAsBlob(part, [this, put] { judgePart(put); });
            if (!found)
                return settle(State::Failed, put ? found.error() : put.error());
            m_hasChanged = true;
            m_present.insert(part.digest);
            putNextPart();
        });
}

/// Whether the registry took the manifest, and does not have it: distribution stores no manifest of
/// which its cache says that it is there, though garbage collection has removed it.
bool RestoreJob::isOnlyBelieved(const Manifest &manifest, const Error &error) const
{
    return error.kind == Error::Kind::NotFound && !m_brought.contains(manifest.digest);
}

/// Registries keep manifests among the blobs, and a blob is stored whatever the cache says.
void RestoreJob::sendAsBlob(const Manifest &manifest, std::function<void()> next)
{
    m_hasChanged = true;
    m_brought.insert(manifest.digest);
    runChild(new RestoreBlobJob(m_session, m_plan, {manifest.descriptor(), true}),
             [next = std::move(next)](const Result<Done> &) { next(); }); // What is there decides.
}

void RestoreJob::putItem()
{
    const RestoreItem &item = current().item;
    runChild(m_session.pushManifest(m_plan.repository, item.reference(),
                                    *m_plan.backup.manifests.find(item.manifest.digest)),
             [this](const Result<PushedManifest> &pushed) {
                 if (pushed)
                     current().listError = pushed->listError;
                 readBack(pushed ? std::nullopt : std::optional(pushed.error()));
             });
}

void RestoreJob::readBack(const std::optional<Error> &doubt)
{
    runChild(m_session.fetchManifest(m_plan.repository, current().item.reference(),
                                     Session::Priority::Interactive),
             [this, doubt](const Result<Manifest> &found) { judgeItem(found, doubt); });
}

void RestoreJob::judgeItem(const Result<Manifest> &found, const std::optional<Error> &doubt)
{
    const Manifest &ours = *m_plan.backup.manifests.find(current().item.manifest.digest);
    if (found && found->bytes == ours.bytes) {
        m_hasChanged = true;
        m_present.insert(ours.digest);
        return settle(State::Restored);
    }
    if (doubt)
        return settle(State::Failed, doubt);
    if (!found && isOnlyBelieved(ours, found.error()))
        return sendAsBlob(ours, [this] { readBack({}); });
    settle(State::Failed,
           found ? Error{Error::Kind::Changed,
                         tr("The server took the image, but sends another one by now.")}
                 : found.error());
}

/// Whether the same would happen to every further item.
static bool endsTheRun(const Error &error)
{
    return error.kind == Error::Kind::Unauthorized || error.kind == Error::Kind::Forbidden
           || error.kind == Error::Kind::Unsupported || error.kind == Error::Kind::Policy;
}

void RestoreJob::settle(State state, const std::optional<Error> &error)
{
    current().state = state;
    current().error = error;
    m_run.note(m_step, {RestoreOutcome::stateName(state), error ? error->message : QString()});
    if (state != State::Failed || !error || !endsTheRun(*error))
        return nextItem();
    if (!m_hasChanged)
        return fail(*error);
    emit progressChanged(m_report.outcomes.size(), m_report.outcomes.size());
    succeed(m_report);
}

} // namespace Longshore
