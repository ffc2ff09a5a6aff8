// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/localfile.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LocalFile)
};

constexpr qint64 mostManifestBytes = 4 * 1024 * 1024;
constexpr qint64 mostKeyBytes = 64 * 1024;

Result<QByteArray> readFile(const QString &path, qint64 maximum)
{
    const QString name = quotedText(path);
    if (const QFileInfo info(path); info.exists() && !info.isFile())
        return Error{Error::Kind::LocalFile, Text::tr("%1 is no file.").arg(name)};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{Error::Kind::LocalFile, Text::tr("Cannot read %1.").arg(name),
                     file.errorString()};
    const QByteArray bytes = file.read(maximum + 1);
    if (bytes.size() > maximum)
        return Error{Error::Kind::TooLarge, Text::tr("%1 is larger than allowed.").arg(name)};
    return bytes;
}

} // namespace

Result<QByteArray> readManifestFile(const QString &path)
{
    return readFile(path, mostManifestBytes);
}

Result<Secret> readKeyFile(const QString &path, QString &warning)
{
    const auto bytes = readFile(path, mostKeyBytes);
    if (!bytes)
        return bytes.error();
    const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
    if (QFileInfo(path).permissions() & others)
        warning = Text::tr("Others can read the key in %1; take that right from them.")
                      .arg(quotedText(path));
    return Secret(*bytes);
}

} // namespace Longshore
