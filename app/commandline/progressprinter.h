// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QObject>

class QIODevice;

namespace Longshore {

/// Shows how far a transfer is: on a terminal as one line that changes, for scripts as one JSON
/// object a line.
class ProgressPrinter final : public QObject
{
    Q_OBJECT

public:
    enum class Form { None, Terminal, Json };

    ProgressPrinter(QIODevice &device, Form form, QObject *parent = nullptr);

    /// In bytes; \a total is -1 while it is unknown.
    void print(qint64 done, qint64 total);
    /// Makes room for other words.
    void clear();

private:
    [[nodiscard]] QString terminalLine(qint64 done, qint64 total) const;

    QIODevice &m_device;
    const Form m_form;
    QElapsedTimer m_clock;
    bool m_isShown = false;
};

/// What standard error takes without being asked for.
[[nodiscard]] ProgressPrinter::Form formForStandardError();

} // namespace Longshore
