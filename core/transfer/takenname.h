// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/safefile.h"

#include <functional>
#include <optional>

namespace Longshore {

/// What becomes of an export when something has the name of its place already.
enum class TakenName {
    Fail, ///< Nothing is written.
    Skip, ///< What is there stays, and that is no failure.
    Replace, ///< A file goes when the new one is complete; a folder never.
    Rename, ///< Both are there in the end: the new one gets the next name that is free.
};

/// For what writes the file in the end: a name that was free may be taken by then.
[[nodiscard]] SafeFile::Existing existingFile(TakenName taken);

/// Whether something has the name \a path, be it a link that leads nowhere.
[[nodiscard]] bool isTaken(const QString &path);

/// \a path with a number, as "a (2).tar"; endings as ".tar.gz" stay whole. 1 is the path itself.
[[nodiscard]] QString numberedName(const QString &path, int number);

/// Which number makes \a name of \a path; nothing for another name.
[[nodiscard]] std::optional<int> numberOfName(const QString &name, const QString &path);

/// Whether something has \a name, or the same with any of \a companions behind it.
[[nodiscard]] bool isAnyTaken(const QString &name, const QStringList &companions);

/// The first of "a.tar", "a (2).tar", "a (3).tar" of which \a isInUse says no. An Error of kind LocalFile
/// when thousands are in use.
[[nodiscard]] Result<QString>
freeName(const QString &path, const std::function<bool(const QString &)> &isInUse = isTaken);

} // namespace Longshore
