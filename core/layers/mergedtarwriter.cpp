// SPDX-License-Identifier: Apache-2.0
#include "core/layers/mergedtarwriter.h"

#include <QCoreApplication>

#include <archive.h>
#include <archive_entry.h>
#include <cerrno>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MergedTarWriter)
};

struct FreeEntry
{
    void operator()(archive_entry *entry) const noexcept { archive_entry_free(entry); }
};

using Entry = std::unique_ptr<archive_entry, FreeEntry>;

Entry entryOf(const QByteArray &name, __LA_MODE_T type)
{
    Entry entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.constData());
    archive_entry_set_filetype(entry.get(), type);
    archive_entry_set_perm(entry.get(), 0755);
    archive_entry_set_mtime(entry.get(), 0, 0);
    archive_entry_set_size(entry.get(), 0);
    return entry;
}

} // namespace

/// What libarchive calls.
struct MergedTarWriter::Callbacks
{
    static la_ssize_t write(archive *writer, void *self, const void *bytes, size_t size)
    {
        auto &tar = *static_cast<MergedTarWriter *>(self);
        const auto count = static_cast<qsizetype>(size);
        if (tar.m_isGone)
            return static_cast<la_ssize_t>(size);
        const auto written = tar.m_write(QByteArrayView(static_cast<const char *>(bytes), count));
        if (!written) {
            tar.m_writeError = written.error();
            archive_set_error(writer, EIO, "cannot write");
            return ARCHIVE_FATAL;
        }
        tar.m_size += count;
        return static_cast<la_ssize_t>(size);
    }
};

MergedTarWriter::MergedTarWriter(Write write)
    : m_write(std::move(write)), m_writer(archive_write_new())
{}

/// What was broken off is ended by libarchive all the same; nobody wants that.
MergedTarWriter::~MergedTarWriter()
{
    m_isGone = true;
    m_writer.reset();
}

void MergedTarWriter::Free::operator()(archive *writer) const noexcept
{
    archive_write_free(writer);
}

Result<Done> MergedTarWriter::open()
{
    archive *writer = m_writer.get();
    archive_write_set_format_pax_restricted(writer);
    // Else each attribute is there twice, the second time as nobody but libarchive reads it.
    archive_write_set_format_option(writer, "pax", "xattrheader", "SCHILY");
    archive_write_set_bytes_in_last_block(writer, 1);
    const int opened = archive_write_open(writer, this, nullptr, &Callbacks::write, nullptr);
    return opened == ARCHIVE_OK ? Result<Done>(Done()) : failure();
}

Error MergedTarWriter::failure() const
{
    if (m_writeError)
        return *m_writeError;
    const char *reason = archive_error_string(m_writer.get());
    return {Error::Kind::Unsupported, Text::tr("A tar cannot hold what is in the image."),
            QString::fromLocal8Bit(reason ? reason : "")};
}

Result<Done> MergedTarWriter::addHeader(archive_entry *entry)
{
    const int status = archive_write_header(m_writer.get(), entry);
    return status == ARCHIVE_OK || status == ARCHIVE_WARN ? Result<Done>(Done()) : failure();
}

Result<Done> MergedTarWriter::addFolder(const QByteArray &name)
{
    return addHeader(entryOf(name, AE_IFDIR).get());
}

Result<Done> MergedTarWriter::addEntry(archive_entry *entry, const QByteArray &name)
{
    archive_entry_set_pathname(entry, name.isEmpty() ? "." : name.constData());
    archive_entry_sparse_clear(entry); // Its holes are read as zeros.
    archive_entry_unset_atime(entry);
    archive_entry_unset_ctime(entry);
    archive_entry_unset_birthtime(entry);
    return addHeader(entry);
}

Result<Done> MergedTarWriter::write(QByteArrayView bytes)
{
    const la_ssize_t written =
        archive_write_data(m_writer.get(), bytes.data(), static_cast<size_t>(bytes.size()));
    return written == bytes.size() ? Result<Done>(Done()) : failure();
}

Result<Done> MergedTarWriter::addHardLink(const QByteArray &name, const QByteArray &target)
{
    const Entry entry = entryOf(name, AE_IFREG);
    archive_entry_set_hardlink(entry.get(), target.constData());
    return addHeader(entry.get());
}

Result<Done> MergedTarWriter::finish()
{
    return archive_write_close(m_writer.get()) == ARCHIVE_OK ? Result<Done>(Done()) : failure();
}

} // namespace Longshore
