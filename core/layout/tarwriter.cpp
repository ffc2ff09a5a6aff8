// SPDX-License-Identifier: Apache-2.0
#include "core/layout/tarwriter.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace Longshore {

namespace {

constexpr qint64 blockSize = 512;
constexpr qsizetype longestName = 100;
constexpr qint64 largestSize = 077777777777; // Eleven octal digits.
constexpr quint32 largestOwner = 07777777;

enum class Type : char { File = '0', Link = '2', Folder = '5', Extended = 'x' };

struct Entry
{
    QByteArray name;
    Type type = Type::File;
    int mode = TarWriter::fileMode;
    qint64 size = 0;
    QByteArray target = {}; ///< Of a link.
    quint32 user = 0;
    quint32 group = 0;
};

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TarWriter)
};

qint64 paddingOf(qint64 size)
{
    return (blockSize - size % blockSize) % blockSize;
}

QByteArray octal(qint64 number, qsizetype digits)
{
    return QByteArray::number(number, 8).rightJustified(digits, '0');
}

/// One block. The checksum is made as if its own place held spaces.
QByteArray header(const Entry &entry)
{
    QByteArray block(blockSize, '\0');
    const auto put = [&block](qsizetype place, const QByteArray &bytes) {
        block.replace(place, bytes.size(), bytes);
    };
    put(0, entry.name.left(longestName));
    put(100, octal(entry.mode, 7));
    put(108, octal(std::min(entry.user, largestOwner), 7));
    put(116, octal(std::min(entry.group, largestOwner), 7));
    put(124, octal(std::min(entry.size, largestSize), 11));
    put(136, "00000000000"); // Time.
    put(148, "        ");
    put(156, QByteArray(1, static_cast<char>(entry.type)));
    put(157, entry.target.left(longestName));
    put(257, QByteArray("ustar\0"
                        "00",
                        8));
    put(329, "0000000"); // Device numbers.
    put(337, "0000000");
    qint64 sum = 0;
    for (const char byte : std::as_const(block))
        sum += static_cast<uchar>(byte);
    put(148, octal(sum, 6) + QByteArray("\0 ", 2));
    return block;
}

/// "LENGTH KEY=VALUE\n", in which the length counts itself.
QByteArray record(const QByteArray &key, const QByteArray &value)
{
    const QByteArray rest = ' ' + key + '=' + value + '\n';
    qsizetype length = rest.size();
    while (length != rest.size() + QByteArray::number(length).size())
        length = rest.size() + QByteArray::number(length).size();
    return QByteArray::number(length) + rest;
}

/// What comes before the content: one block, or three where something does not fit into it.
QByteArray headers(const Entry &entry)
{
    QByteArray records;
    if (entry.name.size() > longestName)
        records += record("path", entry.name);
    if (entry.target.size() > longestName)
        records += record("linkpath", entry.target);
    if (entry.size > largestSize)
        records += record("size", QByteArray::number(entry.size));
    if (entry.user > largestOwner)
        records += record("uid", QByteArray::number(entry.user));
    if (entry.group > largestOwner)
        records += record("gid", QByteArray::number(entry.group));
    if (records.isEmpty())
        return header(entry);
    return header({"PaxHeaders/" + entry.name.left(80), Type::Extended, TarWriter::fileMode,
                   records.size()})
           + records + QByteArray(paddingOf(records.size()), '\0') + header(entry);
}

Error wrongSize()
{
    return {Error::Kind::SizeMismatch,
            Text::tr("A file changed while it was written into an archive.")};
}

} // namespace

qint64 TarWriter::sizeOfEntry(const QByteArray &name, qint64 size)
{
    return headers({name, Type::File, fileMode, size}).size() + size + paddingOf(size);
}

Result<Done> TarWriter::addFolder(const QByteArray &name, int mode)
{
    return m_write(headers({name, Type::Folder, mode, 0, {}, m_user, m_group}));
}

Result<Done> TarWriter::addLink(const QByteArray &name, const QByteArray &target)
{
    return m_write(headers({name, Type::Link, 0777, 0, target, m_user, m_group}));
}

Result<Done> TarWriter::addFile(const QByteArray &name, QByteArrayView content)
{
    if (const auto begun = beginFile(name, content.size()); !begun)
        return begun;
    if (const auto added = add(content); !added)
        return added;
    return endFile();
}

Result<Done> TarWriter::beginFile(const QByteArray &name, qint64 size, int mode)
{
    m_size = size;
    m_missing = size;
    return m_write(headers({name, Type::File, mode, size, {}, m_user, m_group}));
}

Result<Done> TarWriter::add(QByteArrayView bytes)
{
    if (bytes.size() > m_missing)
        return wrongSize();
    m_missing -= bytes.size();
    return m_write(bytes);
}

Result<Done> TarWriter::endFile()
{
    if (m_missing != 0)
        return wrongSize();
    return m_write(QByteArray(paddingOf(m_size), '\0'));
}

Result<Done> TarWriter::finish()
{
    return m_write(QByteArray(sizeOfEnd, '\0'));
}

} // namespace Longshore
