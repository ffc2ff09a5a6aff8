// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"

#include <QCoreApplication>

namespace Longshore {

bool Error::isRetryable() const noexcept
{
    switch (kind) {
    case Kind::Timeout:
    case Kind::Network:
    case Kind::RateLimited: return true;
    default: return httpStatus == 500 || (httpStatus >= 502 && httpStatus <= 504);
    }
}

QString Error::kindName(Kind kind)
{
    switch (kind) {
    case Kind::Cancelled: return QStringLiteral("cancelled");
    case Kind::Timeout: return QStringLiteral("timeout");
    case Kind::Network: return QStringLiteral("network");
    case Kind::Tls: return QStringLiteral("tls");
    case Kind::Unauthorized: return QStringLiteral("unauthorized");
    case Kind::Forbidden: return QStringLiteral("forbidden");
    case Kind::NotFound: return QStringLiteral("not-found");
    case Kind::RateLimited: return QStringLiteral("rate-limited");
    case Kind::Unsupported: return QStringLiteral("unsupported");
    case Kind::Protocol: return QStringLiteral("protocol");
    case Kind::TooLarge: return QStringLiteral("too-large");
    case Kind::Policy: return QStringLiteral("policy");
    case Kind::DigestMismatch: return QStringLiteral("digest-mismatch");
    case Kind::SizeMismatch: return QStringLiteral("size-mismatch");
    case Kind::LocalFile: return QStringLiteral("local-file");
    case Kind::Changed: return QStringLiteral("changed");
    case Kind::Ambiguous: return QStringLiteral("ambiguous");
    case Kind::InvalidInput: return QStringLiteral("invalid-input");
    }
    Q_UNREACHABLE();
}

Error Error::cancelled()
{
    return {Kind::Cancelled, QCoreApplication::translate("Longshore::Error", "Cancelled.")};
}

} // namespace Longshore
