// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mailbox.h"
#include "core/base/resultjob.h"

#include <memory>

namespace Longshore {

class ImageFiles;
class LayoutSession;

/// Finds out which images are in a folder or archive, and opens them like a registry: an OCI image
/// layout, what "docker save" and skopeo's "dir:" write, and a tar archive of any of these. What is
/// there decides how it is read, and not its name.
///
/// An archive that is compressed by gzip or zstd is unpacked once, into a private temporary file
/// that goes with the session; any other is read in place. Nothing else is ever written. Progress is
/// in bytes of an archive that is unpacked.
///
/// Fails as NotFound when there is nothing, as Unsupported when there is nothing that could be read
/// as images, as LocalFile when something is damaged or the disk is full; as Protocol or TooLarge
/// when the list of images is no such list, or the archive unpacks to more than any image;
/// as DockerArchiveFiles does.
class OpenLayoutJob final : public ResultJob<std::shared_ptr<LayoutSession>>
{
    Q_OBJECT

public:
    /// The session that comes of it calls itself \a path, as it is written.
    explicit OpenLayoutJob(const QString &path, QObject *parent = nullptr);

private:
    void doStart() override;

    const QString m_path;
    Mailbox m_mailbox; ///< For the progress.
};

} // namespace Longshore
