// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"

namespace Longshore {

/// One blob of those that a transfer brings.
struct TransferPart
{
    /// How far it is.
    enum class State {
        Waiting,
        Running,
        Arrived, ///< Verified.
        Present, ///< It was there before, and is what it should be.
    };

    Descriptor blob; ///< As the image describes it.
    qint64 done = 0; ///< In bytes.
    State state = State::Waiting; ///< How far it is.

    friend bool operator==(const TransferPart &, const TransferPart &) = default;
};

/// A job that brings several blobs, and can say how far each is.
class TransferParts
{
public:
    virtual ~TransferParts() = default;
    /// In the order of the image.
    [[nodiscard]] virtual QList<TransferPart> parts() const = 0;

protected:
    /// A blob of which \a done bytes have come; nothing where it has not begun.
    [[nodiscard]] static TransferPart part(const Descriptor &blob, std::optional<qint64> done)
    {
        using State = TransferPart::State;
        if (!done)
            return {blob, 0, State::Waiting};
        return {blob, *done, *done >= blob.size ? State::Arrived : State::Running};
    }
};

} // namespace Longshore
