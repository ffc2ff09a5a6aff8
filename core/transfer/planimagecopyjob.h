// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/blobexistsjob.h"
#include "core/session/readimagepartsjob.h"
#include "core/transfer/imagecopy.h"
#include "core/transfer/readreferrersjob.h"

#include <QSet>

namespace Longshore {

class RegistrySession;

/// Whether both sessions are with one registry, so that blobs can be mounted: then the source; else
/// null.
[[nodiscard]] RegistrySession *sameRegistry(Session &source, const RegistrySession &target);

/// Finds out what it takes to bring an image into a registry, and changes nothing: reads all its
/// manifests, and looks which blobs are there already and what the tag points to.
///
/// Fails as the sessions do; as Unsupported for schema 1 and where there is no telling what refers
/// to an image; as NotFound when files lack what would have to be sent; as InvalidInput when the image shall have a digest that is not its own.
class PlanImageCopyJob final : public ResultJob<ImageCopyPlan>
{
    Q_OBJECT

public:
    /// Both sessions must outlive the job.
    PlanImageCopyJob(Session &source, RegistrySession &target, const ImageCopy &wanted,
                     QObject *parent = nullptr);

private:
    void doStart() override;
    void handleImage(const ImageParts &parts);
    void arrange(const Digest &digest, const Manifests &manifests);
    void findReferrers(const ImageParts &image);
    void lookForAttached(const ImageReferrers &referrers);
    void addReferrers(const ImageReferrers &referrers);
    void collectBlobs();
    void lookForTag();
    void lookForBlobs();
    void checkSource();
    [[nodiscard]] ResultJob<BlobPresence> *lookFor(const Digest &blob);

    Session &m_session;
    RegistrySession &m_target;
    const ImageCopy m_wanted;
    std::optional<ImageCopyPlan> m_plan; ///< Once it is known what the image is.
    Manifests m_manifests; ///< Of the image and of what refers to it; others may be among them.
    QSet<Digest> m_arranged;
    QHash<Digest, BlobToCopy> m_blobs;
    QMap<Tag, Digest> m_targetTags; ///< Of the tags of referrers, those that are there.
};

} // namespace Longshore
