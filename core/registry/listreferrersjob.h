// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/oci/manifest.h"
#include "core/registry/capabilities.h"
#include "core/registry/registryurls.h"

#include <QSet>

namespace Longshore {

class HttpClient;
struct HttpResponse;

/// Whose referrers shall be listed, and of which type; of all when that is empty.
struct ReferrersQuery
{
    RepositoryName repository; ///< Where they are, and what they refer to.
    Digest digest; ///< Of the manifest that they refer to; it need not be there.
    QString artifactType = {}; ///< Compared to the letter; empty for all.
};

/// What refers to a manifest: signatures, bills of materials. OCI distribution-spec, "Listing
/// Referrers".
///
/// A registry without that endpoint, which its status or the type of its answer tells, is asked for
/// the tag under which clients keep such a list instead; where there is none, nothing refers to the manifest. Fails as HttpJob and as
/// parseManifest(); as Policy when the list goes on at another host, as TooLarge when it has no
/// end.
///
/// Asks only for the tag where setSupport() says that there is no such endpoint.
class ListReferrersJob final : public ResultJob<QList<Descriptor>>
{
    Q_OBJECT

public:
    /// Asks for the right to pull from the repository of \a query.
    ListReferrersJob(HttpClient &client, const RegistryUrls &urls, const ReferrersQuery &query,
                     QObject *parent = nullptr);

    /// What is known of the endpoint. Before start().
    void setSupport(Support support) { m_support = support; }
    /// The same, with what this job has seen.
    [[nodiscard]] Support support() const noexcept { return m_support; }

private:
    void doStart() override;
    void request(const QUrl &url);
    void handleAnswer(const HttpResponse &response);
    void goOn(const HttpResponse &response);
    void readFallback();
    void end(const QList<Descriptor> &referrers);

    HttpClient &m_client;
    RegistryUrls m_urls;
    ReferrersQuery m_query;
    Support m_support = Support::Unknown;
    QSet<QUrl> m_visited;
    QList<Descriptor> m_found;
};

/// The tag under which clients list what refers to \a digest, where the registry does not.
/// OCI distribution-spec, "Referrers Tag Schema".
[[nodiscard]] Tag referrersTag(const Digest &digest);
/// Whether \a tag is one of those, for whatever digest.
[[nodiscard]] bool isReferrersTag(const Tag &tag);

} // namespace Longshore
