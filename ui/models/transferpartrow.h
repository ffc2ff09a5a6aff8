// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"

namespace Longshore::Ui {

/// A blob of those that a transfer brings, as a list shows it.
struct TransferPartRow
{
    enum class State {
        Waiting,
        Running,
        Arrived,
        Present, ///< It was there before.
    };

    Descriptor blob;
    qint64 done = 0; ///< In bytes.
    State state = State::Waiting;

    friend bool operator==(const TransferPartRow &, const TransferPartRow &) = default;
};

} // namespace Longshore::Ui
