// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Longshore {

struct Error;

/// How the program ends; scripts depend on the numbers.
enum class ExitStatus {
    Done = 0,
    Failed = 1, ///< The network, the server or this machine.
    WrongUsage = 2,
    NotAllowed = 3, ///< Not signed in, or not allowed.
    NotFound = 4,
    VerificationFailed = 5, ///< Digest, size or signature.
    PartlyDone = 6, ///< The report says what.
    Refused = 7, ///< By us, for safety.
    Cancelled = 130, ///< As shells report an interrupt.
};

[[nodiscard]] ExitStatus exitStatusFor(const Error &error);

} // namespace Longshore
