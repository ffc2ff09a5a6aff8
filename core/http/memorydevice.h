// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIODevice>

#include <algorithm>

namespace Longshore {

/// What Qt reads a small body from: like QBuffer, but it tells when Qt asks for it, which Qt does
/// right after the headers.
///
/// Not sequential, so that Qt may send it once more when the connection was closed before it came.
class MemoryDevice final : public QIODevice
{
    Q_OBJECT

public:
    /// Open from the start.
    explicit MemoryDevice(const QByteArray &bytes, QObject *parent = nullptr)
        : QIODevice(parent), m_bytes(bytes)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    /// Of the body, in bytes.
    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }

signals:
    /// Qt wants the body, or more of it: something of the request has left, or is about to.
    void asked();

protected:
    /// @{
    /// Like those of QIODevice. Nothing can be written.
    qint64 readData(char *data, qint64 maximum) override
    {
        emit asked();
        const QByteArray piece = m_bytes.mid(pos(), maximum);
        std::copy(piece.begin(), piece.end(), data);
        return piece.size();
    }
    qint64 writeData(const char *, qint64) override { return -1; }
    /// @}

private:
    const QByteArray m_bytes;
};

} // namespace Longshore
