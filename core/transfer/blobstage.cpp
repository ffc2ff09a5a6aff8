// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/blobstage.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr auto lockName = ".longshore.lock"_L1;
constexpr qsizetype longestName = 200; // Leaves room for what is added, and is cut as bytes.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobStage)
};

QString stageFor(const QString &target)
{
    const QFileInfo info(QDir::cleanPath(QFileInfo(target).absoluteFilePath()));
    const QByteArray name = info.fileName().toUtf8().left(longestName);
    return info.absolutePath() + "/."_L1 + QString::fromUtf8(name) + ".blobs"_L1;
}

Error cannotWrite(const QString &folder)
{
    return {Error::Kind::LocalFile, Text::tr("Cannot write to %1.").arg(quotedPath(folder))};
}

} // namespace

Result<std::shared_ptr<QLockFile>> lockFolder(const QString &folder)
{
    const auto lock = std::make_shared<QLockFile>(folder + u'/' + lockName);
    lock->setStaleLockTime(0); // That of a program which is gone is taken over all the same.
    if (lock->tryLock())
        return lock;
    if (lock->error() != QLockFile::LockFailedError)
        return cannotWrite(folder);
    return Error{Error::Kind::LocalFile,
                 Text::tr("Another export is writing to %1.").arg(quotedPath(folder))};
}

void removeParts(const QString &folder)
{
    const QDir place(folder);
    for (const QString &part : place.entryList({u".*.part"_s}, QDir::Files | QDir::Hidden))
        QFile::remove(place.filePath(part));
}

BlobStage::BlobStage(const QString &target) : m_folder(stageFor(target))
{}

BlobStage::~BlobStage()
{
    if (!m_lock)
        return;
    m_lock.reset();
    QDir().rmdir(m_folder); // Does nothing unless it is empty.
}

Result<Done> BlobStage::open()
{
    // A link could lead to files of somebody else, which remove() would take away.
    if (QFileInfo(m_folder).isSymLink() || !QDir().mkpath(m_folder))
        return cannotWrite(m_folder);
    auto lock = lockFolder(m_folder);
    if (!lock)
        return lock.error();
    m_lock = *std::move(lock);
    removeParts(m_folder);
    return Done();
}

QString BlobStage::blobPath(const Digest &digest) const
{
    return m_folder + u'/' + digest.algorithm() + u'-' + digest.encoded();
}

void BlobStage::remove()
{
    const QDir folder(m_folder);
    const auto everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    for (const QString &name : folder.entryList(everything)) {
        if (name != lockName)
            QFile::remove(folder.filePath(name));
    }
    m_lock.reset(); // The lock's file goes with it, and complains when it is gone already.
    QDir().rmdir(m_folder);
}

} // namespace Longshore
