// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace Longshore {

struct ArchiveExport;

/// What tells the order of an archive from others, wherever it goes: its images as they were named, its
/// form, and what is left out. The same order may come to mean another image.
[[nodiscard]] QString orderOf(const ArchiveExport &wanted);

/// The names that an \a order for \a path was broken off under, and left something hidden for: of those
/// that freeName() counts, in that order. What is written at the moment is not among them.
[[nodiscard]] QStringList restsOf(const QString &path, const QString &order);

/// Whether another \a order was begun under that name, or something is written there at the moment.
[[nodiscard]] bool isStageOfAnother(const QString &name, const QString &order);

} // namespace Longshore
