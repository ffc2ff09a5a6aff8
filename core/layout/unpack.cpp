// SPDX-License-Identifier: Apache-2.0
#include "core/layout/unpack.h"

#include "core/base/diskcalls.h"
#include "core/base/displaytext.h"
#include "core/layout/archivereader.h"
#include "core/layout/temporaryfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>

#include <archive.h>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qint64 bytesBetweenLooks = 32LL * 1024 * 1024; // At the room that is left.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Unpack)
};

QString shownName(const FileSlice &slice)
{
    return quotedPath(slice.file->name());
}

Error tooLarge(const FileSlice &slice)
{
    return {
        Error::Kind::TooLarge,
        Text::tr("%1 becomes larger when it is unpacked than any image is.").arg(shownName(slice))};
}

Error noRoom(const FileSlice &slice, qint64 free)
{
    return {Error::Kind::LocalFile,
            Text::tr("There is not enough room in %1 to unpack %2: only %3 are free.")
                .arg(quotedPath(QDir::tempPath()), shownName(slice),
                     QLocale().formattedDataSize(free))};
}

qint64 freeRoom()
{
    return DiskCalls::freeSpace(QDir::tempPath());
}

Result<Done> unzstd(const FileSlice &slice, const TakeUnpacked &take, const CancelFlag &cancelled)
{
    ArchiveReader reader(slice);
    if (auto opened = reader.openZstd(); !opened)
        return opened;
    archive_entry *entry = nullptr;
    if (archive_read_next_header(reader.handle(), &entry) != ARCHIVE_OK)
        return reader.failure();
    QByteArray piece(256 * 1024, Qt::Uninitialized);
    while (!cancelled) {
        const la_ssize_t count =
            archive_read_data(reader.handle(), piece.data(), static_cast<size_t>(piece.size()));
        if (count < 0)
            return reader.failure();
        if (count == 0)
            return Done();
        if (auto taken = take(QByteArrayView(piece.constData(), count)); !taken)
            return taken;
    }
    return Error::cancelled();
}

bool isBomb(qint64 size, const FileSlice &slice, const UnpackLimits &limits)
{
    return size > limits.mostBytes
           || (size > limits.freeBytes && size / limits.mostRatio >= slice.size);
}

} // namespace

Result<Compression> compressionOf(const FileSlice &slice)
{
    QByteArray start(6, '\0');
    for (qint64 done = 0; done < qMin<qint64>(slice.size, start.size());) {
        const auto count = slice.read(done, start.data() + done, start.size() - done);
        if (!count)
            return count.error();
        done += *count;
    }
    if (start.startsWith("\x1f\x8b"))
        return Compression::Gzip;
    if (start.startsWith("\x28\xb5\x2f\xfd"))
        return Compression::Zstd;
    if (start == QByteArray("\xfd\x37\x7a\x58\x5a\0", 6) || start.startsWith("BZh"))
        return Compression::Other;
    return Compression::None;
}

Result<Done> unpack(const FileSlice &slice, const TakeUnpacked &take, const UnpackLimits &limits,
                    const CancelFlag &cancelled)
{
    qint64 total = 0;
    const auto takeWithinLimits = [&](QByteArrayView bytes) -> Result<Done> {
        total += bytes.size();
        if (isBomb(total, slice, limits))
            return tooLarge(slice);
        return take(bytes);
    };
    const auto compression = compressionOf(slice);
    if (!compression)
        return compression.error();
    return *compression == Compression::Gzip ? gunzip(slice, takeWithinLimits, cancelled)
                                             : unzstd(slice, takeWithinLimits, cancelled);
}

Result<FileSlice> unpackToFile(const FileSlice &slice, const UnpackLimits &limits,
                               const CancelFlag &cancelled, const std::function<void()> &report)
{
    auto opened = openTemporaryFile();
    if (!opened)
        return opened.error();
    const std::unique_ptr<QTemporaryFile> &file = *opened;
    qint64 sinceLook = bytesBetweenLooks;
    const auto take = [&](QByteArrayView bytes) -> Result<Done> {
        if (report)
            report();
        sinceLook += bytes.size();
        if (sinceLook > bytesBetweenLooks) {
            sinceLook = 0;
            if (const qint64 free = freeRoom(); free >= 0 && free < limits.spareRoom)
                return noRoom(slice, free);
        }
        return DiskCalls::writeAll(*file, bytes) == 0 ? Result<Done>(Done())
                                                      : noRoom(slice, freeRoom());
    };
    if (const auto unpacked = unpack(slice, take, limits, cancelled); !unpacked)
        return unpacked.error();
    file->flush();
    return FileSlice::whole(std::make_shared<ReadableFile>(*std::move(opened), slice.file->name()));
}

} // namespace Longshore
