// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/capabilities.h"
#include "core/registry/registryvendor.h"
#include "core/registry/uploadsession.h"

namespace Longshore {

class HttpClient;

/// What is to be found out, and where.
struct CapabilityProbe
{
    Capability capability = Capability::Catalog; ///< What to find out.
    /// Not needed for the catalog. Need not exist for deletions and referrers.
    std::optional<RepositoryName> repository = {};
    /// Of the repository, and of two bytes at least; for Range and Mount.
    std::optional<Digest> blob = {};
};

/// Finds out what a registry offers, by requests that change nothing there: deletions are those of
/// things that do not exist, a mount is one of a blob into the repository that it is in, and an
/// upload that comes of it is given up.
///
/// Gives Yes or No. Fails when that cannot be told: without an answer, without what it needs, where
/// somebody has to sign in first.
class ProbeCapabilityJob final : public ResultJob<Support>
{
    Q_OBJECT

public:
    /// \a client must outlive the job.
    ProbeCapabilityJob(HttpClient &client, const RegistryUrls &urls, const CapabilityProbe &probe,
                       QObject *parent = nullptr);
    /// As DeleteTagJob::setVendor().
    void setVendor(RegistryVendor vendor) { m_vendor = vendor; }

private:
    void doStart() override;
    void probeCatalog();
    void probeDeletion();
    void probeTagDeletion();
    void probeReferrers();
    void probeRange();
    void probeMount();
    /// What a deletion of nothing tells.
    void judgeDeletion(const Result<Done> &result);
    [[nodiscard]] bool hasWhatItNeeds() const;

    HttpClient &m_client;
    RegistryUrls m_urls;
    CapabilityProbe m_probe;
    RegistryVendor m_vendor = RegistryVendor::Unknown;
};

} // namespace Longshore
