// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/spoolfolder.h"

#include "core/base/displaytext.h"
#include "core/transfer/diskroom.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SpoolFolder)
};

void removeInWorker(QTemporaryDir *folder)
{
    QThreadPool::globalInstance()->start([folder] { delete folder; });
}

} // namespace

Result<SpoolFolder> SpoolFolder::make(qint64 bytes)
{
    const std::shared_ptr<QTemporaryDir> folder(
        new QTemporaryDir(QDir::tempPath() + "/longshore-XXXXXX"_L1), &removeInWorker);
    if (!folder->isValid())
        return Error{Error::Kind::LocalFile,
                     Text::tr("Cannot make a temporary folder in %1: %2.")
                         .arg(quotedPath(QDir::tempPath()), quotedText(folder->errorString()))};
    if (const auto checked = checkDiskRoom(QDir::tempPath(), bytes); !checked)
        return checked.error();
    return SpoolFolder(folder);
}

QString SpoolFolder::filePath(const Digest &digest) const
{
    return m_folder->filePath(digest.algorithm() + u'-' + digest.encoded());
}

} // namespace Longshore
