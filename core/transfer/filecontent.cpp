// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/filecontent.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileContent)
};

} // namespace

FileContent::FileContent(std::unique_ptr<QFile> file, const Digest &digest, const FileStamp &stamp,
                         Proof proof)
    : BlobContent(digest, stamp.size)
    , m_file(std::move(file))
    , m_stamp(stamp)
    , m_proof(proof)
    , m_hasher(*digest.hashAlgorithm())
{}

Result<std::shared_ptr<FileContent>>
FileContent::open(const QString &path, const CancelFlag &cancelled, std::chrono::nanoseconds tick)
{
    auto file = std::make_unique<QFile>(path);
    if (const auto opened = openRegularFile(*file); !opened)
        return opened.error();
    const FileStamp stamp = FileStamp::of(path);
    const Proof proof = stamp.isSettled(tick) ? Proof::Stamp : Proof::Hash;
    Hasher hasher;
    const auto add = [&hasher](QByteArrayView bytes) { hasher.add(bytes); };
    if (const auto read = readBeginning(*file, stamp.size, add, cancelled); !read)
        return read.error();
    if (FileStamp::of(path) != stamp || file->size() != stamp.size || !file->seek(0))
        return fileChanged(path);
    const Digest digest = Digest::fromHash(hasher.result(), hasher.algorithm());
    return std::shared_ptr<FileContent>(new FileContent(std::move(file), digest, stamp, proof));
}

Result<std::shared_ptr<FileContent>> FileContent::openAs(const Digest &digest, const QString &path)
{
    if (!digest.hashAlgorithm())
        return Error{Error::Kind::Unsupported,
                     Text::tr("Digests of the kind %1 cannot be checked.").arg(digest.algorithm())};
    auto file = std::make_unique<QFile>(path);
    if (const auto opened = openRegularFile(*file); !opened)
        return opened.error();
    const auto content = std::shared_ptr<FileContent>(
        new FileContent(std::move(file), digest, FileStamp::of(path), Proof::HashForOthers));
    if (content->size() == 0 && !digest.matches({}))
        return content->wrongBytes(); // Nothing of it will be read.
    return content;
}

Error FileContent::wrongBytes() const
{
    if (m_proof != Proof::HashForOthers || FileStamp::of(m_file->fileName()) != m_stamp)
        return fileChanged(m_file->fileName());
    return {Error::Kind::DigestMismatch,
            Text::tr("%1 has another digest than the one that was named. It was not uploaded.")
                .arg(quotedPath(m_file->fileName()))};
}

Result<Done> FileContent::seek(qint64 offset)
{
    if (offset == m_position && m_position < size())
        return Done();
    if (m_proof == Proof::Stamp && offset < m_readTo)
        m_proof = Proof::Hash;
    if (m_proof == Proof::Stamp) {
        if (!m_file->seek(offset))
            return wrongBytes();
    } else {
        m_hasher.restart();
        const auto add = [this](QByteArrayView bytes) { m_hasher.add(bytes); };
        if (auto read = readBeginning(*m_file, offset, add, CancelFlag(false)); !read)
            return read;
    }
    m_position = offset;
    return Done();
}

Result<qint64> FileContent::read(char *data, qint64 maximum)
{
    const qint64 count = m_file->read(data, maximum);
    if (count <= 0)
        return fileChanged(m_file->fileName());
    if (m_proof != Proof::Stamp)
        m_hasher.add(QByteArrayView(data, count));
    m_position += count;
    m_readTo = qMax(m_readTo, m_position);
    if (m_position < size())
        return count;
    // Before the last byte goes out: what is not whole cannot be taken for the blob.
    if (const auto checked = checkWhole(); !checked)
        return checked.error();
    return count;
}

Result<Done> FileContent::checkWhole()
{
    if (m_proof != Proof::Stamp
        && Digest::fromHash(m_hasher.result(), m_hasher.algorithm()) != digest())
        return wrongBytes();
    if (FileStamp::of(m_file->fileName()) != m_stamp)
        return fileChanged(m_file->fileName());
    return Done();
}

} // namespace Longshore
