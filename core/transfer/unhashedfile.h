// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/filereading.h"
#include "core/transfer/partedcontent.h"

namespace Longshore {

/// A file that is sent before anybody knows its digest. What was sent is what its stamp says.
class UnhashedFile final : public PartedContent
{
public:
    /// Fails as openRegularFile().
    [[nodiscard]] static Result<std::shared_ptr<UnhashedFile>> open(const QString &path);

    /// Of the file when it was opened.
    [[nodiscard]] const FileStamp &stamp() const noexcept { return m_stamp; }

private:
    UnhashedFile(std::unique_ptr<QFile> file, const FileStamp &stamp);
    [[nodiscard]] Result<Done> seek(qint64 offset) override;
    /// Fails with Changed before the last byte of a file that is no longer what it was.
    [[nodiscard]] Result<qint64> read(char *data, qint64 maximum) override;

    const std::unique_ptr<QFile> m_file;
    const FileStamp m_stamp;
};

} // namespace Longshore
