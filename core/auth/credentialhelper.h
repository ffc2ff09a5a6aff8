// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/base/result.h"

#include <QString>

namespace Longshore {

// What can be said about a credential helper without running it: Docker's "docker-credential-pass"
// and its kin.

/// "docker-credential-pass" for "pass".
[[nodiscard]] QString helperProgramName(const QString &name);

/// The program for the name that a file gives. Only in absolute folders of \a searchPath, and only
/// where nobody else could have put it: the name and the folder decide what is run. An Error of
/// kind Policy when \a name is fit to mean something else, NotFound when there is no such program.
[[nodiscard]] Result<QString> findHelperProgram(const QString &name, const QString &searchPath);

/// How a helper ended.
struct HelperOutcome
{
    int exitStatus = 0; ///< 0 for success.
    QByteArray output; ///< May hold the secret.
};

/// Empty credentials when the helper knows none; an Error of kind Unauthorized when it fails, or
/// when nobody can use what it says, and of kind InvalidInput for a user whom objectionTo() minds.
/// Errors repeat nothing that may be a secret.
[[nodiscard]] Result<Credentials> readHelperOutcome(const QString &program,
                                                    const HelperOutcome &outcome);

} // namespace Longshore
