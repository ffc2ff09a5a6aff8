// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/slicecontent.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

constexpr qint64 pieceSize = 256 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SliceContent)
};

QString shownName(const FileSlice &slice)
{
    return quotedPath(slice.file->name());
}

} // namespace

SliceContent::SliceContent(const Digest &digest, const FileSlice &slice)
    : BlobContent(digest, slice.size), m_slice(slice), m_hasher(*digest.hashAlgorithm())
{}

Result<std::shared_ptr<SliceContent>> SliceContent::open(const Descriptor &blob,
                                                         const FileSlice &slice)
{
    if (!blob.digest.hashAlgorithm())
        return Error{
            Error::Kind::Unsupported,
            Text::tr("Digests of the kind %1 cannot be checked.").arg(blob.digest.algorithm())};
    if (slice.size != blob.size)
        return Error{Error::Kind::SizeMismatch,
                     Text::tr("In %1, the data of %2 has not the size that the image gives.")
                         .arg(shownName(slice), blob.digest.toString())};
    const auto content = std::shared_ptr<SliceContent>(new SliceContent(blob.digest, slice));
    if (slice.size == 0 && !blob.digest.matches({}))
        return content->wrongBytes(); // Nothing of it will be read.
    return content;
}

Error SliceContent::wrongBytes() const
{
    return {Error::Kind::DigestMismatch,
            Text::tr("In %1, the data of %2 does not match that digest. It was not uploaded.")
                .arg(shownName(m_slice), digest().toString())};
}

Result<Done> SliceContent::seek(qint64 offset)
{
    if (offset == m_position && m_position < size())
        return Done();
    m_hasher.restart();
    m_position = 0;
    QByteArray piece(pieceSize, Qt::Uninitialized);
    while (m_position < offset) {
        const qint64 wanted = qMin(pieceSize, offset - m_position);
        const auto count = m_slice.read(m_position, piece.data(), wanted);
        if (!count)
            return count.error();
        m_hasher.add(QByteArrayView(piece.constData(), *count));
        m_position += *count;
    }
    return Done();
}

Result<qint64> SliceContent::read(char *data, qint64 maximum)
{
    const auto count = m_slice.read(m_position, data, maximum);
    if (!count)
        return count.error();
    m_hasher.add(QByteArrayView(data, *count));
    m_position += *count;
    // Before the last byte goes out: what is not whole cannot be taken for the blob.
    if (m_position == size()
        && Digest::fromHash(m_hasher.result(), m_hasher.algorithm()) != digest())
        return wrongBytes();
    return *count;
}

} // namespace Longshore
