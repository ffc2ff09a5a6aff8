// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

namespace Longshore::Ui {

/// What a person reads about a failure.
struct ErrorText
{
    QString headline; ///< What happened.
    QString advice; ///< What can be done; may be empty.
    QString details; ///< For "Show details" and "Copy details"; holds no secret.

    /// What happened and what can be done.
    [[nodiscard]] QString summary() const { return QString(headline + u' ' + advice).trimmed(); }
};

[[nodiscard]] ErrorText errorText(const Error &error);

/// The code and the words of the server; empty where none answered.
[[nodiscard]] QString serverWords(const Error &error);

/// Whether an error means that a server keeps its list of repositories to itself, which is no
/// fault: names can be typed.
[[nodiscard]] bool isCatalogRefusal(const Error &error);

} // namespace Longshore::Ui
