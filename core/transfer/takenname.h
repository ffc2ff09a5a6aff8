// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/safefile.h"

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

/// The first of "a.tar", "a (2).tar", "a (3).tar" that nothing has, nor the same with any of \a companions
/// behind it. Endings as ".tar.gz" stay whole. An Error of kind LocalFile when thousands are taken.
[[nodiscard]] Result<QString> freeName(const QString &path, const QStringList &companions = {});

} // namespace Longshore
