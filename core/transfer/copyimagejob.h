// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/jobqueue.h"
#include "core/registry/pushmanifestjob.h"
#include "core/session/session.h"
#include "core/transfer/imagecopy.h"
#include "core/transfer/spoolfolder.h"
#include "core/transfer/transferpart.h"
#include "core/transfer/transferphase.h"
#include "core/transfer/uploadblobjob.h"

namespace Longshore {

/// Brings an image into a registry, as it was planned: blobs first, then the manifests of which an
/// index is made, what refers to the image, and the tag last. Manifests keep their bytes. What the
/// tag names then is read back and compared. A tag that only is about the image is never moved.
///
/// When the registry misses a blob that it seemed to have, everything that is missing by then is sent
/// once more. Only a few blobs are on their way at once; those that come from another registry lie in a
/// temporary folder meanwhile. The tag may point elsewhere, as far as the plan tells of it; it is looked
/// at once more before it is moved. Progress is in bytes of the blobs that are missing. Fails as
/// CopyBlobJob and PushManifestJob; as Changed when the tag points to something else than was planned,
/// and in the end; as Policy, before anything is read, where nothing may be changed; as LocalFile, before anything is fetched, where the disk has not enough room.
class CopyImageJob final : public ResultJob<CopiedImage>, public TransferParts, public PhasedJob
{
    Q_OBJECT

public:
    /// Both sessions must outlive the job; they are those that the plan was made with.
    CopyImageJob(Session &source, RegistrySession &target, const ImageCopyPlan &plan,
                 QObject *parent = nullptr);

    [[nodiscard]] QList<TransferPart> parts() const override;
    [[nodiscard]] TransferPhase phase() const override { return m_phase; }

signals:
    /// The last manifest is about to be sent, which sets the tag: from now on the registry may have it,
    /// until the job fails before placed() by anything but Ambiguous and Cancelled. \a copied as there.
    /// May come once more.
    void placing(const Longshore::CopiedImage &copied);
    /// The registry has taken the last manifest, or nobody knows whether it has: from now on the job
    /// changes nothing, but may still fail. \a copied is what it then succeeds with.
    void placed(const Longshore::CopiedImage &copied);

private:
    void doStart() override;
    void releaseResources() override;
    void prepare(const QList<BlobToCopy> &blobs);
    void copyBlobs(const QList<BlobToCopy> &blobs);
    void copyBlob(const BlobToCopy &blob);
    void handleBlob(const BlobToCopy &blob, const Result<UploadedBlob> &result);
    void noteProgress(const Digest &digest, qint64 done);
    void stopFor(const Error &error);
    void pushNext();
    void lookAtTag();
    void handleTag(const std::optional<Digest> &found);
    void pushFirst();
    void handlePushed(const Result<PushedManifest> &pushed);
    void bringAgain();
    void readBack();

    Session &m_source;
    RegistrySession &m_target;
    const ImageCopyPlan m_plan;
    CopiedImage m_result;
    JobQueue m_queue;
    std::optional<SpoolFolder> m_spool;
    QHash<Digest, qint64> m_progress; ///< In bytes.
    qint64 m_done = 0;
    qint64 m_total = 0;
    qsizetype m_waiting = 0; ///< Blobs that have not arrived.
    /// Still to be pushed, the first of them under way.
    QList<std::pair<Reference, Manifest>> m_manifests;
    bool m_hasBroughtAgain = false;
    TransferPhase m_phase = TransferPhase::Bringing;
};

} // namespace Longshore
