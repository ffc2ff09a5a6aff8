// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/oci/digest.h"

#include <memory>

namespace Longshore {

/// A folder for blobs on their way from one registry to another, which nobody else may read. It
/// goes, with all that is in it, when its last user goes; that is done by a worker.
class SpoolFolder
{
public:
    /// Makes the folder among the temporary files, for a worker, and removes those of programs that were
    /// killed. An Error of kind LocalFile when it
    /// cannot be made, or has not room for \a bytes.
    [[nodiscard]] static Result<SpoolFolder> make(qint64 bytes);

    /// Where a blob belongs.
    [[nodiscard]] QString filePath(const Digest &digest) const;

private:
    struct Folder;

    explicit SpoolFolder(std::shared_ptr<const Folder> folder) : m_folder(std::move(folder)) {}

    std::shared_ptr<const Folder> m_folder;
};

} // namespace Longshore
