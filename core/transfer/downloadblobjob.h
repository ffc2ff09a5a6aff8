// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/oci/reference.h"
#include "core/transfer/blobfile.h"
#include "core/transfer/transferphase.h"

#include <memory>

namespace Longshore {

class Session;

/// A blob, and the file that it shall become.
struct BlobDownload
{
    RepositoryName repository; ///< Where it is.
    Digest digest; ///< What the bytes must hash to.
    qint64 size = -1; ///< In bytes; -1 when nobody has named it.
    QString path; ///< Of the finished file; its folder must be there.
    /// What becomes of a file that has the name already.
    SafeFile::Existing existing = SafeFile::Existing::Keep;
    /// What becomes of what has arrived when the rest does not.
    BlobFile::Part part = BlobFile::Part::Discard;
};

/// What a finished download can prove.
struct DownloadedBlob
{
    Digest digest; ///< Of the bytes in the file.
    qint64 size = 0; ///< In bytes, as counted.
    QString path; ///< Where it is.
    /// Whether what had arrived could not be used: the server sends no parts, or it was damaged.
    bool hasStartedOver = false;
};

/// "1 blob had to be brought from the start again, because ...", for a message; empty for none.
[[nodiscard]] QString startedOverText(qsizetype blobs);

/// Downloads a blob to disk, verified. A connection that breaks is taken up where it broke, as
/// long as each attempt brings something; wrong content, and what follows upon a wrong part, is
/// fetched once more from the start. OCI
/// distribution-spec, "Pulling blobs"; RFC 9110, 14.
///
/// Fails as Session::readBlobPart() and as BlobFile; nothing is left on the disk then, unless the part is
/// to be kept: the next job of the same blob and path goes on with it, also after this program was
/// killed. Progress is in bytes of the file.
class DownloadBlobJob final : public ResultJob<DownloadedBlob>, public PhasedJob
{
    Q_OBJECT

public:
    /// \a session must outlive the job; the queue of transfers sees to that.
    DownloadBlobJob(Session &session, const BlobDownload &download, QObject *parent = nullptr);
    ~DownloadBlobJob() override;

    [[nodiscard]] TransferPhase phase() const override { return m_phase; }

private:
    void doStart() override;
    void releaseResources() override;
    void read();
    void handleFailure(const Error &error);
    void checkWhatArrived();
    void startOver(const Error &error);
    void conclude();

    Session &m_session;
    BlobDownload m_download;
    std::shared_ptr<BlobFile> m_file;
    qint64 m_positionAtStart = 0; ///< Of the attempt under way.
    TransferPhase m_phase = TransferPhase::Looking; ///< At a part that was kept.
    bool m_hasStartedOver = false;
};

} // namespace Longshore
