// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"

#include <QIODevice>

#include <memory>
#include <optional>

namespace Longshore {

/// What Qt reads the body of a request from.
///
/// Sequential, so that Qt can neither hold the whole of it in memory nor send it a second time
/// without asking us.
class BodyDevice final : public QIODevice
{
    Q_OBJECT

public:
    explicit BodyDevice(std::shared_ptr<ByteSource> source, QObject *parent = nullptr);

    /// Begins the source; the device is read afterwards.
    [[nodiscard]] Result<Done> begin();
    [[nodiscard]] qint64 total() const noexcept { return m_total; }
    [[nodiscard]] qint64 position() const noexcept { return m_position; }
    [[nodiscard]] bool isExhausted() const noexcept { return m_position == m_total; }
    /// Why the source gave no more.
    [[nodiscard]] const std::optional<Error> &failure() const noexcept { return m_failure; }

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return isExhausted(); }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_total - m_position; }
    // How Qt would begin to send it again.
    bool seek(qint64) override { return false; }
    bool reset() override { return false; }

signals:
    /// Further bytes were handed out.
    void advanced();
    void failed();

protected:
    qint64 readData(char *data, qint64 maximum) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    const std::shared_ptr<ByteSource> m_source;
    const qint64 m_total;
    qint64 m_position = 0;
    std::optional<Error> m_failure;
};

} // namespace Longshore
