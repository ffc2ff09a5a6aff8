// SPDX-License-Identifier: Apache-2.0
#include "core/layout/tartree.h"

#include "core/base/displaytext.h"
#include "core/layout/archivereader.h"

#include <QCoreApplication>

#include <archive.h>
#include <archive_entry.h>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype mostEntries = 100'000;
constexpr size_t longestName = 512; // In bytes; what images are made of has short names.
constexpr int mostLinks = 8; // One after the other.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TarTree)
};

QString textOf(const char *utf8, const char *raw)
{
    const char *name = utf8 ? utf8 : raw;
    if (!name || std::char_traits<char>::length(name) > longestName)
        return {};
    return QString::fromUtf8(name);
}

/// The parts of a path below \a folder joined again; empty when it leads out of the archive.
QString insideName(const QString &folder, const QString &path)
{
    if (path.startsWith(u'/'))
        return {};
    QStringList parts = folder.split(u'/', Qt::SkipEmptyParts);
    for (const QString &part : path.split(u'/', Qt::SkipEmptyParts)) {
        if (part == "."_L1)
            continue;
        if (part != ".."_L1)
            parts.append(part);
        else if (parts.isEmpty())
            return {};
        else
            parts.removeLast();
    }
    return parts.join(u'/');
}

/// An archive may be unpacked elsewhere before it is read, so that an entry of its own has no
/// business with "..".
QString entryName(const QString &path)
{
    const bool climbs = path.split(u'/').contains(".."_L1);
    return climbs ? QString() : insideName({}, path);
}

} // namespace

/// Reads the headers.
class TarTree::Builder
{
public:
    explicit Builder(const FileSlice &file) : m_reader(file), m_tree(new TarTree(file)) {}

    Result<std::shared_ptr<const TarTree>> build(const CancelFlag &cancelled)
    {
        if (const auto opened = m_reader.openTar(); !opened)
            return opened.error();
        archive_entry *entry = nullptr;
        for (qsizetype count = 0; !cancelled; ++count) {
            const int status = archive_read_next_header(m_reader.handle(), &entry);
            if (status == ARCHIVE_EOF)
                return std::shared_ptr<const TarTree>(m_tree);
            if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
                return m_reader.failure();
            if (count == mostEntries)
                return Error{Error::Kind::TooLarge,
                             Text::tr("%1 has more entries than any image has.")
                                 .arg(quotedText(m_tree->m_file.file->name()))};
            add(entry);
        }
        return Error::cancelled();
    }

private:
    void add(archive_entry *entry)
    {
        const QString name =
            entryName(textOf(archive_entry_pathname_utf8(entry), archive_entry_pathname(entry)));
        if (name.isEmpty() || archive_entry_filetype(entry) == AE_IFDIR)
            return;
        // Which one is meant would be up to the reader.
        const bool isSecond = m_tree->m_entries.contains(name);
        m_tree->m_entries.insert(name, isSecond ? Entry() : read(entry, name));
    }

    Entry read(archive_entry *entry, const QString &name)
    {
        using Kind = Entry::Kind;
        const QString hardLink =
            textOf(archive_entry_hardlink_utf8(entry), archive_entry_hardlink(entry));
        if (!hardLink.isEmpty())
            return {Kind::Link, 0, 0, entryName(hardLink)};
        const QString link =
            textOf(archive_entry_symlink_utf8(entry), archive_entry_symlink(entry));
        if (!link.isEmpty())
            return {Kind::Link, 0, 0, insideName(name.section(u'/', 0, -2), link)};
        // How far it has read, which is to the end of the header.
        const qint64 offset = archive_filter_bytes(m_reader.handle(), 0);
        const qint64 size = archive_entry_size(entry);
        const bool isPlain =
            archive_entry_filetype(entry) == AE_IFREG && archive_entry_sparse_count(entry) == 0;
        if (!isPlain || size < 0 || size > m_tree->m_file.size - offset)
            return {};
        return {Kind::File, offset, size};
    }

    ArchiveReader m_reader;
    std::shared_ptr<TarTree> m_tree;
};

Result<std::shared_ptr<const TarTree>> TarTree::scan(const FileSlice &file,
                                                     const CancelFlag &cancelled)
{
    return Builder(file).build(cancelled);
}

Result<FileSlice> TarTree::open(const QString &name) const
{
    QString inside = insideName({}, name);
    const QString place = quotedPath(m_file.file->name());
    for (int links = 0; links <= mostLinks; ++links) {
        const auto found = m_entries.constFind(inside);
        if (found == m_entries.constEnd())
            return Error{Error::Kind::NotFound,
                         Text::tr("%1 is not in %2.").arg(quotedText(name), place)};
        if (found->kind == Entry::Kind::File)
            return FileSlice{m_file.file, m_file.offset + found->offset, found->size};
        if (found->kind == Entry::Kind::Unreadable)
            break;
        inside = found->target;
    }
    return Error{Error::Kind::LocalFile,
                 Text::tr("%1 in %2 is no regular file, or there are two of them.")
                     .arg(quotedText(name), place)};
}

} // namespace Longshore
