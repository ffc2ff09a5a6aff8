// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/removetagjob.h"

#include "core/base/displaytext.h"
#include "core/cleanup/displacetagjob.h"
#include "core/registry/registrysession.h"

namespace Longshore {

RemoveTagJob::RemoveTagJob(RegistrySession &session, const TagRemoval &removal, QObject *parent)
    : ResultJob(parent), m_session(session), m_removal(removal)
{}

void RemoveTagJob::doStart()
{
    if (m_removal.snapshot.incomplete)
        return fail(*m_removal.snapshot.incomplete);
    runChild(m_session.fetchManifest(m_removal.snapshot.repository, m_removal.tag,
                                     Session::Priority::Interactive),
             [this](const Result<Manifest> &manifest) {
                 if (!manifest)
                     return fail(manifest.error());
                 const auto known = m_removal.snapshot.find(m_removal.tag);
                 if (known && known->digest != manifest->digest)
                     return fail({Error::Kind::Changed,
                                  tr("The tag was moved in the meantime. It was not removed.")});
                 m_manifest = *manifest;
                 m_siblings = m_removal.snapshot.tagsOf(manifest->digest);
                 m_siblings.removeOne(m_removal.tag);
                 removeNatively();
             });
}

void RemoveTagJob::removeNatively()
{
    runChild(m_session.deleteTag(m_removal.snapshot.repository, m_removal.tag),
             [this](const Result<Done> &result) {
                 if (result)
                     return checkTag();
                 const bool isUnknown = result.error().kind == Error::Kind::Unsupported;
                 if (isUnknown && m_removal.placeholder == TagRemoval::Placeholder::Allowed)
                     return displace();
                 fail(result.error());
             });
}

void RemoveTagJob::displace()
{
    m_method = Method::Placeholder;
    runChild(
        new DisplaceTagJob(m_session, m_removal.snapshot.repository, m_removal.tag, *m_manifest),
        [this](const Result<Done> &result) {
            if (!result)
                return fail(result.error());
            checkTag();
        });
}

void RemoveTagJob::checkTag()
{
    runChild(m_session.resolve(m_removal.snapshot.repository, m_removal.tag,
                               Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) {
                 if (found)
                     return fail({Error::Kind::Changed,
                                  tr("The server says that it removed the tag, but it is there.")});
                 if (found.error().kind != Error::Kind::NotFound)
                     return fail(found.error());
                 checkNextSibling();
             });
}

void RemoveTagJob::checkNextSibling()
{
    if (m_siblings.isEmpty())
        return succeed({m_manifest->digest, m_method});
    const Tag sibling = m_siblings.takeFirst();
    runChild(
        m_session.resolve(m_removal.snapshot.repository, sibling, Session::Priority::Interactive),
        [this, sibling](const Result<Descriptor> &found) {
            if (!found && found.error().kind == Error::Kind::NotFound)
                return putBack(sibling);
            if (!found)
                return fail(found.error());
            // One that points elsewhere by now was moved by somebody.
            checkNextSibling();
        });
}

void RemoveTagJob::putBack(const Tag &tag)
{
    runChild(m_session.pushManifest(m_removal.snapshot.repository, tag, *m_manifest),
             [this, tag](const Result<PushedManifest> &result) {
                 Error error{Error::Kind::Changed,
                             tr("The server also removed the tag %1, which was put back. It cannot "
                                "remove tags alone.")
                                 .arg(quotedText(tag.toString()))};
                 if (!result)
                     error.message = tr("The server also removed the tag %1, and putting it back "
                                        "failed: %2")
                                         .arg(quotedText(tag.toString()), result.error().message);
                 if (m_siblings.isEmpty() || !result)
                     return fail(error);
                 // A registry that takes one takes them all.
                 putBack(m_siblings.takeFirst());
             });
}

} // namespace Longshore
