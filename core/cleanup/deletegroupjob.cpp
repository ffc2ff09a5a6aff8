// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletegroupjob.h"

#include "core/base/displaytext.h"
#include "core/registry/registrysession.h"

namespace Longshore {

/// As Google's servers say it.
static bool wantsTagsGone(const Error &refusal)
{
    return refusal.serverCode == QLatin1String("GOOGLE_MANIFEST_DANGLING_TAG");
}

DeleteGroupJob::DeleteGroupJob(RegistrySession &session, const RepositoryName &repository,
                               const Digest &digest, const QList<Tag> &tags)
    : m_session(session), m_repository(repository), m_digest(digest), m_tags(tags)
{}

void DeleteGroupJob::doStart()
{
    runChild(m_session.deleteManifest(m_repository, m_digest), [this](const Result<Done> &result) {
        m_isDeleted = bool(result);
        if (m_isDeleted && m_session.vendor() != RegistryVendor::Nexus)
            return succeed(Done());
        if (!result && (!wantsTagsGone(result.error()) || m_tags.isEmpty()))
            return fail(result.error());
        removeNextTag();
    });
}

void DeleteGroupJob::removeNextTag()
{
    if (m_tags.isEmpty())
        return m_isDeleted ? succeed(Done()) : deleteUntagged();
    const Tag tag = m_tags.takeFirst();
    runChild(m_session.resolve(m_repository, tag, Session::Priority::Interactive),
             [this, tag](const Result<Descriptor> &found) { handleTag(tag, found); });
}

void DeleteGroupJob::handleTag(const Tag &tag, const Result<Descriptor> &found)
{
    const bool isAbsent = !found && found.error().kind == Error::Kind::NotFound;
    if (!found && !isAbsent)
        return giveUp(found.error());
    const bool hasMoved = found && found->digest != m_digest;
    if (hasMoved && !m_isDeleted)
        return giveUp({Error::Kind::Changed,
                       tr("%1 has moved since the preview.").arg(quotedText(tag.toString()))});
    // Behind its image, a tag may be listed that leads nowhere.
    const bool mayBeListed = m_isDeleted ? !hasMoved : !isAbsent;
    if (!mayBeListed)
        return removeNextTag();
    removeTag(tag);
}

void DeleteGroupJob::removeTag(const Tag &tag)
{
    runChild(m_session.deleteTag(m_repository, tag), [this](const Result<Done> &result) {
        const bool isGone = result || result.error().kind == Error::Kind::NotFound;
        if (!isGone)
            return giveUp(result.error());
        m_hasRemoved = true;
        removeNextTag();
    });
}

void DeleteGroupJob::deleteUntagged()
{
    runChild(m_session.deleteManifest(m_repository, m_digest), [this](const Result<Done> &result) {
        if (!result && result.error().kind != Error::Kind::NotFound)
            return giveUp(result.error());
        succeed(Done());
    });
}

/// Once something is gone, it is no mere refusal any more.
void DeleteGroupJob::giveUp(const Error &error)
{
    if (m_isDeleted)
        return fail({Error::Kind::Ambiguous,
                     tr("The image is deleted, but this server may go on listing its tags: %1")
                         .arg(error.message)});
    if (!m_hasRemoved)
        return fail(error);
    fail({Error::Kind::Ambiguous,
          tr("Tags of the image were removed, as this server wants it, but the image is still "
             "there: %1")
              .arg(error.message)});
}

} // namespace Longshore
