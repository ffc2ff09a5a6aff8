// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/filecontent.h"
#include "core/transfer/uploadblobjob.h"

namespace Longshore {

class UnhashedFile;

/// Brings a file into a repository as a blob when nobody knows its digest.
///
/// A large file that was not written just now is sent in parts until it is hashed: hashing it first
/// takes a good part of the time that a quick registry needs for it. Then UploadBlobJob takes over,
/// behind the part under way, because an upload that is broken off within a part would stay with many
/// registries for days; it gives the upload up when the blob is there, and sends the rest at once
/// otherwise. Progress is in bytes.
///
/// Fails as UploadBlobJob; as Changed when the file does while it is read.
class UploadFileJob final : public ResultJob<UploadedBlob>
{
    Q_OBJECT

public:
    /// In bytes: below it a file is hashed first, and nothing is sent in vain.
    static constexpr qint64 leastToSendUnhashed = 8 * 1024 * 1024;

    /// Ends as cancelled when \a session goes. Two changes of the file within a \a tick may bear the
    /// same time.
    UploadFileJob(RegistrySession &session, const RepositoryName &repository, const QString &path,
                  std::chrono::nanoseconds tick = FileStamp::longestTick);

signals:
    /// The file is sent again from its start.
    void startedOver(const Longshore::Error &reason);

private:
    using Content = std::shared_ptr<FileContent>;
    using UnhashedContent = std::shared_ptr<UnhashedFile>;

    void doStart() override;
    void releaseResources() override;
    void hash();
    void begin();
    void sendPart();
    void handlePart(const Result<UploadSession> &session, qint64 end);
    void stopSending();
    void takeOver();
    void abandon();

    QPointer<RegistrySession> m_session;
    const UploadTarget m_target;
    const QString m_path;
    const std::chrono::nanoseconds m_tick;
    UnhashedContent m_unhashed; ///< What is sent before it is hashed; null where nothing is.
    bool m_isSending = false; ///< A request of it is under way.
    std::optional<BegunUpload> m_begun; ///< What has come of it.
    Content m_content; ///< Once it is hashed.
};

} // namespace Longshore
