// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/removetagjob.h"

#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/cleanup/deletionplan.h"
#include "core/cleanup/displacetagjob.h"
#include "core/cleanup/keptimages.h"
#include "core/cleanup/tagremovalproof.h"
#include "core/registry/registrysession.h"

namespace Longshore {

using Finding = TagRemovalProof::Finding;

RemoveTagJob::RemoveTagJob(RegistrySession &session, const TagRemoval &removal, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_removal(removal)
    , m_proof(TagRemovalProof::of(session))
    , m_signInNumber(session.signInNumber())
{}

void RemoveTagJob::doStart()
{
    if (const auto objection = objectionTo(Method::Native); objection && !mayDisplace())
        return fail(*objection);
    runChild(m_session.fetchManifest(repository(), m_removal.tag, Session::Priority::Interactive),
             [this](const Result<Manifest> &manifest) {
                 if (!manifest)
                     return fail(manifest.error());
                 const auto known = m_removal.snapshot.find(m_removal.tag);
                 if (known && known->digest != manifest->digest)
                     return failAsMoved();
                 m_manifest = *manifest;
                 m_siblings = m_removal.snapshot.tagsOf(manifest->digest);
                 m_siblings.removeOne(m_removal.tag);
                 lookAtKeeper();
             });
}

/// The snapshot may be the one of a long run.
void RemoveTagJob::lookAtKeeper()
{
    if (!m_removal.keeper)
        return chooseMethod();
    runChild(
        m_session.resolve(repository(), m_removal.keeper->first, Session::Priority::Interactive),
        [this](const Result<Descriptor> &found) {
            if (!found && found.error().kind != Error::Kind::NotFound)
                return fail(found.error());
            if (found && found->digest == m_removal.keeper->second)
                return chooseMethod();
            m_hasMoved = true;
            fail(nothingElseKeeps(m_removal.tag));
        });
}

void RemoveTagJob::failAsMoved()
{
    m_hasMoved = true;
    fail({Error::Kind::Changed, tr("The tag was moved in the meantime. It was not removed.")});
}

/// Why that way must not be gone.
std::optional<Error> RemoveTagJob::objectionTo(Method method) const
{
    // A tag that nobody knows of is only safe where none ever went along.
    if (m_removal.snapshot.incomplete && m_proof.finding(method, repository()) != Finding::Proven)
        return m_removal.snapshot.incomplete;
    return m_proof.objectionTo(method);
}

bool RemoveTagJob::mayDisplace() const
{
    return m_removal.placeholder == TagRemoval::Placeholder::Allowed
           && !objectionTo(Method::Placeholder);
}

void RemoveTagJob::chooseMethod()
{
    const bool isAbsent = m_proof.finding(Method::Native, repository()) == Finding::Absent;
    const auto objection = objectionTo(Method::Native);
    if (mayDisplace() && (isAbsent || objection))
        return prepare(Method::Placeholder);
    if (objection)
        return fail(*objection);
    prepare(Method::Native);
}

void RemoveTagJob::prepare(Method method)
{
    m_method = method;
    if (isProven() || m_areSiblingsFresh)
        return remove();
    lookAtSiblings();
}

/// Else what somebody has removed since the snapshot would look as if it had gone along.
void RemoveTagJob::lookAtSiblings()
{
    auto *resolveAll = new ForEachJob<Tag, Descriptor>(
        m_siblings,
        [this](const Tag &tag) {
            return m_session.resolve(repository(), tag, Session::Priority::Interactive);
        },
        [this](const Tag &tag, const Result<Descriptor> &found) {
            if (!found && found.error().kind != Error::Kind::NotFound)
                m_unread = found.error();
            else if (!found || found->digest != m_manifest->digest)
                m_siblings.removeOne(tag);
        });
    runChild(resolveAll, [this](const Result<Done> &) {
        if (m_unread)
            return fail(*m_unread);
        m_areSiblingsFresh = true;
        lookAtTagAgain();
    });
}

/// There may be very many siblings, and to look at them takes its time.
void RemoveTagJob::lookAtTagAgain()
{
    runChild(m_session.resolve(repository(), m_removal.tag, Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) {
                 if (!found)
                     return fail(found.error());
                 if (found->digest != m_manifest->digest)
                     return failAsMoved();
                 remove();
             });
}

void RemoveTagJob::remove()
{
    if (m_method == Method::Placeholder)
        return displace();
    removeNatively();
}

void RemoveTagJob::removeNatively()
{
    runChild(m_session.deleteTag(repository(), m_removal.tag), [this](const Result<Done> &result) {
        if (result)
            return checkTag();
        if (result.error().kind != Error::Kind::Unsupported)
            return fail(result.error());
        m_proof.note(Method::Native, repository(), Finding::Absent, m_signInNumber);
        if (m_removal.placeholder == TagRemoval::Placeholder::Never)
            return fail(result.error());
        if (const auto objection = objectionTo(Method::Placeholder))
            return fail(*objection);
        prepare(Method::Placeholder);
    });
}

void RemoveTagJob::displace()
{
    auto *displacement = new DisplaceTagJob(m_session, repository(), m_removal.tag, *m_manifest);
    displacement->setDeletionProven(isProven());
    displacement->setOwn(m_removal.isOwn);
    runChild(displacement, [this](const Result<Done> &result) {
        if (!result)
            return fail(result.error());
        checkTag();
    });
}

bool RemoveTagJob::isProven() const
{
    return m_proof.finding(m_method, repository()) == Finding::Proven;
}

void RemoveTagJob::checkTag()
{
    runChild(m_session.resolve(repository(), m_removal.tag, Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) {
                 if (found)
                     return fail({Error::Kind::Changed,
                                  tr("The server says that it removed the tag, but it is there.")});
                 if (found.error().kind != Error::Kind::NotFound)
                     return fail(found.error());
                 const bool mayHaveSiblings =
                     !m_siblings.isEmpty() || m_removal.snapshot.incomplete;
                 if (isProven() && mayHaveSiblings)
                     return checkManifest();
                 checkNextSibling();
             });
}

/// Without its manifest no tag is left; there may be very many of them.
void RemoveTagJob::checkManifest()
{
    runChild(m_session.resolve(repository(), m_manifest->digest, Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) {
                 if (found)
                     return succeed({m_manifest->digest, m_method});
                 if (found.error().kind != Error::Kind::NotFound)
                     return fail(found.error());
                 if (m_removal.snapshot.incomplete || m_siblings.isEmpty())
                     return restoreTag(); // Whatever else pointed to it.
                 checkNextSibling();
             });
}

void RemoveTagJob::checkNextSibling()
{
    if (m_siblings.isEmpty())
        return finish();
    const Tag sibling = m_siblings.takeFirst();
    runChild(m_session.resolve(repository(), sibling, Session::Priority::Interactive),
             [this, sibling](const Result<Descriptor> &found) {
                 if (!found && found.error().kind == Error::Kind::NotFound)
                     return putBack(sibling);
                 if (!found)
                     return fail(found.error());
                 // One that points elsewhere by now was moved by somebody.
                 m_hasWitness = m_hasWitness || found->digest == m_manifest->digest;
                 checkNextSibling();
             });
}

/// The others may be gone, too, and the tag itself belongs to what was there.
void RemoveTagJob::putBack(const Tag &tag)
{
    m_takenAlong.append(tag);
    m_proof.block(m_method, whatWentAlong());
    runChild(m_session.pushManifest(repository(), tag, *m_manifest),
             [this, tag](const Result<PushedManifest> &result) {
                 if (!result && !m_trouble)
                     m_trouble = tr("Putting back %1 failed: %2")
                                     .arg(quotedText(tag.toString()), result.error().message);
                 checkNextSibling();
             });
}

/// Unless somebody has put something else there.
void RemoveTagJob::restoreTag()
{
    runChild(m_session.resolve(repository(), m_removal.tag, Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) {
                 if (!found && found.error().kind == Error::Kind::NotFound)
                     return putBack(m_removal.tag);
                 const QString trouble =
                     found ? tr("%1 was put there by somebody else meanwhile, and left alone.")
                                 .arg(quotedText(m_removal.tag.toString()))
                           : found.error().message;
                 m_trouble = m_trouble.value_or(trouble);
                 m_takenAlong.append(m_removal.tag);
                 m_proof.block(m_method, whatWentAlong());
                 finish();
             });
}

/// Whether the image must still be there though no tag is known to name it.
bool RemoveTagJob::isNeeded() const
{
    return m_removal.snapshot.incomplete
           || !tagsThatNeed(m_manifest->digest, m_removal.snapshot, {}).isEmpty();
}

void RemoveTagJob::finish()
{
    if (m_takenAlong.isEmpty()) {
        if (m_hasWitness)
            m_proof.note(m_method, repository(), Finding::Proven, m_signInNumber);
        else if (isNeeded())
            return checkManifest();
        return succeed({m_manifest->digest, m_method});
    }
    if (!m_takenAlong.contains(m_removal.tag))
        return restoreTag();
    const QString outcome =
        m_removal.snapshot.incomplete
            ? tr("The tag was put back; others that pointed to the image may be gone.")
            : tr("Everything was put back; nothing was removed.");
    fail({Error::Kind::Changed, whatWentAlong() + u' ' + m_trouble.value_or(outcome)});
}

QString RemoveTagJob::whatWentAlong() const
{
    const Tag &first = m_takenAlong.first();
    if (first == m_removal.tag)
        return tr("The server also removed the image, so it cannot remove tags alone.");
    return tr("The server also removed the tag %1, so it cannot remove tags alone.")
        .arg(quotedText(first.toString()));
}

} // namespace Longshore
