// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/spoolfolder.h"

#include "core/base/diskcalls.h"
#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
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
    const QString place = quotedText(QDir::toNativeSeparators(QDir::tempPath()));
    if (!folder->isValid())
        return Error{Error::Kind::LocalFile, Text::tr("Cannot make a temporary folder in %1: %2.")
                                                 .arg(place, quotedText(folder->errorString()))};
    const qint64 free = DiskCalls::freeSpace(folder->path());
    const QLocale locale;
    if (free >= 0 && bytes > free)
        return Error{
            Error::Kind::LocalFile,
            Text::tr("There is not enough room in %1: %2 are needed, and %3 are free.")
                .arg(place, locale.formattedDataSize(bytes), locale.formattedDataSize(free))};
    return SpoolFolder(folder);
}

QString SpoolFolder::filePath(const Digest &digest) const
{
    return m_folder->filePath(digest.algorithm() + u'-' + digest.encoded());
}

} // namespace Longshore
