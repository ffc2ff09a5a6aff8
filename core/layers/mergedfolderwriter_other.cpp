// SPDX-License-Identifier: Apache-2.0
#include "core/layers/mergedfolderwriter.h"

#include <QCoreApplication>

#ifndef Q_OS_UNIX

namespace Longshore {

MergedFolderWriter::~MergedFolderWriter() = default;

Result<Done> MergedFolderWriter::open()
{
    return Error{Error::Kind::Unsupported,
                 QCoreApplication::translate(
                     "MergedFolderWriter",
                     "This system cannot write such folders safely. Choose a tar instead.")};
}

Result<Done> MergedFolderWriter::addFolder(const QByteArray &)
{
    return Done();
}

Result<Done> MergedFolderWriter::addEntry(archive_entry *, const QByteArray &)
{
    return Done();
}

Result<Done> MergedFolderWriter::write(QByteArrayView)
{
    return Done();
}

Result<Done> MergedFolderWriter::addHardLink(const QByteArray &, const QByteArray &)
{
    return Done();
}

Result<Done> MergedFolderWriter::finish()
{
    return Done();
}

} // namespace Longshore

#endif
