// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/removeprobejob.h"

#include "core/oci/tagnames.h"
#include "core/registry/registrysession.h"

using namespace Qt::StringLiterals;

namespace Longshore {

QString ProbeRemains::text() const
{
    if (tags.isEmpty())
        return {};
    const QString text = RemoveProbeJob::tr("The image that this was tried with may still be there "
                                            "under these tags: %1. Delete them by hand.")
                             .arg(namesOf(tags).join(u", "_s));
    return error ? text + u' ' + error->message : text;
}

RemoveProbeJob::RemoveProbeJob(RegistrySession &session, const RepositoryName &repository,
                               const Digest &image, const QList<Tag> &tags, QObject *parent)
    : ResultJob(parent), m_session(session), m_repository(repository), m_image(image), m_tags(tags)
{}

void RemoveProbeJob::remove(const Digest &digest, Next next)
{
    runChild(m_session.deleteManifest(m_repository, digest),
             [this, next](const Result<Done> &removed) {
                 if (!removed && removed.error().kind != Error::Kind::NotFound)
                     m_remains.error = removed.error();
                 (this->*next)();
             });
}

/// Where the removal of a tag was broken off, it may name a placeholder.
void RemoveProbeJob::lookAtNext()
{
    if (m_tags.isEmpty())
        return succeed(m_remains);
    runChild(m_session.resolve(m_repository, m_tags.first(), Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) {
                 if (found)
                     return remove(found->digest, &RemoveProbeJob::lookAgain);
                 if (found.error().kind != Error::Kind::NotFound)
                     return giveUp(found.error());
                 m_tags.removeFirst();
                 lookAtNext();
             });
}

void RemoveProbeJob::lookAgain()
{
    runChild(m_session.resolve(m_repository, m_tags.first(), Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) {
                 if (!found && found.error().kind != Error::Kind::NotFound)
                     return giveUp(found.error());
                 const Tag tag = m_tags.takeFirst();
                 if (found)
                     m_remains.tags.append(tag);
                 lookAtNext();
             });
}

/// Nobody answers: of the others nothing is known either.
void RemoveProbeJob::giveUp(const Error &error)
{
    m_remains.error = error;
    m_remains.tags += m_tags;
    succeed(m_remains);
}

} // namespace Longshore
