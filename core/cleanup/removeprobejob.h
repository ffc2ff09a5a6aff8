// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/oci/reference.h"

namespace Longshore {

class RegistrySession;

/// What is left of an image that something was tried with.
struct ProbeRemains
{
    QList<Tag> tags; ///< That were not seen to be gone.
    std::optional<Error> error = {}; ///< Why, where the registry has said so.

    /// Names them for a person; empty for none.
    [[nodiscard]] QString text() const;
};

/// Deletes an image that was made to try something, and whatever its tags name by then: they belong
/// to nobody else. Succeeds whatever is left.
class RemoveProbeJob final : public ResultJob<ProbeRemains>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    RemoveProbeJob(RegistrySession &session, const RepositoryName &repository, const Digest &image,
                   const QList<Tag> &tags, QObject *parent = nullptr);

private:
    using Next = void (RemoveProbeJob::*)();

    void doStart() override { remove(m_image, &RemoveProbeJob::lookAtNext); }
    void remove(const Digest &digest, Next next);
    void lookAtNext();
    void lookAgain();
    void giveUp(const Error &error);

    RegistrySession &m_session;
    const RepositoryName m_repository;
    const Digest m_image;
    QList<Tag> m_tags; ///< Not yet seen to be gone; the first is being looked at.
    ProbeRemains m_remains;
};

} // namespace Longshore
