// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"

#include <QIODevice>
#include <QPointer>

#include <memory>
#include <optional>

namespace Longshore {

class Throttle;

/// What Qt reads the body of a request from.
///
/// Sequential, so that Qt can neither hold the whole of it in memory nor send it a second time
/// without asking us.
class BodyDevice final : public QIODevice
{
    Q_OBJECT

public:
    /// \a source is begun by begin(), once for each device.
    explicit BodyDevice(std::shared_ptr<ByteSource> source, QObject *parent = nullptr);

    /// Holds the body back as \a throttle says, which must outlive the reading; readyRead() comes when it goes on.
    void setThrottle(Throttle *throttle);
    /// Begins the source; the device is read afterwards.
    [[nodiscard]] Result<Done> begin();
    /// @{
    /// In bytes: all that the source will give, and what Qt has taken of it.
    [[nodiscard]] qint64 total() const noexcept { return m_total; }
    [[nodiscard]] qint64 position() const noexcept { return m_position; }
    /// @}
    /// Whether the whole body has been handed out.
    [[nodiscard]] bool isExhausted() const noexcept { return m_position == m_total; }
    /// Why the source gave no more.
    [[nodiscard]] const std::optional<Error> &failure() const noexcept { return m_failure; }

    /// @{
    /// Like those of QIODevice. What the source still has counts as available, so that Qt goes on.
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return isExhausted(); }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_total - m_position; }
    /// @}
    /// @{
    /// Refused: so Qt would begin to send the body once more.
    bool seek(qint64) override { return false; }
    bool reset() override { return false; }
    /// @}

signals:
    /// Qt wants the body, or more of it, whether there is some by now or not.
    void asked();
    /// Further bytes were handed out.
    void advanced();
    /// The source gave an error; failure() has it.
    void failed();

protected:
    /// @{
    /// Like those of QIODevice. Nothing can be written.
    qint64 readData(char *data, qint64 maximum) override;
    qint64 writeData(const char *data, qint64 size) override;
    /// @}

private:
    const std::shared_ptr<ByteSource> m_source;
    const qint64 m_total;
    qint64 m_position = 0;
    QPointer<Throttle> m_throttle;
    std::optional<Error> m_failure;
};

} // namespace Longshore
