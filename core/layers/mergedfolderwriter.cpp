// SPDX-License-Identifier: Apache-2.0
#include "core/layers/mergedfolderwriter.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <archive_entry.h>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace Longshore {

namespace {

constexpr qsizetype mostDeviations = 50; // What people read.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MergedFolderWriter)
};

QString shown(const QByteArray &name)
{
    return quotedText(QString::fromUtf8(name));
}

} // namespace

MergedFolderWriter::MergedFolderWriter(const QString &folder) : m_folder(folder)
{}

Done MergedFolderWriter::leaveOut(const QByteArray &name, const QString &reason)
{
    m_isLeftOut = true;
    ++m_leftOut;
    if (m_deviations.size() < mostDeviations)
        m_deviations.append(Text::tr("%1 was left out: %2.").arg(shown(name), reason));
    return Done();
}

QStringList MergedFolderWriter::deviations() const
{
    QStringList all = m_deviations;
    if (m_leftOut > all.size())
        all.append(Text::tr("So were %n others.", nullptr,
                            static_cast<int>(m_leftOut - m_deviations.size())));
    return all;
}

#ifdef Q_OS_UNIX

namespace {

constexpr int folderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
constexpr int fileFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;

QByteArray parentOf(const QByteArray &name)
{
    return name.left(std::max<qsizetype>(name.lastIndexOf('/'), 0));
}

QByteArray lastPart(const QByteArray &name)
{
    return name.mid(name.lastIndexOf('/') + 1);
}

bool isPart(const QByteArray &part)
{
    return !part.isEmpty() && part != "." && part != "..";
}

void closeIfOpen(int &descriptor)
{
    if (descriptor >= 0)
        ::close(descriptor);
    descriptor = -1;
}

/// The folder \a part in another, which is made where it is missing; what is closed then is \a folder.
int step(int folder, const QByteArray &part)
{
    int next = ::openat(folder, part.constData(), folderFlags);
    if (next < 0 && errno == ENOENT && ::mkdirat(folder, part.constData(), 0777) == 0)
        next = ::openat(folder, part.constData(), folderFlags);
    const int error = errno;
    ::close(folder);
    errno = error;
    return next;
}

} // namespace

MergedFolderWriter::~MergedFolderWriter()
{
    closeIfOpen(m_file);
    closeParent();
    closeIfOpen(m_root);
}

void MergedFolderWriter::closeParent()
{
    closeIfOpen(m_parent);
    m_parentName.clear();
}

/// What a name cannot be on this file system, is no reason to go without the rest.
Result<Done> MergedFolderWriter::outcome(int error, const QByteArray &name)
{
    if (error == 0)
        return Done();
    switch (error) {
    case ENAMETOOLONG: return leaveOut(name, Text::tr("its name is too long for this disk"));
    case EEXIST: return leaveOut(name, Text::tr("on this disk it has the name of another file"));
    case EINVAL:
    case EILSEQ: return leaveOut(name, Text::tr("this disk cannot hold a file of this name"));
    case ENOTDIR:
    case ELOOP: return leaveOut(name, Text::tr("what it would be in is no folder on this disk"));
    default:
        return Error{Error::Kind::LocalFile,
                     Text::tr("Cannot write %1 in %2: %3.")
                         .arg(shown(name), quotedPath(m_folder), qt_error_string(error))};
    }
}

Result<Done> MergedFolderWriter::linkOutcome(int error, const QByteArray &name)
{
    if (error != EPERM && error != EMLINK && error != ENOTSUP)
        return outcome(error, name);
    return leaveOut(name, Text::tr("this disk has no such links"));
}

Result<Done> MergedFolderWriter::open()
{
    const QByteArray path = QFile::encodeName(m_folder);
    if (::mkdir(path.constData(), 0777) == 0)
        m_root = ::open(path.constData(), folderFlags);
    if (m_root >= 0)
        return Done();
    return Error{Error::Kind::LocalFile, Text::tr("Cannot make the folder %1: %2.")
                                             .arg(quotedPath(m_folder), qt_error_string(errno))};
}

/// A descriptor of the folder that \a name is in; -1 when there can be no such folder here.
Result<int> MergedFolderWriter::openParent(const QByteArray &name)
{
    QList<QByteArray> parts = name.split('/');
    if (!std::all_of(parts.constBegin(), parts.constEnd(), isPart))
        return Error{
            Error::Kind::Protocol,
            Text::tr("The image has the name %1, which no file may have.").arg(shown(name))};
    const QByteArray parent = parentOf(name);
    if (m_parent >= 0 && parent == m_parentName)
        return m_parent;
    closeParent();
    parts.removeLast();
    int folder = ::fcntl(m_root, F_DUPFD_CLOEXEC, 0);
    for (const QByteArray &part : std::as_const(parts))
        folder = folder < 0 ? folder : step(folder, part);
    if (folder < 0) {
        const auto left = outcome(errno, name);
        return left ? Result<int>(-1) : left.error();
    }
    m_parent = folder;
    m_parentName = parent;
    return folder;
}

Result<Done> MergedFolderWriter::addFolder(const QByteArray &name)
{
    const auto parent = openParent(name);
    if (!parent || *parent < 0)
        return parent ? Result<Done>(Done()) : parent.error();
    const QByteArray part = lastPart(name);
    if (::mkdirat(*parent, part.constData(), 0777) == 0)
        return Done();
    struct stat there = {};
    const int error = errno;
    const bool isFolder = error == EEXIST
                          && ::fstatat(*parent, part.constData(), &there, AT_SYMLINK_NOFOLLOW) == 0
                          && S_ISDIR(there.st_mode); // Something in it came first.
    return isFolder ? Done() : outcome(error, name);
}

Result<Done> MergedFolderWriter::addEntry(archive_entry *entry, const QByteArray &name)
{
    if (const auto ended = endFile(); !ended)
        return ended;
    m_isLeftOut = false;
    m_name = name;
    switch (archive_entry_filetype(entry)) {
    case AE_IFDIR: return name.isEmpty() ? Done() : addFolder(name);
    case AE_IFREG: return makeFile(entry, name);
    case AE_IFLNK: return makeLink(archive_entry_symlink(entry), name);
    default: break;
    }
    return leaveOut(name, Text::tr("it is a device, a pipe or a socket"));
}

Result<Done> MergedFolderWriter::makeFile(archive_entry *entry, const QByteArray &name)
{
    const auto parent = openParent(name);
    if (!parent || *parent < 0)
        return parent ? Result<Done>(Done()) : parent.error();
    // Who may do what with it, the system decides as for any new file; never who it belongs to.
    const mode_t mode = (archive_entry_perm(entry) & 0111) != 0 ? 0777 : 0666;
    m_file = ::openat(*parent, lastPart(name).constData(), fileFlags, mode);
    m_time = archive_entry_mtime_is_set(entry) != 0 ? archive_entry_mtime(entry) : 0;
    return m_file >= 0 ? Done() : outcome(errno, name);
}

Result<Done> MergedFolderWriter::makeLink(const QByteArray &target, const QByteArray &name)
{
    if (target.isEmpty())
        return leaveOut(name, Text::tr("it is a link to nothing"));
    const auto parent = openParent(name);
    if (!parent || *parent < 0)
        return parent ? Result<Done>(Done()) : parent.error();
    const int made = ::symlinkat(target.constData(), *parent, lastPart(name).constData());
    return made == 0 ? Done() : linkOutcome(errno, name);
}

Result<Done> MergedFolderWriter::write(QByteArrayView bytes)
{
    while (m_file >= 0 && !bytes.isEmpty()) {
        const ssize_t count = ::write(m_file, bytes.data(), static_cast<size_t>(bytes.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return outcome(count < 0 && errno != EINVAL ? errno : ENOSPC, m_name);
        bytes = bytes.sliced(count);
    }
    return Done();
}

Result<Done> MergedFolderWriter::addHardLink(const QByteArray &name, const QByteArray &target)
{
    if (m_isLeftOut) {
        return leaveOut(name, Text::tr("what it is a link to was left out"));
    }
    const auto from = openParent(target);
    if (!from || *from < 0)
        return from ? Result<Done>(Done()) : from.error();
    int source = ::fcntl(*from, F_DUPFD_CLOEXEC, 0);
    const auto parent = openParent(name);
    Result<Done> made = parent ? Result<Done>(Done()) : parent.error();
    if (parent && *parent >= 0) {
        const int linked =
            ::linkat(source, lastPart(target).constData(), *parent, lastPart(name).constData(), 0);
        made = linkOutcome(linked == 0 ? 0 : errno, name);
        m_isLeftOut = false; // The others may be possible.
    }
    closeIfOpen(source);
    return made;
}

Result<Done> MergedFolderWriter::endFile()
{
    if (m_file < 0)
        return Done();
    const timespec time{static_cast<time_t>(m_time), 0};
    const timespec times[] = {time, time};
    ::futimens(m_file, times); // Some disks know no such times.
    const int closed = ::close(m_file);
    m_file = -1;
    return closed == 0 || errno == EINTR ? Done() : outcome(errno, m_name);
}

Result<Done> MergedFolderWriter::finish()
{
    if (const auto ended = endFile(); !ended)
        return ended;
    closeParent();
#ifdef Q_OS_LINUX
    const int synced = ::syncfs(m_root);
#else
    const int synced = ::fsync(m_root);
#endif
    return synced == 0 ? Done() : outcome(errno == EINVAL ? EIO : errno, {});
}

#endif

} // namespace Longshore
