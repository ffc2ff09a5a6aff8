// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/diskroom.h"

#include "core/base/diskcalls.h"
#include "core/base/displaytext.h"
#include "core/base/saturatingsum.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DiskRoom)
};

} // namespace

qint64 totalSize(const QList<qint64> &sizes)
{
    qint64 sum = 0;
    for (const qint64 size : sizes)
        sum = saturatingSum(sum, size);
    return sum;
}

DiskRoom diskRoomFor(const QString &path)
{
    QString folder = QFileInfo(path).absoluteFilePath();
    while (!QFileInfo(folder).isDir() && QFileInfo(folder).path() != folder)
        folder = QFileInfo(folder).path();
    return {folder, DiskCalls::freeSpace(folder)};
}

Result<Done> checkDiskRoom(const QString &folder, qint64 needed)
{
    if (needed == 0)
        return Done();
    const qint64 free = DiskCalls::freeSpace(folder);
    if (free < 0 || needed <= free)
        return Done();
    const QLocale locale;
    return Error{Error::Kind::LocalFile,
                 Text::tr("There is not enough room in %1: %2 more are needed, and %3 are free.")
                     .arg(quotedText(folder), locale.formattedDataSize(needed),
                          locale.formattedDataSize(free))};
}

} // namespace Longshore
