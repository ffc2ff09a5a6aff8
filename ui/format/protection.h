// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>

namespace Longshore::Ui {

/// What a person has to know of how a connection is protected.
enum class Protection {
    Ordinary, ///< As every program would do it.
    Pinned, ///< One certificate is trusted, whatever is wrong with it.
    Unverified, ///< Encrypted, but nobody looks at the certificate.
    Unencrypted, ///< To another machine.
};

/// "not verified"; empty for the ordinary.
[[nodiscard]] QString protectionMark(Protection protection);
/// The same as a sentence that says what follows from it; empty for the ordinary.
[[nodiscard]] QString protectionSentence(Protection protection);
/// Null for the ordinary. Draws attention to what is dangerous only.
[[nodiscard]] QIcon protectionIcon(Protection protection);

} // namespace Longshore::Ui
