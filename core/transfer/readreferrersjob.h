// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/registrysession.h"
#include "core/session/imageparts.h"
#include "core/transfer/leftoutreferrer.h"

#include <QSet>

namespace Longshore {

/// What is about some manifests of a repository: signatures, bills of materials.
struct ImageReferrers
{
    QList<Digest> listed = {}; ///< By the registry; each after what it refers to.
    QMap<Tag, Digest> tags = {}; ///< What only the name of its tag connects; see attachedTags().
    Manifests manifests = {}; ///< All of these, and what indexes among them are made of.
    QList<LeftOutReferrer> leftOut = {}; ///< What else was found; not among the others.
};

/// Finds out what refers to manifests, what refers to that, and so on; reads nothing but manifests.
///
/// What is gone or lacks a blob, is no manifest, does not tell what it is made of, or gives other
/// sizes for blobs than the image is left out: anybody who may push can have it listed. Fails as
/// ListReferrersJob, and as ReadManifestsJob and BlobExistsJob for what cannot be known so: an answer
/// that does not come, or is not what its digest says; as Unsupported where the session is not with a
/// registry, as TooLarge where it has no end.
class ReadReferrersJob final : public ResultJob<ImageReferrers>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ReadReferrersJob(Session &session, const RepositoryName &repository,
                     const QList<Digest> &subjects, QObject *parent = nullptr);

    /// The blobs of the image, whose sizes a referrer must not contradict; before start().
    void setBlobs(const ImageParts &image) { addSizes(image); }

private:
    void doStart() override;
    void list(const QList<Digest> &subjects);
    void findTags(const QList<Digest> &subjects);
    void read();
    void take(const Digest &referrer, const Result<Manifests> &manifests);
    void lookForBlobs();
    void settle();
    /// What speaks against taking a referrer along; empty for nothing.
    [[nodiscard]] QString objectionTo(const ImageParts &referrer) const;
    void leaveOut(const LeftOutReferrer &referrer);
    [[nodiscard]] bool isLeftOut(const Digest &digest) const;
    void addSizes(const ImageParts &parts);

    Session &m_session;
    RegistrySession *const m_registry; ///< The same; null when it is none of a registry.
    const RepositoryName m_repository;
    const QList<Digest> m_subjects;
    ImageReferrers m_found;
    QSet<Digest> m_known; ///< The subjects, and all that was found.
    QSet<Digest> m_new; ///< Found, but not read.
    QMap<Digest, ImageParts> m_read; ///< Of these, those that could be; not settled yet.
    QSet<Digest> m_goneBlobs; ///< Of what was read.
    QHash<Digest, qint64> m_sizesThere; ///< Of the others, as the registry tells.
    QHash<Digest, qint64> m_sizes; ///< Of blobs of the image, and of all that was taken.
    int m_depth = 0;
};

/// The tags under which cosign keeps what is about a manifest: "sha256-....sig", ".att", ".sbom".
[[nodiscard]] QList<Tag> attachedTags(const Digest &digest);

} // namespace Longshore
