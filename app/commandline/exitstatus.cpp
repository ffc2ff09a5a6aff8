// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/exitstatus.h"

#include "core/base/error.h"

namespace Longshore {

ExitStatus exitStatusFor(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind) {
    case Kind::Cancelled: return ExitStatus::Cancelled;
    case Kind::InvalidInput: return ExitStatus::WrongUsage;
    case Kind::Unauthorized:
    case Kind::Forbidden: return ExitStatus::NotAllowed;
    case Kind::NotFound: return ExitStatus::NotFound;
    case Kind::DigestMismatch:
    case Kind::SizeMismatch: return ExitStatus::VerificationFailed;
    case Kind::Policy:
    case Kind::Changed: return ExitStatus::Refused;
    case Kind::Timeout:
    case Kind::Network:
    case Kind::Tls:
    case Kind::RateLimited:
    case Kind::Unsupported:
    case Kind::Protocol:
    case Kind::TooLarge:
    case Kind::LocalFile:
    case Kind::Ambiguous: return ExitStatus::Failed;
    }
    Q_UNREACHABLE();
}

} // namespace Longshore
