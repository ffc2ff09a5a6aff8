// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/blobexistsjob.h"
#include "core/registry/startuploadjob.h"
#include "core/transfer/blobcontent.h"

#include <QPointer>

namespace Longshore {

class RegistrySession;

/// An upload that somebody has begun, and how far it is.
struct BegunUpload
{
    UploadSession session; ///< As the registry has described it last.
    qint64 position = 0; ///< Bytes of the blob that the registry has.
};

/// A blob, and where it shall go.
struct BlobUpload
{
    RepositoryName repository; ///< Where it shall be.
    std::shared_ptr<BlobContent> content; ///< What it is made of; kept until the job is gone.
    /// What to try before any byte is sent; nothing for not to.
    std::optional<StartUploadJob::Mount> mount = {};
    /// In bytes; 0 sends the whole blob in one request, which is also the last that is tried else.
    qint64 partSize = 0;
    /// To go on with, instead of a new one; given up where that is not needed.
    std::optional<BegunUpload> begun = {};
};

/// What became of an upload.
struct UploadedBlob
{
    /// By what way it came there.
    enum class How { WasThere, Mounted, Uploaded };

    Digest digest; ///< By which the registry has it.
    qint64 size = 0; ///< In bytes.
    How how = How::Uploaded; ///< Without any byte sent, unless Uploaded.
    /// Whether it had to be sent from its start again, or brought here so on its way; see CopyBlobJob.
    bool hasStartedOver = false;
};

/// Brings a blob into a repository, unless it is there.
///
/// Nothing is guessed: whenever an answer is lost or makes no sense, the registry is asked for the
/// blob, then for the upload, which goes on where the registry says it stands. Where that cannot
/// be, the blob is sent again from its start, a few times. What is not finished is given up at the
/// registry too. Of several that bring the same blob to the same place one sends it, and the others
/// wait. Progress is in bytes of the blob. OCI distribution-spec, "Pushing blobs".
///
/// Fails as HttpJob and as the content does; as DigestMismatch when the registry counts another
/// digest than we do, as Protocol when it counts other bytes than were sent.
class UploadBlobJob final : public ResultJob<UploadedBlob>
{
    Q_OBJECT

public:
    /// Ends as cancelled when \a session goes.
    UploadBlobJob(RegistrySession &session, const BlobUpload &upload, QObject *parent = nullptr);

signals:
    /// The blob is sent again from its start.
    void startedOver(const Longshore::Error &reason);

private:
    using How = UploadedBlob::How;

    void doStart() override;
    void releaseResources() override;
    void waitFor(Job *other);
    void begin(const std::optional<StartUploadJob::Mount> &mount);
    void sendOn();
    void sendPart(qint64 size);
    void handlePart(const UploadSession &session, qint64 end);
    void finish(std::shared_ptr<ByteSource> body);
    void recover(const Error &error);
    void askForUpload(const Error &error);
    void startOver(const Error &reason);
    void verify(How how);
    void abandon();
    void reportFrom(Job *job);
    [[nodiscard]] BlobExistsJob *lookForBlob();
    [[nodiscard]] bool isOurs(const BlobPresence &presence) const;
    [[nodiscard]] qint64 nextPartSize() const;
    [[nodiscard]] qint64 size() const { return m_upload.content->size(); }
    void end(How how);

    QPointer<RegistrySession> m_session;
    BlobUpload m_upload;
    UploadTarget m_target;
    std::optional<UploadSession> m_open; ///< The upload at the registry.
    qint64 m_position = 0; ///< What the registry has of it.
    qint64 m_sentTo = 0;
    qint64 m_partSize = 0; ///< At the moment; 0 for the whole.
    int m_resumptions = 0;
    int m_startsOver = 0;
    bool m_wasCalledWrong = false; ///< The registry counted another digest once.
};

} // namespace Longshore
