// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace Longshore {

/// Turns the first Ctrl+C, hang-up or request to end into a signal, so that the program can
/// remove what is half done. Another one some seconds later ends it at once, as it would without
/// us.
///
/// There can be only one: signals belong to the whole process.
class Interruption final : public QObject
{
    Q_OBJECT

public:
    /// Watches from now on.
    explicit Interruption(QObject *parent = nullptr);
    /// The handlers stay, where there are signals: what is half done is removed after this, too.
    ~Interruption() override;

signals:
    /// The program should remove what is half done, and end. Comes once.
    void interrupted();
};

} // namespace Longshore
