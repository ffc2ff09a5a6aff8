// SPDX-License-Identifier: Apache-2.0
#include "core/layout/newlayer.h"

#include "core/base/displaytext.h"
#include "core/layout/archivereader.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <archive.h>
#include <archive_entry.h>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(NewLayer)
};

/// Whether whoever unpacks it would have to leave the root of the image.
bool leadsOut(const QByteArray &name)
{
    int depth = 0;
    for (const QByteArray &part : name.split('/')) {
        if (part == "..")
            --depth;
        else if (!part.isEmpty() && part != ".")
            ++depth;
        if (depth < 0)
            return true;
    }
    return false;
}

/// Whether it is an archive; all its entries are counted then.
Result<bool> countEntries(const FileSlice &tar, NewLayer &layer, const CancelFlag &cancelled)
{
    ArchiveReader reader(tar);
    if (!reader.openTar())
        return false;
    archive_entry *entry = nullptr;
    while (!cancelled) {
        const int status = archive_read_next_header(reader.handle(), &entry);
        if (status == ARCHIVE_EOF)
            return true;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return layer.entries == 0 ? Result<bool>(false) : reader.failure();
        const QByteArray name = archive_entry_pathname(entry);
        if (leadsOut(name))
            return Error{Error::Kind::Unsupported,
                         Text::tr("%1 holds %2, a name that leads out of the image.")
                             .arg(quotedPath(layer.content.file->name()),
                                  quotedText(QString::fromUtf8(name)))};
        ++layer.entries;
        if (layer.names.size() < NewLayer::mostNames)
            layer.names.append(QString::fromUtf8(name.left(1000)));
        if (name.mid(name.lastIndexOf('/') + 1).startsWith(".wh."))
            ++layer.whiteouts;
    }
    return Error::cancelled();
}

Result<FileSlice> tarIn(const NewLayer &layer, const CancelFlag &cancelled)
{
    switch (layer.compression) {
    case Compression::None: return layer.content;
    case Compression::Gzip:
    case Compression::Zstd: return unpackToFile(layer.content, {}, cancelled);
    case Compression::Other: break;
    }
    return Error{Error::Kind::Unsupported,
                 Text::tr("%1 is compressed in a way that layers must not be: gzip and zstd are "
                          "allowed. To add it as a file, put it into a folder first.")
                     .arg(quotedPath(layer.content.file->name()))};
}

} // namespace

Result<std::optional<NewLayer>> readNewLayer(const QString &path, const CancelFlag &cancelled)
{
    auto file = ReadableFile::open(QFileInfo(path).canonicalFilePath());
    if (!file)
        return file.error();
    const FileSlice content = FileSlice::whole(*std::move(file));
    const auto compression = compressionOf(content);
    if (!compression)
        return compression.error();
    const auto digest = content.digest(cancelled);
    if (!digest)
        return digest.error();
    NewLayer layer{content, *compression, *digest, *digest};
    const auto tar = tarIn(layer, cancelled);
    if (!tar)
        return tar.error();
    const auto isTar = countEntries(*tar, layer, cancelled);
    if (!isTar)
        return isTar.error();
    if (!*isTar)
        return std::optional<NewLayer>();
    const auto diffId = tar->digest(cancelled);
    if (!diffId)
        return diffId.error();
    layer.diffId = *diffId;
    return std::optional(layer);
}

} // namespace Longshore
