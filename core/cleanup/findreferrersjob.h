// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/repositoryinventory.h"
#include "core/oci/manifest.h"

namespace Longshore {

class RegistrySession;

/// Adds to an inventory what refers to some of its images without having a tag, and what refers to
/// that, where the registry keeps lists of it; elsewhere such lists are tags, which an inventory has already. Fails as
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
    void goDeeper();

    RegistrySession &m_session;
    RepositoryInventory m_inventory;
    QList<Digest> m_images; ///< To be asked about, or what refers to them.
    QSet<Digest> m_tagged; ///< What needs no list.
    QMultiHash<Digest, Digest> m_about; ///< Of the images that were asked for, and all found.
    QSet<Digest> m_found; ///< Not known before.
    int m_depth = 0;
};

} // namespace Longshore
