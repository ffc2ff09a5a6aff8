// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesink.h"
#include "core/base/jobqueue.h"
#include "core/oci/manifest.h"
#include "core/oci/reference.h"
#include "core/session/listnamesjob.h"

#include <memory>

namespace Longshore {

/// Something with repositories: a registry, or files that hold images.
///
/// Each function makes a job that the caller starts; the session is its parent unless another job
/// adopts it. Jobs of a session that goes away end as cancelled. Repositories and references have
/// passed their grammar; what does not exist fails as NotFound.
class Session : public QObject
{
    Q_OBJECT

public:
    /// Who goes first when requests have to wait.
    using Priority = JobQueue::Priority;
    using QObject::QObject;

    /// As references write it: "registry.lab:5000".
    [[nodiscard]] virtual QString host() const = 0;

    /// Every repository that the source tells of; there may be others.
    [[nodiscard]] virtual ListNamesJob *listRepositories() = 0;
    /// The tags of \a repository; NotFound when there is no such repository.
    [[nodiscard]] virtual ListNamesJob *listTags(const RepositoryName &repository) = 0;

    /// What \a reference points to, without reading it. OCI distribution-spec, "Checking if content
    /// exists in the registry".
    [[nodiscard]] virtual ResultJob<Descriptor> *
    resolve(const RepositoryName &repository, const Reference &reference, Priority priority) = 0;

    /// The manifest, its bytes checked against the digest that was asked for or announced; fails as
    /// DigestMismatch, and as parseManifest(). OCI distribution-spec, "Pulling manifests".
    [[nodiscard]] virtual ResultJob<Manifest> *fetchManifest(const RepositoryName &repository,
                                                             const Reference &reference,
                                                             Priority priority) = 0;

    /// A small blob, at most 4 MiB, checked against digest and size; fails as TooLarge,
    /// DigestMismatch or SizeMismatch. OCI distribution-spec, "Pulling blobs".
    [[nodiscard]] virtual ResultJob<QByteArray> *
    fetchBlob(const RepositoryName &repository, const Descriptor &blob, Priority priority) = 0;

    /// Streams a blob of any size into \a sink, and checks it on the way: the sink is finished, and
    /// the job succeeds, only when digest and size are right. A size of -1 is one that nobody has
    /// named. Fails as CheckedSink and as the sink; what that was given before is worth nothing then.
    /// Progress is in bytes. OCI distribution-spec, "Pulling blobs".
    [[nodiscard]] ResultJob<Done> *readBlob(const RepositoryName &repository,
                                            const Descriptor &blob, std::shared_ptr<ByteSink> sink);
    /// The same from byte \a offset on, if the source can. Nothing is verified here, because a part
    /// has no digest: that is the business of the sink, which may know what came before, and whose
    /// errors are those of the job.
    [[nodiscard]] virtual ResultJob<Done> *readBlobPart(const RepositoryName &repository,
                                                        const Digest &digest,
                                                        std::shared_ptr<ByteSink> sink,
                                                        qint64 offset) = 0;
};

} // namespace Longshore
