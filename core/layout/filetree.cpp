// SPDX-License-Identifier: Apache-2.0
#include "core/layout/filetree.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileTree)
};

bool leadsOut(const QString &name)
{
    const QString clean = QDir::cleanPath(name);
    return name.isEmpty() || clean != name || QDir::isAbsolutePath(name)
           || clean.startsWith(QLatin1String("..")) || name.contains(QChar(0));
}

} // namespace

Result<QByteArray> FileTree::read(const QString &name) const
{
    const auto slice = open(name);
    if (!slice)
        return slice.error();
    return slice->readAll(largestDocument);
}

Result<FileSlice> FolderTree::open(const QString &name) const
{
    if (leadsOut(name))
        return Error{Error::Kind::NotFound,
                     Text::tr("%1 is no file of %2.").arg(quotedText(name), quotedPath(m_folder))};
    auto file = ReadableFile::open(m_folder + u'/' + name);
    if (!file)
        return file.error();
    return FileSlice::whole(*std::move(file));
}

} // namespace Longshore
