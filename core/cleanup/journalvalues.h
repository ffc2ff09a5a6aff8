// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/runjournal.h"

#include <QVariant>

namespace Longshore {

/// How the journal has the values of a run in its tables.

/// @{
/// In UTC, so that the order of the texts is that of the times.
[[nodiscard]] QString storedTime(const QDateTime &time);
[[nodiscard]] QDateTime timeIn(const QVariant &value);
/// @}

/// @{
/// What another version may have written is the kind that nobody goes on with.
[[nodiscard]] QString storedKind(JournalRun::Kind kind);
[[nodiscard]] JournalRun::Kind kindIn(const QString &name);
/// @}

/// Whether a run is about no repository.
[[nodiscard]] bool isOfConnection(JournalRun::Kind kind);

/// Empty, and not NULL, for nothing.
[[nodiscard]] QString storedText(const QString &text);

/// @{
/// What is no tag any more was changed by somebody, and is left out.
[[nodiscard]] QString storedTags(const QList<Tag> &tags);
[[nodiscard]] QList<Tag> tagsIn(const QString &text);
/// @}

} // namespace Longshore
