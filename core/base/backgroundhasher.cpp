// SPDX-License-Identifier: Apache-2.0
#include "core/base/backgroundhasher.h"

#include <QList>
#include <QThreadPool>

#include <condition_variable>
#include <mutex>

namespace Longshore {

namespace {

constexpr qsizetype pieceBytes = 256 * 1024;
constexpr qsizetype mostPieces = 4;

/// Of their own: whoever waits for a hash must not wait for what else programs do in the background.
QThreadPool &hashingThreads()
{
    static QThreadPool threads;
    return threads;
}

} // namespace

/// What both threads see.
class BackgroundHasher::Stream final : public std::enable_shared_from_this<Stream>
{
public:
    explicit Stream(Hasher::Algorithm algorithm) : m_hasher(algorithm) {}

    /// Takes \a piece, and leaves an empty one in its place.
    void take(QByteArray &piece)
    {
        std::unique_lock lock(m_mutex);
        while (m_waiting.size() >= mostPieces)
            m_changed.wait(lock);
        m_waiting.append(
            std::exchange(piece, m_spare.isEmpty() ? QByteArray() : m_spare.takeLast()));
        if (!std::exchange(m_isRunning, true))
            hashingThreads().start([self = shared_from_this()] { self->run(); });
    }

    [[nodiscard]] QByteArray result()
    {
        std::unique_lock lock(m_mutex);
        while (m_isRunning)
            m_changed.wait(lock);
        return m_hasher.result();
    }

    void abandon()
    {
        std::unique_lock lock(m_mutex);
        m_waiting.clear();
    }

private:
    void run()
    {
        std::unique_lock lock(m_mutex);
        while (!m_waiting.isEmpty()) {
            QByteArray piece = m_waiting.takeFirst();
            lock.unlock();
            m_hasher.add(piece);
            // Keeps its memory: fresh pages for each would cost more than the hash.
            piece.resize(0);
            lock.lock();
            m_spare.append(std::move(piece));
            m_changed.notify_all();
        }
        m_isRunning = false;
        m_changed.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    QList<QByteArray> m_waiting;
    QList<QByteArray> m_spare;
    bool m_isRunning = false;
    Hasher m_hasher; ///< Of the thread that runs.
};

BackgroundHasher::BackgroundHasher(Hasher::Algorithm algorithm) : m_algorithm(algorithm)
{}

BackgroundHasher::~BackgroundHasher()
{
    restart();
}

void BackgroundHasher::restart()
{
    m_piece.clear();
    if (const auto stream = std::exchange(m_stream, {}))
        stream->abandon();
}

void BackgroundHasher::add(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const QByteArrayView fitting = bytes.first(qMin(bytes.size(), pieceBytes - m_piece.size()));
        m_piece += fitting;
        bytes = bytes.sliced(fitting.size());
        if (m_piece.size() < pieceBytes)
            return;
        if (!m_stream)
            m_stream = std::make_shared<Stream>(m_algorithm);
        m_stream->take(m_piece);
    }
}

QByteArray BackgroundHasher::result()
{
    if (!m_stream)
        return Hasher::hash(m_piece, m_algorithm);
    if (!m_piece.isEmpty())
        m_stream->take(m_piece);
    return m_stream->result();
}

} // namespace Longshore
