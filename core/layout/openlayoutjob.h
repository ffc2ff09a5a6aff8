// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"

#include <memory>

namespace Longshore {

class ImageFiles;
class LayoutSession;

/// Finds out which images are in a folder, and opens them like a registry. What the folder holds
/// decides how it is read.
///
/// Fails as NotFound when there is nothing, as Unsupported when there is nothing that could be read
/// as images, as LocalFile; as Protocol or TooLarge when the list of images is no such list.
class OpenLayoutJob final : public ResultJob<std::shared_ptr<LayoutSession>>
{
    Q_OBJECT

public:
    /// The session that comes of it calls itself \a path, as it is written.
    explicit OpenLayoutJob(const QString &path, QObject *parent = nullptr);

private:
    void doStart() override;

    const QString m_path;
};

} // namespace Longshore
