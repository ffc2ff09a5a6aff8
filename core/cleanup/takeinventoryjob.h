// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/cleanuprules.h"
#include "core/cleanup/repositoryinventory.h"
#include "core/oci/imageconfig.h"
#include "core/oci/manifest.h"

namespace Longshore {

class Session;

/// How much of each image an inventory reads.
enum class InventoryDepth {
    ManifestsOnly, ///< What images are made of, how large they are, and what they refer to.
    Configurations, ///< Also dates, platforms and labels.
};

/// What \a rules ask for; configurations only where one of them does.
[[nodiscard]] InventoryDepth depthFor(const CleanupRules &rules);

/// What a manifest tells by itself; dates only where it is annotated.
[[nodiscard]] ManifestDetails detailsOf(const Manifest &manifest);

/// Takes a snapshot of a repository, and reads what rules ask for of every manifest that a tag
/// points to or that an index is made of, each once. What cannot be read stays unknown. Fails as
/// TakeSnapshotJob. Progress counts tags, then manifests, then configurations.
class TakeInventoryJob final : public ResultJob<RepositoryInventory>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    TakeInventoryJob(Session &session, const RepositoryName &repository, InventoryDepth depth,
                     QObject *parent = nullptr);

private:
    void doStart() override;
    void readManifests();
    void handleManifest(const Manifest &manifest);
    void readConfigs();
    void handleConfig(const Digest &digest, const Result<QByteArray> &bytes);
    void joinIndex(const Digest &digest, const QList<Digest> &children);
    void finish();

    Session &m_session;
    RepositoryName m_repository;
    InventoryDepth m_depth;
    RepositoryInventory m_inventory;
    QSet<Digest> m_missing; ///< Parts of indexes that are not there.
    QHash<Digest, Descriptor> m_configs; ///< By their own digests.
    QMultiHash<Digest, Digest> m_users; ///< Manifests by the configuration that they name.
    QHash<Digest, Annotations> m_annotations; ///< Of images that have a configuration.
};

} // namespace Longshore
