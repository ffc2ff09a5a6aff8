// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/cleanup/removetagjob.h"

namespace Longshore {

/// What removals of tags alone have shown of the registry of a session: which way of doing it
/// leaves everything else alone, and which does not. Belongs to the session and is forgotten with
/// it. What was proven is forgotten also when the session signs in anew, because the rights of an
/// account are a part of it; that a way took a tag along is not (window.md, 11, R5).
class TagRemovalProof final : public QObject
{
    Q_OBJECT

public:
    /// A way of removing a tag alone.
    using Method = RemovedTag::Method;

    /// What is known of a way in one repository.
    enum class Finding {
        Unknown, ///< Nobody went it yet.
        Absent, ///< The registry has said that it does not know it.
        Proven, ///< A removal took the tag and left every other tag of the image.
    };

    /// The one of \a session, to which it belongs.
    [[nodiscard]] static TagRemovalProof &of(RegistrySession &session);

    /// How a way went in \a repository, for the account of the session.
    [[nodiscard]] Finding finding(Method method, const RepositoryName &repository) const;
    /// Remembers what \a account has found; nothing when the session has another one by now.
    void note(Method method, const RepositoryName &repository, Finding finding,
              const Credentials &account);

    /// Why a way must not be gone any more, in any repository; of kind Policy.
    [[nodiscard]] std::optional<Error> objectionTo(Method method) const;
    /// From now on it must not, because it took a tag along; \a what says so.
    void block(Method method, const QString &what);

private:
    explicit TagRemovalProof(RegistrySession &session);

    const RegistrySession &m_session;
    Credentials m_account; ///< Whose findings these are.
    QHash<Method, QHash<QString, Finding>> m_findings; ///< By repository.
    QHash<Method, QString> m_blocked; ///< And why.
};

} // namespace Longshore
