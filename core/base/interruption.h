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
    explicit Interruption(QObject *parent = nullptr);
    ~Interruption() override;

signals:
    void interrupted();
};

} // namespace Longshore
