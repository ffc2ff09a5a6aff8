// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/checksums.h"

#include "core/base/safefile.h"
#include "core/layout/fileslice.h"

#include <QDir>
#include <QDirIterator>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

/// From the root, sorted; what is hidden is of writers that have not ended.
QStringList filesOf(const QString &path)
{
    if (!QFileInfo(path).isDir())
        return {path};
    QStringList files;
    QDirIterator each(path, QDir::Files, QDirIterator::Subdirectories);
    while (each.hasNext())
        files.append(each.next());
    files.sort();
    return files;
}

/// As sha256sum writes it: what would end a line, and what begins that, has a backslash before it.
QByteArray lineOf(const Digest &digest, const QString &path)
{
    QByteArray name = QFile::encodeName(path);
    const bool isPlain = !name.contains('\\') && !name.contains('\n') && !name.contains('\r');
    name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return (isPlain ? QByteArray() : QByteArray("\\")) + digest.encoded().toLatin1() + "  " + name
           + '\n';
}

} // namespace

QString checksumsPath(const QString &path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath()) + checksumsEnding;
}

Result<QByteArray> checksumOf(const QString &file, const QString &name, const CancelFlag &cancelled)
{
    const auto opened = ReadableFile::open(file);
    if (!opened) {
        Error error = opened.error();
        error.kind = Error::Kind::LocalFile; // No image is missing.
        return error;
    }
    const auto digest = FileSlice::whole(*opened).digest(cancelled);
    return digest ? Result<QByteArray>(lineOf(*digest, name)) : digest.error();
}

Result<Done> writeChecksums(const QString &path, const CancelFlag &cancelled)
{
    const QString whole = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    const QDir above(QFileInfo(whole).path());
    QByteArray lines;
    const QStringList files = filesOf(whole);
    for (const QString &file : files) {
        const auto line = checksumOf(file, above.relativeFilePath(file), cancelled);
        if (!line)
            return line.error();
        lines += *line;
    }
    return SafeFile::writeFile(checksumsPath(path), lines);
}

} // namespace Longshore
