// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/blobfile.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobFile)
};

} // namespace

/// Part of the name of a kept file, so that it is never taken for that of other content.
static QString keyOf(const Digest &digest)
{
    return digest.encoded().left(32);
}

/// As departures name it.
static QString placeOf(const SafeFile &file, const Digest &digest)
{
    return file.path() + u' ' + digest.toString();
}

BlobFile::BlobFile(const QString &path, const Digest &digest, qint64 size,
                   SafeFile::Existing existing, Part part)
    : m_file(path, existing)
    , m_digest(digest)
    , m_size(size)
    , m_part(part)
    , m_hasher(digest.hashAlgorithm().value_or(Hasher::Algorithm::Sha256))
    , m_total(size)
{}

Result<Done> BlobFile::open(const CancelFlag &cancelled)
{
    if (!m_digest.hashAlgorithm())
        return Error{
            Error::Kind::Unsupported,
            Text::tr("Digests of the kind %1 cannot be checked.").arg(m_digest.algorithm())};
    if (m_part == Part::Keep) {
        const auto opened = openKept(cancelled);
        // Somebody else may have the part, or the system no locks.
        if (opened || opened.error().isCancelled())
            return opened;
    }
    return m_file.open(m_size);
}

/// The kept bytes are hashed again: nobody knows what became of them.
Result<Done> BlobFile::openKept(const CancelFlag &cancelled)
{
    const auto kept = Departure::takeAfter(placeOf(m_file, m_digest), cancelled, [this] {
        return m_file.openKept(keyOf(m_digest), m_size);
    });
    if (!kept)
        return kept.error();
    if (m_size >= 0 && *kept > m_size)
        return restart();
    m_position = *kept;
    return m_file.readPart([&](QByteArrayView bytes) {
        m_hasher.add(bytes);
        return !cancelled;
    });
}

void BlobFile::leave()
{
    if (!m_departure)
        m_departure = std::make_unique<Departure>(placeOf(m_file, m_digest));
}

void BlobFile::removePart(const QString &path, const Digest &digest)
{
    // Whoever has just let go of it may have it for a moment yet.
    Departure::await(placeOf(SafeFile(path), digest), CancelFlag(false));
    SafeFile::removeKept(path, keyOf(digest));
}

Error BlobFile::wrongSize(qint64 size) const
{
    return {Error::Kind::SizeMismatch,
            Text::tr("The data received has not the announced size. It was thrown away."),
            QStringLiteral("%1, not %2").arg(size).arg(m_size)};
}

Result<Done> BlobFile::begin(qint64 offset, qint64 total)
{
    if (m_size >= 0 && total >= 0 && total != m_size)
        return wrongSize(total);
    m_total = m_size >= 0 ? m_size : total;
    if (offset == m_position)
        return Done();
    if (offset == 0)
        return restart(); // The server does not know parts.
    return Error{Error::Kind::Protocol,
                 Text::tr("The server sent another part than was asked for.")};
}

Result<Done> BlobFile::restart()
{
    m_position = 0;
    m_hasher = Hasher(m_hasher.algorithm());
    return m_file.restart();
}

Result<Done> BlobFile::write(QByteArrayView bytes)
{
    if (m_size >= 0 && m_position + bytes.size() > m_size)
        return wrongSize(m_position + bytes.size());
    if (auto written = m_file.write(bytes); !written)
        return written;
    m_hasher.add(bytes);
    m_position += bytes.size();
    return Done();
}

Result<Done> BlobFile::finish()
{
    if (m_size >= 0 && m_position != m_size)
        return wrongSize(m_position);
    if (Digest::fromHash(m_hasher.result(), m_hasher.algorithm()) != m_digest)
        return Error{Error::Kind::DigestMismatch,
                     Text::tr("The data received does not match its digest. It was thrown away.")};
    return m_file.commit();
}

} // namespace Longshore
