// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/filecontent.h"
#include "core/transfer/uploadblobjob.h"

namespace Longshore {

class UnhashedFile;

/// Brings a file into a repository as a blob when nobody knows its digest.
///
/// A large file that was not written just now is sent while it is hashed, in parts: hashing it first takes a good part of the time
/// that a quick registry needs for it. As soon as its digest is known the registry is asked for it;
/// when the blob is there, the upload is given up behind the part under way, because an upload that
/// is broken off within a part would stay with many registries for days. Whatever goes wrong on this
/// way, the file is uploaded as UploadBlobJob does. Progress is in bytes.
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
    /// What the registry says of the blob.
    enum class Blob { Unknown, Missing, There };

    void doStart() override;
    void releaseResources() override;
    void hash();
    void begin(const UnhashedContent &file);
    void handleFailedStart(const Error &error);
    void sendPart();
    void handlePart(const Result<UploadSession> &session, qint64 end);
    void stopSending(const Error &reason);
    void lookForBlob();
    void goOn();
    void finish();
    void uploadHashed();
    void abandon();
    void end(UploadedBlob::How how);

    QPointer<RegistrySession> m_session;
    const UploadTarget m_target;
    const QString m_path;
    const std::chrono::nanoseconds m_tick;
    UnhashedContent m_unhashed; ///< While it is being sent.
    qint64 m_position = 0; ///< What the registry has of it.
    std::optional<Error> m_sendError; ///< Why the registry did not get all of it.
    std::optional<FileStamp> m_sent; ///< Of the file that the registry did get.
    std::optional<UploadSession> m_open; ///< The upload at the registry.
    Content m_content; ///< Once it is hashed.
    Blob m_blob = Blob::Unknown;
};

} // namespace Longshore
