// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"

namespace Longshore {

/// Announces that this program is about to let go of a file or folder, until this object is destroyed:
/// whoever comes next waits for that, instead of taking the lock for that of somebody else.
///
/// What was cancelled may still be written by another thread for a moment. Safe in any thread.
class Departure
{
public:
    /// \a place is only compared.
    explicit Departure(const QString &place);
    /// Lets those go on who wait.
    ~Departure();
    Q_DISABLE_COPY_MOVE(Departure)

    /// Whether somebody is about to let go of \a place.
    [[nodiscard]] static bool isUnderWay(const QString &place);
    /// Waits until nobody is, or until \a cancelled is set; for a worker.
    static void await(const QString &place, const CancelFlag &cancelled);

    /// Calls \a take until it succeeds, as long as it is a departure that keeps it from that.
    template <typename Take>
    [[nodiscard]] static auto takeAfter(const QString &place, const CancelFlag &cancelled,
                                        Take &&take) -> decltype(take())
    {
        for (;;) {
            const bool isLeaving = isUnderWay(place); // Before, for it may end at any moment.
            auto taken = take();
            if (taken || !isLeaving)
                return taken;
            await(place, cancelled);
            if (cancelled)
                return Error::cancelled();
        }
    }

private:
    const QString m_place;
};

} // namespace Longshore
