// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>
#include <utility>

namespace Longshore {

/// Reads the answer to one request as it comes over the wire, in pieces of any size. RFC 9112.
///
/// Interim answers are passed over. Repeated fields are joined by ", ", as Qt does it. The coding
/// "chunked" is undone; any other is an error, as is what no server should say.
class AnswerReader
{
public:
    void add(QByteArrayView bytes);
    /// The other side sends nothing more, which is how some answers end.
    void close();

    /// Whether the final status and all fields are known.
    [[nodiscard]] bool hasHead() const noexcept { return m_hasHead; }
    [[nodiscard]] bool isWhole() const noexcept { return m_step == Step::Whole; }
    /// What came is no HTTP.
    [[nodiscard]] bool isBroken() const noexcept { return m_step == Step::Broken; }

    [[nodiscard]] int status() const noexcept { return m_status; } ///< Once there is a head.
    [[nodiscard]] const QList<std::pair<QByteArray, QByteArray>> &fields() const noexcept
    {
        return m_fields;
    }
    /// How much of the body has come and was not taken yet.
    [[nodiscard]] qsizetype bodyBytes() const noexcept { return m_body.size(); }
    [[nodiscard]] QByteArray takeBody(qsizetype most);

private:
    enum class Step {
        Status,
        Field,
        Known, ///< A body of a known length.
        Endless, ///< A body until the connection ends.
        ChunkSize,
        Chunk,
        ChunkEnd,
        Trailer,
        Whole,
        Broken,
    };

    [[nodiscard]] Step next();
    [[nodiscard]] Step readBody();
    [[nodiscard]] Step takeLine(const QByteArray &line);
    [[nodiscard]] Step readStatus(const QByteArray &line);
    [[nodiscard]] Step readField(const QByteArray &line);
    [[nodiscard]] Step readChunkSize(const QByteArray &line);
    [[nodiscard]] Step bodyAfterHead();
    [[nodiscard]] const QByteArray *field(const QByteArray &name) const;

    Step m_step = Step::Status;
    QByteArray m_unread;
    qint64 m_lineBytes = 0; ///< All that was no body.
    bool m_hasHead = false;
    int m_status = 0;
    QList<std::pair<QByteArray, QByteArray>> m_fields;
    qint64 m_left = 0; ///< Of the body or of its chunk, in bytes.
    QByteArray m_body;
};

} // namespace Longshore
