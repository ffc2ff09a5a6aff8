// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

/// A tar archive that is made by hand, so that it may be wrong in any way.
class TestArchive
{
public:
    /// What a header says.
    struct Header
    {
        QByteArray name;
        char type = '0'; ///< As POSIX has it: a file.
        QByteArray link = {};
        qint64 size = -1; ///< When it is not that of the bytes.
    };

    TestArchive &add(const QByteArray &name, const QByteArray &bytes)
    {
        return add(Header{name}, bytes);
    }
    TestArchive &addLink(const QByteArray &name, const QByteArray &target)
    {
        return add(Header{name, '2', target}, {});
    }
    TestArchive &add(const Header &header, const QByteArray &bytes);
    /// Bytes that are no entry.
    TestArchive &addRaw(const QByteArray &bytes);
    /// Everything below a folder of the disk.
    TestArchive &addFolder(const QString &folder);

    /// With the two empty blocks at its end.
    [[nodiscard]] QByteArray bytes() const { return m_bytes + QByteArray(1024, '\0'); }
    /// Without them.
    [[nodiscard]] const QByteArray &openBytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

/// A zstd frame that holds \a bytes as they are.
[[nodiscard]] QByteArray zstdStored(const QByteArray &bytes);
/// A zstd frame of \a blocks times 128 KiB of zeros, four bytes for each.
[[nodiscard]] QByteArray zstdZeros(int blocks);
