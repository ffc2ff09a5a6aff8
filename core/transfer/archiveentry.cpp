// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/archiveentry.h"

#include "core/base/displaytext.h"
#include "core/layout/tarwriter.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ArchiveEntry)
};

qint64 sizeOf(const QList<ArchiveEntry> &entries)
{
    qint64 sum = TarWriter::sizeOfEnd;
    for (const ArchiveEntry &entry : entries) {
        const qint64 size = entry.file.isEmpty() ? entry.bytes.size() : entry.size;
        sum += TarWriter::sizeOfEntry(entry.name, size);
    }
    return sum;
}

/// Copies what \a reader gives; the hash of it.
Result<QByteArray> copy(LayerReader &reader, Hasher::Algorithm algorithm, TarWriter &tar,
                        const CancelFlag &cancelled)
{
    if (const auto opened = reader.open(); !opened)
        return opened.error();
    Hasher hasher(algorithm);
    while (!cancelled) {
        const auto piece = reader.read();
        if (!piece)
            return piece.error();
        if (piece->isEmpty())
            return hasher.result();
        hasher.add(*piece);
        if (const auto added = tar.add(*piece); !added)
            return added.error();
    }
    return Error::cancelled();
}

Result<Done> addFile(const ArchiveEntry &entry, TarWriter &tar, const CancelFlag &cancelled)
{
    const auto algorithm = entry.digest ? entry.digest->hashAlgorithm() : std::nullopt;
    if (!algorithm)
        return Error{Error::Kind::Unsupported, Text::tr("The digest of %1 cannot be checked.")
                                                   .arg(quotedText(QString::fromUtf8(entry.name)))};
    if (const auto begun = tar.beginFile(entry.name, entry.size); !begun)
        return begun;
    LayerReader reader(entry.file, entry.form);
    const auto hash = copy(reader, *algorithm, tar, cancelled);
    if (!hash)
        return hash.error();
    if (Digest::fromHash(*hash, *algorithm) != *entry.digest)
        return Error{Error::Kind::DigestMismatch,
                     Text::tr("A file changed while it was written into an archive: it is not %1 "
                              "any more.")
                         .arg(entry.digest->toString())};
    return tar.endFile();
}

Result<Done> addEntry(const ArchiveEntry &entry, TarWriter &tar, const CancelFlag &cancelled)
{
    if (entry.name.endsWith('/'))
        return tar.addFolder(entry.name);
    return entry.file.isEmpty() ? tar.addFile(entry.name, entry.bytes)
                                : addFile(entry, tar, cancelled);
}

} // namespace

Result<Done> writeArchive(const QString &path, const QList<ArchiveEntry> &entries,
                          SafeFile::Existing existing, const CancelFlag &cancelled)
{
    SafeFile file(path, existing);
    if (const auto opened = file.open(sizeOf(entries)); !opened)
        return opened;
    TarWriter tar([&file](QByteArrayView bytes) { return file.write(bytes); });
    for (const ArchiveEntry &entry : entries) {
        if (const auto added = addEntry(entry, tar, cancelled); !added)
            return added;
    }
    if (const auto finished = tar.finish(); !finished)
        return finished;
    return file.commit();
}

} // namespace Longshore
