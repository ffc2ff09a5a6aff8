// SPDX-License-Identifier: Apache-2.0
#include "support/testarchive.h"

#include <QDir>
#include <QDirIterator>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype blockSize = 512;
constexpr qsizetype zstdBlock = 128 * 1024;

QByteArray field(const QByteArray &text, qsizetype size)
{
    return text.left(size).leftJustified(size, '\0');
}

QByteArray octal(qint64 number, int digits)
{
    return QByteArray::number(number, 8).rightJustified(digits, '0') + '\0';
}

QByteArray zstdHeader()
{
    // No size of the content, and a window of 128 KiB: 2^(10 + 7).
    return QByteArray("\x28\xb5\x2f\xfd\0", 5) + char(7 << 3);
}

QByteArray zstdBlockHeader(bool isLast, int type, qsizetype size)
{
    QByteArray four(4, '\0');
    qToLittleEndian(quint32(isLast ? 1 : 0) | quint32(type << 1) | quint32(size << 3), four.data());
    return four.left(3);
}

} // namespace

TestArchive &TestArchive::add(const Header &header, const QByteArray &bytes)
{
    QByteArray block = field(header.name, 100) + octal(0644, 7) + octal(0, 7) + octal(0, 7)
                       + octal(header.size < 0 ? bytes.size() : header.size, 11) + octal(0, 11)
                       + QByteArray(8, ' ') + header.type + field(header.link, 100)
                       + QByteArray("ustar\0"
                                    "00",
                                    8);
    block = field(block, blockSize);
    qint64 sum = 0;
    for (const char byte : block)
        sum += static_cast<uchar>(byte);
    block.replace(148, 8, QByteArray(octal(sum, 6) + ' '));
    const qsizetype padding = (blockSize - bytes.size() % blockSize) % blockSize;
    m_bytes += block + bytes + QByteArray(padding, '\0');
    return *this;
}

TestArchive &TestArchive::addRaw(const QByteArray &bytes)
{
    m_bytes += bytes;
    return *this;
}

TestArchive &TestArchive::addFolder(const QString &folder)
{
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read what belongs into the archive of a test");
        add(QDir(folder).relativeFilePath(file.fileName()).toUtf8(), file.readAll());
    }
    return *this;
}

QByteArray zstdStored(const QByteArray &bytes)
{
    QByteArray frame = zstdHeader();
    for (qsizetype done = 0; done < bytes.size(); done += zstdBlock) {
        const QByteArray piece = bytes.mid(done, zstdBlock);
        frame += zstdBlockHeader(done + zstdBlock >= bytes.size(), 0, piece.size()) + piece;
    }
    return frame;
}

QByteArray zstdZeros(int blocks)
{
    QByteArray frame = zstdHeader();
    for (int i = 1; i <= blocks; ++i)
        frame += zstdBlockHeader(i == blocks, 1, zstdBlock) + '\0';
    return frame;
}
