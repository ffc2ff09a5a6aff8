// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/inputfile.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(InputFile)
};

Error refused(const QString &message)
{
    return {Error::Kind::LocalFile, message};
}

} // namespace

Result<QByteArray> readInputFile(const QString &path, qint64 maximum)
{
    QFile file(path);
    if (!QFileInfo::exists(path))
        return refused(Text::tr("There is no file %1.").arg(quotedText(path)));
    if (!QFileInfo(path).isFile())
        return refused(Text::tr("%1 is no regular file.").arg(quotedText(path)));
    if (!file.open(QIODevice::ReadOnly))
        return refused(Text::tr("Cannot read %1: %2.").arg(quotedText(path), file.errorString()));
    const QByteArray bytes = file.read(maximum + 1);
    if (bytes.size() > maximum)
        return refused(Text::tr("%1 is too large.").arg(quotedText(path)));
    return bytes;
}

} // namespace Longshore
