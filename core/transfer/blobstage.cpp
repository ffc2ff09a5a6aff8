// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/blobstage.h"

#include "core/base/displaytext.h"
#include "core/base/safefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr auto noteName = "note"_L1;
constexpr auto orderName = ".longshore.order"_L1;
constexpr auto folderEnding = ".blobs"_L1;
constexpr qint64 longestOrder = 4096;
constexpr auto everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
constexpr qsizetype longestName = 200; // Leaves room for what is added, and is cut as bytes.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobStage)
};

QString stageFor(const QString &target)
{
    const QFileInfo info(QDir::cleanPath(QFileInfo(target).absoluteFilePath()));
    const QByteArray name = info.fileName().toUtf8().left(longestName);
    return info.absolutePath() + "/."_L1 + QString::fromUtf8(name) + folderEnding;
}

Error cannotWrite(const QString &folder)
{
    return {Error::Kind::LocalFile, Text::tr("Cannot write to %1.").arg(quotedPath(folder))};
}

/// A link goes itself, never what it leads to.
void removeEntry(const QString &path)
{
    const QFileInfo entry(path);
    if (entry.isDir() && !entry.isSymLink())
        QDir(path).removeRecursively();
    else
        QFile::remove(path);
}

void removeEntries(const QDir &folder, const QStringList &spared)
{
    for (const QString &name : folder.entryList(everything)) {
        if (!spared.contains(name))
            removeEntry(folder.filePath(name));
    }
}

/// Compared with a file that we have just made there: some file systems give everything one owner.
bool isOurs(const QString &folder)
{
    const QFileInfo info(folder);
    return !info.isSymLink()
           && info.ownerId() == QFileInfo(folder + u'/' + folderLockName).ownerId();
}

} // namespace

Result<std::shared_ptr<QLockFile>> lockFolder(const QString &folder)
{
    const auto lock = std::make_shared<QLockFile>(folder + u'/' + folderLockName);
    lock->setStaleLockTime(0); // That of a program which is gone is taken over all the same.
    if (lock->tryLock())
        return lock;
    if (lock->error() != QLockFile::LockFailedError)
        return cannotWrite(folder);
    return Error{Error::Kind::LocalFile,
                 Text::tr("Another export is writing to %1.").arg(quotedPath(folder))};
}

HeldFolder::HeldFolder(const QString &place) : m_place(place)
{}

HeldFolder::~HeldFolder() = default;

void HeldFolder::leave()
{
    if (!m_departure)
        m_departure = std::make_unique<Departure>(m_place);
}

void removeParts(const QString &folder)
{
    const QDir place(folder);
    for (const QString &part : place.entryList({u".*.part"_s}, QDir::Files | QDir::Hidden))
        QFile::remove(place.filePath(part));
}

void removeFolder(const QString &folder, std::shared_ptr<QLockFile> &lock)
{
    removeEntries(folder, {folderLockName});
    lock.reset(); // The lock's file goes with it, and complains when it is gone already.
    QDir().rmdir(folder);
}

BlobStage::BlobStage(const QString &target) : m_folder(stageFor(target))
{}

BlobStage::~BlobStage()
{
    if (!m_lock)
        return;
    QStringList waiting = QDir(m_folder).entryList(everything);
    waiting.removeIf(
        [](const QString &name) { return name == folderLockName || name == orderName; });
    if (waiting.isEmpty())
        QFile::remove(orderPath());
    m_lock.reset();
    QDir().rmdir(m_folder); // Does nothing unless it is empty.
}

void BlobStage::leave()
{
    if (!m_departure)
        m_departure = std::make_unique<Departure>(m_folder);
}

Result<Done> BlobStage::open(const CancelFlag &cancelled)
{
    // A link could lead to files of somebody else, which remove() would take away.
    auto lock =
        Departure::takeAfter(m_folder, cancelled, [this]() -> Result<std::shared_ptr<QLockFile>> {
            if (QFileInfo(m_folder).isSymLink() || !QDir().mkpath(m_folder))
                return cannotWrite(m_folder);
            return lockFolder(m_folder);
        });
    if (!lock)
        return lock.error();
    if (!isOurs(m_folder))
        return Error{
            Error::Kind::LocalFile,
            Text::tr("The folder %1 belongs to somebody else. Remove it, or choose another "
                     "place.")
                .arg(quotedPath(m_folder))};
    m_lock = *std::move(lock);
    removeParts(m_folder);
    if (!hasNote())
        removeResult(); // Of an export that was killed.
    return Done();
}

QStringList BlobStage::targetsIn(const QString &folder)
{
    QStringList targets;
    const QStringList stages = QDir(folder).entryList({u".*"_s + folderEnding},
                                                      QDir::Dirs | QDir::Hidden | QDir::NoSymLinks);
    for (const QString &stage : stages)
        targets.append(stage.sliced(1).chopped(folderEnding.size()));
    return targets;
}

void BlobStage::pass(const QString &from, const QString &to)
{
    BlobStage giver(from);
    BlobStage taker(to);
    if (!giver.open() || !taker.open())
        return;
    const QStringList names = QDir(giver.folder()).entryList(everything);
    const auto move = [&](const QString &name) {
        QFile::rename(giver.folder() + u'/' + name, taker.folder() + u'/' + name);
    };
    for (const QString &name : names) {
        if (name != folderLockName && name != orderName)
            move(name);
    }
    move(orderName); // The last, because nothing else would lead to the rest.
    giver.remove();
}

void BlobStage::discard(const QString &target)
{
    BlobStage stage(target);
    if (QFileInfo(stage.folder()).isDir() && stage.open())
        stage.remove();
}

QString BlobStage::blobPath(const Digest &digest) const
{
    return m_folder + u'/' + digest.algorithm() + u'-' + digest.encoded();
}

QString BlobStage::resultPath() const
{
    return m_folder + "/result"_L1;
}

QString BlobStage::notePath() const
{
    return m_folder + u'/' + noteName;
}

QString BlobStage::orderPath() const
{
    return m_folder + u'/' + orderName;
}

void BlobStage::noteOrder(const QString &order)
{
    std::ignore = SafeFile::writeFile(orderPath(), order.toUtf8());
}

QString BlobStage::order() const
{
    QFile file(orderPath());
    const bool isReadable = QFileInfo(orderPath()).isFile() && file.open(QIODevice::ReadOnly);
    return isReadable ? QString::fromUtf8(file.read(longestOrder)) : QString();
}

bool BlobStage::hasNote() const
{
    return QFileInfo(notePath()).isFile();
}

void BlobStage::removeResult()
{
    removeEntry(notePath());
    removeEntry(resultPath());
}

void BlobStage::remove()
{
    // What leads to the rest goes last.
    removeEntries(m_folder, {folderLockName, noteName, orderName});
    removeFolder(m_folder, m_lock);
}

} // namespace Longshore
