// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/unhashedfile.h"

namespace Longshore {

UnhashedFile::UnhashedFile(std::unique_ptr<QFile> file, const FileStamp &stamp)
    : PartedContent(stamp.size), m_file(std::move(file)), m_stamp(stamp)
{}

Result<std::shared_ptr<UnhashedFile>> UnhashedFile::open(const QString &path)
{
    auto file = std::make_unique<QFile>(path);
    if (const auto opened = openRegularFile(*file); !opened)
        return opened.error();
    return std::shared_ptr<UnhashedFile>(new UnhashedFile(std::move(file), FileStamp::of(path)));
}

Result<Done> UnhashedFile::seek(qint64 offset)
{
    if (!m_file->seek(offset))
        return fileChanged(m_file->fileName());
    return Done();
}

Result<qint64> UnhashedFile::read(char *data, qint64 maximum)
{
    const qint64 count = m_file->read(data, maximum);
    const bool isLast = m_file->pos() == size();
    if (count <= 0 || (isLast && FileStamp::of(m_file->fileName()) != m_stamp))
        return fileChanged(m_file->fileName());
    return count;
}

} // namespace Longshore
