// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletegroupjob.h"

#include "core/base/displaytext.h"
#include "core/registry/registrysession.h"
#include "core/session/listnamesjob.h"

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
        if (result)
            return m_session.vendor() == RegistryVendor::Nexus ? findListed() : succeed(Done());
        if (!wantsTagsGone(result.error()) || m_tags.isEmpty())
            return fail(result.error());
        removeNextTag();
    });
}

void DeleteGroupJob::removeNextTag()
{
    if (m_tags.isEmpty())
        return deleteUntagged();
    const Tag tag = m_tags.takeFirst();
    runChild(m_session.resolve(m_repository, tag, Session::Priority::Interactive),
             [this, tag](const Result<Descriptor> &found) {
                 if (!found && found.error().kind == Error::Kind::NotFound)
                     return removeNextTag();
                 if (!found)
                     return giveUp(found.error());
                 if (found->digest != m_digest)
                     return giveUp(
                         {Error::Kind::Changed,
                          tr("%1 has moved since the preview.").arg(quotedText(tag.toString()))});
                 removeTag(tag);
             });
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

/// What is done is done: a list that cannot be put right is no failure.
void DeleteGroupJob::findListed()
{
    ListNamesJob *list = m_session.listTags(m_repository);
    connect(list, &ListNamesJob::namesListed, this, [this](const QStringList &page) {
        for (const Tag &tag : std::as_const(m_tags)) {
            if (page.contains(tag.toString()))
                m_listed.append(tag);
        }
    });
    runChild(list, [this](const Result<ListSummary> &) { removeNextListed(); });
}

/// Only what leads nowhere: else somebody has pushed it meanwhile.
void DeleteGroupJob::removeNextListed()
{
    if (m_listed.isEmpty())
        return succeed(Done());
    const Tag tag = m_listed.takeFirst();
    runChild(m_session.resolve(m_repository, tag, Session::Priority::Interactive),
             [this, tag](const Result<Descriptor> &found) {
                 if (found || found.error().kind != Error::Kind::NotFound)
                     return removeNextListed();
                 runChild(m_session.deleteTag(m_repository, tag),
                          [this](const Result<Done> &) { removeNextListed(); });
             });
}

/// Once tags are gone, it is no mere refusal any more.
void DeleteGroupJob::giveUp(const Error &error)
{
    if (!m_hasRemoved)
        return fail(error);
    fail({Error::Kind::Ambiguous,
          tr("Tags of the image were removed, as this server wants it, but the image is still "
             "there: %1")
              .arg(error.message)});
}

} // namespace Longshore
