// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/fetchmanifestjob.h"

namespace Longshore {

/// HEAD of a manifest: what a reference points to, without reading it. OCI distribution-spec,
/// "Checking if content exists in the registry".
///
/// Where HEAD is refused or tells no digest, GET decides: some registries do not know HEAD, or
/// answer it wrongly. Docker Hub counts GET as a pull, so HEAD comes first. Where HEAD is known to
/// find what is there, it may also say what is not. Fails as FetchManifestJob.
class ResolveJob final : public ResultJob<Descriptor>
{
    Q_OBJECT

public:
    /// What shows that nothing is there.
    enum class Absence {
        ByGet, ///< HEAD alone is not believed.
        ByHead, ///< For who has seen it find a manifest of the same repository by its digest.
    };

    /// Asks for the right to pull from the repository of \a target.
    ResolveJob(HttpClient &client, const ManifestTarget &target, Absence absence = Absence::ByGet,
               QObject *parent = nullptr);

    /// Once it has succeeded: whether HEAD was enough.
    [[nodiscard]] bool isAnsweredByHead() const { return m_isAnsweredByHead; }

private:
    void doStart() override;
    [[nodiscard]] bool isFinal(const Error &error) const;
    void fetchInstead();

    HttpClient &m_client;
    ManifestTarget m_target;
    const Absence m_absence;
    bool m_isAnsweredByHead = false;
};

} // namespace Longshore
