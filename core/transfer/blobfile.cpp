// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/blobfile.h"

#include <QCoreApplication>
#include <QFileInfo>

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
static QString placeOf(const QString &path, const QString &key)
{
    return QFileInfo(path).absoluteFilePath() + u' ' + key;
}

BlobFile::BlobFile(const QString &path, const Digest &digest, qint64 size,
                   SafeFile::Existing existing, Part part)
    : m_file(path, existing)
    , m_digest(digest)
    , m_size(size)
    , m_part(part)
    , m_check(digest, size)
    , m_total(size)
{}

Result<Done> BlobFile::open(const CancelFlag &cancelled)
{
    if (auto possible = m_check.isPossible(); !possible)
        return possible;
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
    const auto kept =
        Departure::takeAfter(placeOf(m_file.path(), keyOf(m_digest)), cancelled,
                             [this] { return m_file.openKept(keyOf(m_digest), m_size); });
    if (!kept)
        return kept.error();
    if (m_size >= 0 && *kept > m_size)
        return restart();
    m_position = *kept;
    return m_file.readPart([&](QByteArrayView bytes) {
        m_check.add(bytes);
        return !cancelled;
    });
}

void BlobFile::leave()
{
    if (!m_departure)
        m_departure = std::make_unique<Departure>(placeOf(m_file.path(), keyOf(m_digest)));
}

qint64 BlobFile::roomFor(const QString &path, const Digest &digest, qint64 size)
{
    return qMax<qint64>(0, size - SafeFile::keptSpace(path, keyOf(digest)));
}

static void removeKept(const QString &path, const QString &key)
{
    // Whoever has just let go of it may have it for a moment yet.
    Departure::await(placeOf(path, key), CancelFlag(false));
    SafeFile::removeKept(path, key);
}

void BlobFile::removePart(const QString &path, const Digest &digest)
{
    removeKept(path, keyOf(digest));
}

void BlobFile::removePartsIn(
    const QString &folder,
    const std::function<bool(const QString &name, const QString &beginning)> &isMeant)
{
    for (const auto &[path, key] : SafeFile::keptIn(folder)) {
        if (isMeant(QFileInfo(path).fileName(), key))
            removeKept(path, key);
    }
}

Result<Done> BlobFile::begin(qint64 offset, qint64 total)
{
    if (auto announced = m_check.hasSize(total); !announced)
        return announced;
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
    m_hasStartedOver = true;
    m_position = 0;
    m_check.restart();
    return m_file.restart();
}

Result<Done> BlobFile::write(QByteArrayView bytes)
{
    if (auto fits = m_check.mayHold(m_position + bytes.size()); !fits)
        return fits;
    if (auto written = m_file.write(bytes); !written)
        return written;
    m_check.add(bytes);
    m_position += bytes.size();
    return Done();
}

Result<Done> BlobFile::finish()
{
    if (auto checked = m_check.finish(m_position); !checked)
        return checked;
    return m_file.commit();
}

} // namespace Longshore
