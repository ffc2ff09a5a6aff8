// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/repositoryinventory.h"
#include "core/oci/manifest.h"

namespace Longshore {

class RegistrySession;

/// Adds to an inventory what refers to some of its images without having a tag, where the registry
/// keeps lists of that; elsewhere such lists are tags, which an inventory has already. Fails as
/// ListReferrersJob; what cannot be read stays unknown. Progress counts images, then referrers.
class FindReferrersJob final : public ResultJob<RepositoryInventory>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    FindReferrersJob(RegistrySession &session, const RepositoryInventory &inventory,
                     const QSet<Digest> &images, QObject *parent = nullptr);

private:
    void doStart() override;
    void listAll();
    void handleList(const Digest &image, const Result<QList<Descriptor>> &referrers);
    void readAll();

    RegistrySession &m_session;
    RepositoryInventory m_inventory;
    QList<Digest> m_images;
    QSet<Digest> m_tagged; ///< What needs no list.
    QSet<Digest> m_found; ///< Not known before.
};

} // namespace Longshore
