// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/tagremovalproof.h"

#include "core/registry/registrysession.h"

namespace Longshore {

TagRemovalProof::TagRemovalProof(RegistrySession &session)
    : QObject(&session), m_session(session), m_signInNumber(session.signInNumber())
{}

TagRemovalProof &TagRemovalProof::of(RegistrySession &session)
{
    auto *known = session.findChild<TagRemovalProof *>(QString(), Qt::FindDirectChildrenOnly);
    return known ? *known : *new TagRemovalProof(session);
}

TagRemovalProof::Finding TagRemovalProof::finding(Method method,
                                                  const RepositoryName &repository) const
{
    // Somebody else may have other rights, and be answered otherwise.
    if (m_signInNumber != m_session.signInNumber())
        return Finding::Unknown;
    return m_findings.value(method).value(repository.toString());
}

void TagRemovalProof::note(Method method, const RepositoryName &repository, Finding finding,
                           int signInNumber)
{
    if (signInNumber != m_session.signInNumber())
        return;
    if (m_signInNumber != signInNumber)
        m_findings.clear();
    m_signInNumber = signInNumber;
    m_findings[method].insert(repository.toString(), finding);
}

std::optional<Error> TagRemovalProof::objectionTo(Method method) const
{
    const auto blocked = m_blocked.constFind(method);
    if (blocked == m_blocked.constEnd())
        return {};
    return Error{Error::Kind::Policy,
                 tr("Nothing was removed, because it went wrong before: %1").arg(*blocked)};
}

void TagRemovalProof::block(Method method, const QString &what)
{
    m_blocked.insert(method, what);
}

} // namespace Longshore
