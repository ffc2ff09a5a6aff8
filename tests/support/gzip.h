// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QtEndian>

/// What a compressing proxy makes of \a bytes.
inline QByteArray gzipped(const QByteArray &bytes)
{
    const auto littleEndian = [](quint32 number) {
        QByteArray four(4, '\0');
        qToLittleEndian(number, four.data());
        return four;
    };
    quint32 crc = ~0U;
    for (const char byte : bytes) {
        crc ^= static_cast<uchar>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
    }
    // Qt writes a length and zlib's header in front, and another checksum behind.
    const QByteArray zlib = qCompress(bytes);
    return QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10) + zlib.mid(6, zlib.size() - 10)
           + littleEndian(~crc) + littleEndian(static_cast<quint32>(bytes.size()));
}
