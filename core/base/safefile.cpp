// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefile.h"

#include "core/base/diskcalls.h"
#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype longestName = 160; // Leaves room for what makes a part name of it.
constexpr qsizetype longestKey = 64;
constexpr qint64 pieceSize = 256 * 1024;
constexpr qint64 syncedAtOnce = 8 * 1024 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SafeFile)
};

/// How the names of part files begin.
QString partPrefixFor(const QString &path)
{
    // A name is at most 255 bytes long, whatever its characters.
    const QByteArray name = QFileInfo(path).fileName().toUtf8().left(longestName);
    return u'.' + QString::fromUtf8(name) + u'.';
}

QString partPathFor(const QString &path)
{
    const QString random = QString::number(QRandomGenerator::system()->generate64(), 36);
    return QFileInfo(path).absolutePath() + u'/' + partPrefixFor(path) + random + ".part"_L1;
}

QString keptPathFor(const QString &path, const QString &key)
{
    return QFileInfo(path).absolutePath() + u'/' + partPrefixFor(path) + key.left(longestKey)
           + ".kept"_L1;
}

} // namespace

SafeFile::SafeFile(const QString &path, Existing existing, Access access)
    : m_path(QFileInfo(path).absoluteFilePath()), m_existing(existing), m_access(access)
{}

SafeFile::~SafeFile()
{
    if (!m_isKept || m_file.size() == 0)
        discard();
    else if (m_file.isOpen())
        m_file.resize(m_file.size()); // Gives back what was reserved.
}

Error SafeFile::failure(int errorNumber) const
{
    Error error{Error::Kind::LocalFile, {}, QString::fromLocal8Bit(std::strerror(errorNumber))};
    const QString path = quotedPath(m_path);
    const QLocale locale;
    if (errorNumber == ENOSPC || errorNumber == EDQUOT) {
        const qint64 available = DiskCalls::freeSpace(QFileInfo(m_path).absolutePath());
        error.message = m_expectedSize > 0
                            ? Text::tr("There is not enough space for %1: %2 needed, %3 free.")
                                  .arg(path, locale.formattedDataSize(m_expectedSize),
                                       locale.formattedDataSize(available))
                            : Text::tr("There is not enough space for %1: %2 free.")
                                  .arg(path, locale.formattedDataSize(available));
    } else if (errorNumber == EEXIST) {
        error.message = Text::tr("%1 exists already.").arg(path);
    } else if (errorNumber == EACCES || errorNumber == EPERM || errorNumber == EROFS) {
        error.message = Text::tr("You may not write %1.").arg(path);
    } else {
        error.message = Text::tr("Cannot write %1: %2.").arg(path, error.detail);
    }
    return error;
}

Result<Done> SafeFile::open(qint64 size)
{
    discard();
    m_expectedSize = size;
    m_partPath = partPathFor(m_path);
    if (const auto checked = checkName(); !checked)
        return checked;
    if (const int error = DiskCalls::openExclusively(m_file, m_partPath))
        return failure(error);
    return reserve(size);
}

Result<qint64> SafeFile::openKept(const QString &key, qint64 size)
{
    discard();
    m_expectedSize = size;
    if (const auto checked = checkName(); !checked)
        return checked.error();
    const QString partPath = keptPathFor(m_path, key);
    if (const int error = DiskCalls::openLocked(m_file, partPath))
        return failure(error);
    m_partPath = partPath;
    m_isKept = true;
    const qint64 kept = m_file.size();
    if (!m_file.seek(kept))
        return failure(EIO);
    if (const auto reserved = reserve(size); !reserved)
        return reserved.error();
    return kept;
}

Result<Done> SafeFile::readPart(const std::function<bool(QByteArrayView)> &take)
{
    QByteArray piece(pieceSize, Qt::Uninitialized);
    if (!m_file.seek(0))
        return failure(EIO);
    while (!m_file.atEnd()) {
        const qint64 count = m_file.read(piece.data(), piece.size());
        if (count <= 0)
            return failure(EIO);
        if (!take(QByteArrayView(piece.constData(), count)))
            return Error::cancelled();
    }
    return Done();
}

Result<Done> SafeFile::checkName() const
{
    if (m_existing == Existing::Keep
        && (QFileInfo::exists(m_path) || QFileInfo(m_path).isSymLink()))
        return failure(EEXIST);
    return Done();
}

Result<Done> SafeFile::reserve(qint64 size)
{
    const int error = size > 0 ? DiskCalls::reserveSpace(m_file, size) : 0;
    if (error == 0)
        return Done();
    if (m_isKept)
        m_file.close();
    else
        discard();
    return failure(error);
}

Result<Done> SafeFile::write(QByteArrayView bytes)
{
    if (const int error = DiskCalls::writeAll(m_file, bytes))
        return failure(error);
    m_unsynced += bytes.size();
    if (m_unsynced >= syncedAtOnce) {
        DiskCalls::beginToSync(m_file, m_unsynced);
        m_unsynced = 0;
    }
    return Done();
}

Result<Done> SafeFile::restart()
{
    m_unsynced = 0;
    return m_file.isOpen() && m_file.resize(0) && m_file.seek(0) ? Result<Done>(Done())
                                                                 : Result<Done>(failure(EIO));
}

Result<Done> SafeFile::commit()
{
    if (m_expectedSize >= 0 && !m_file.resize(m_file.size()))
        return failure(EIO); // Gives back what was reserved and not used.
    if (m_access == Access::Everybody)
        DiskCalls::applyUmask(m_file);
    if (const int error = DiskCalls::syncDescriptor(m_file.handle()))
        return failure(error);
    if (!m_isKept)
        m_file.close();
    // A part that others may go on with is ours until it has its name.
    const auto named = giveName();
    m_file.close();
    return named;
}

Result<Done> SafeFile::giveName()
{
    const int error = m_existing == Existing::Keep
                          ? DiskCalls::renameWithoutReplacing(m_partPath, m_path)
                          : DiskCalls::renameReplacing(m_partPath, m_path);
    if (error != 0) {
        QFile::remove(m_partPath);
        m_partPath.clear();
        return failure(error);
    }
    m_partPath.clear();
    if (const int folderError = DiskCalls::syncFolder(QFileInfo(m_path).absolutePath()))
        return failure(folderError);
    return Done();
}

void SafeFile::discard()
{
    if (!m_isKept)
        m_file.close();
    if (!m_partPath.isEmpty())
        QFile::remove(m_partPath);
    m_file.close();
    m_partPath.clear();
    m_isKept = false;
}

Result<Done> SafeFile::writeFile(const QString &path, QByteArrayView bytes, Existing existing,
                                 Access access)
{
    SafeFile file(path, existing, access);
    if (auto opened = file.open(bytes.size()); !opened)
        return opened;
    if (auto written = file.write(bytes); !written)
        return written;
    return file.commit();
}

void SafeFile::removeKept(const QString &path, const QString &key)
{
    SafeFile file(path, Existing::Replace);
    if (file.openKept(key))
        file.discard();
}

QList<SafeFile::KeptPart> SafeFile::keptIn(const QString &folder)
{
    static const QRegularExpression pattern(u"\\A\\.(.+)\\.([^.]+)\\.kept\\z"_s);
    QList<KeptPart> parts;
    const QDir place(folder);
    for (const QString &name : place.entryList({u".*.kept"_s}, QDir::Files | QDir::Hidden)) {
        if (const auto found = pattern.match(name); found.hasMatch())
            parts.append({place.filePath(found.captured(1)), found.captured(2)});
    }
    return parts;
}

qint64 SafeFile::keptSpace(const QString &path, const QString &key)
{
    return DiskCalls::takenSpace(keptPathFor(path, key));
}

void SafeFile::removeParts(const QString &path)
{
    const QString prefix = partPrefixFor(path);
    const QDir folder(QFileInfo(path).absolutePath());
    for (const QString &name : folder.entryList({u".*.part"_s}, QDir::Files | QDir::Hidden)) {
        // No dot may be between the two: that is the part of a file with a longer name.
        const bool isOurs =
            name.startsWith(prefix) && name.indexOf(u'.', prefix.size()) == name.size() - 5;
        if (isOurs)
            QFile::remove(folder.filePath(name));
    }
}

} // namespace Longshore
