// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/imageparts.h"
#include "core/session/session.h"

#include <QSet>

namespace Longshore {

/// Reads manifests, and everything that the indexes among them are made of, level by level.
/// OCI image-spec, image-index.md.
///
/// Fails with the first error, with Error::Kind::TooLarge where indexes are nested deeper than
/// eight levels. Progress counts the manifests of one level.
class ReadManifestsJob final : public ResultJob<Manifests>
{
    Q_OBJECT

public:
    /// What to do about an entry of an index that is not there.
    enum class MissingEntry {
        Fail, ///< An image that lacks a part is no image.
        Skip, ///< What is missing already cannot be lost.
        SkipRoots, ///< The same of the roots: the result lacks what is not there.
    };

    /// Each of \a roots must be there, unless \a missing names them. \a session must outlive the job.
    ReadManifestsJob(Session &session, const RepositoryName &repository, const QList<Digest> &roots,
                     MissingEntry missing, QObject *parent = nullptr);

private:
    void doStart() override;
    void readLevel(const QList<Digest> &digests);
    void handle(const Digest &digest, const Result<Manifest> &manifest);

    Session &m_session;
    const RepositoryName m_repository;
    const QList<Digest> m_roots;
    const MissingEntry m_missing;
    Manifests m_manifests;
    QSet<Digest> m_known; ///< Asked for, or about to be.
    QList<Digest> m_entries; ///< Named by the indexes of this level, and by none before.
    int m_depth = 0; ///< 1 are the roots.
};

} // namespace Longshore
