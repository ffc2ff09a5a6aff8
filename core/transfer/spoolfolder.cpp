// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/spoolfolder.h"

#include "core/base/displaytext.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/diskroom.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QTemporaryDir>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SpoolFolder)
};

constexpr auto prefix = "longshore-spool-"_L1;

/// Those of the same user as \a ours, with a lock that nobody holds any more. One without a lock may just
/// be in the making.
void removeAbandoned(const QString &ours)
{
    QDir temporary(QDir::tempPath());
    const QStringList names = temporary.entryList({prefix + u'*'}, QDir::Dirs | QDir::NoSymLinks);
    for (const QString &name : names) {
        const QString folder = temporary.filePath(name);
        const bool isOurs = QFileInfo(folder).ownerId() == QFileInfo(ours).ownerId();
        if (!isOurs || !QFileInfo(folder + u'/' + folderLockName).isFile())
            continue;
        if (auto lock = lockFolder(folder))
            removeFolder(folder, *lock);
    }
}

} // namespace

/// Keeps the lock as long as the folder.
struct SpoolFolder::Folder
{
    QTemporaryDir folder{QDir::tempPath() + u'/' + prefix + "XXXXXX"_L1};
    std::shared_ptr<QLockFile> lock; ///< Tells others that somebody uses it.
};

Result<SpoolFolder> SpoolFolder::make(qint64 bytes)
{
    const std::shared_ptr<Folder> made(new Folder, [](const Folder *folder) {
        QThreadPool::globalInstance()->start([folder] { delete folder; });
    });
    if (!made->folder.isValid())
        return Error{Error::Kind::LocalFile, Text::tr("Cannot make a temporary folder in %1: %2.")
                                                 .arg(quotedPath(QDir::tempPath()),
                                                      quotedText(made->folder.errorString()))};
    const auto lock = lockFolder(made->folder.path());
    if (!lock)
        return lock.error();
    made->lock = *lock;
    removeAbandoned(made->folder.path());
    if (const auto checked = checkDiskRoom(QDir::tempPath(), bytes); !checked)
        return checked.error();
    return SpoolFolder(made);
}

QString SpoolFolder::filePath(const Digest &digest) const
{
    return m_folder->folder.filePath(digest.algorithm() + u'-' + digest.encoded());
}

} // namespace Longshore
