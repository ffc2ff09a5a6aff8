// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/removetagjob.h"

namespace Longshore {

/// What removals of tags alone have shown of the registry of a session: which way of doing it
/// leaves everything else alone, and which does not. Belongs to the session and is forgotten with
/// it. What was proven is forgotten also when the session signs in anew, to the registry or to a part
/// of it, because the rights of an account belong to it; that a way took a tag along is not
/// (window.md, 11, R5).
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

    /// How a way went in \a repository, for those who are signed in.
    [[nodiscard]] Finding finding(Method method, const RepositoryName &repository) const;
    /// Remembers what was found under \a signInNumber of the session; nothing when it has another
    /// by now.
    void note(Method method, const RepositoryName &repository, Finding finding, int signInNumber);

    /// Why a way must not be gone any more, in any repository; of kind Policy.
    [[nodiscard]] std::optional<Error> objectionTo(Method method) const;
    /// From now on it must not, because it took a tag along; \a what says so.
    void block(Method method, const QString &what);

private:
    explicit TagRemovalProof(RegistrySession &session);

    const RegistrySession &m_session;
    int m_signInNumber; ///< Whose findings these are.
    QHash<Method, QHash<QString, Finding>> m_findings; ///< By repository.
    QHash<Method, QString> m_blocked; ///< And why.
};

} // namespace Longshore
