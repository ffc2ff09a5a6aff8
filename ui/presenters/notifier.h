// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Longshore::Ui {

/// Something that a person may want to know who is elsewhere.
struct Notification
{
    QString summary; ///< Plain text, one line.
    QString body; ///< Plain text.
    QString folder = {}; ///< That may be opened from there; empty for none.
};

/// Tells a person of something while the window is not in front. Nobody may depend on it.
class Notifier
{
public:
    Notifier() = default;
    virtual ~Notifier() = default;
    Q_DISABLE_COPY_MOVE(Notifier)

    virtual void show(const Notification &notification) = 0;
};

} // namespace Longshore::Ui
