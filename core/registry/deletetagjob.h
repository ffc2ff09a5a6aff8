// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/fetchmanifestjob.h"
#include "core/registry/registryvendor.h"

namespace Longshore {

/// DELETE of a tag alone, where the registry knows that: the manifest and its other tags stay. OCI
/// distribution-spec, "Deleting tags"; or in the way of its vendor.
///
/// Many registries do not; then it fails as Unsupported, else as HttpJob. When the answer is lost
/// the registry is asked what became of it; as long as it has the tag that is Ambiguous, because
/// somebody else may have set it again.
class DeleteTagJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// Asks for the right to delete in \a repository.
    DeleteTagJob(HttpClient &client, const RegistryUrls &urls, const RepositoryName &repository,
                 const Tag &tag, QObject *parent = nullptr);

    /// Who made the registry; nobody known by default. Before start().
    void setVendor(RegistryVendor vendor) { m_vendor = vendor; }

private:
    void doStart() override;
    void askNextPlace();
    void handleFailure(const Error &error);
    void askWhatHappened(const Error &lost);

    HttpClient &m_client;
    ManifestTarget m_target;
    Tag m_tag;
    RegistryVendor m_vendor = RegistryVendor::Unknown;
    QList<QUrl> m_places; ///< Not yet asked.
};

} // namespace Longshore
