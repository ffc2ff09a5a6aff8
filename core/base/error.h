// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace Longshore {

struct RefusedCertificate;

/// Why an operation ended without a value.
struct Error
{
    /// What a program may want to tell apart; people read the message.
    enum class Kind {
        Cancelled, ///< The user or the owner asked to stop; never shown as a failure.
        Timeout, ///< The other side did nothing for too long.
        Network, ///< No connection, or one that broke.
        Tls, ///< No safe connection: a certificate, a protocol version.
        Unauthorized, ///< Not signed in, or the sign-in was refused (401).
        Forbidden, ///< Signed in, but not allowed (403).
        NotFound, ///< The object, or the repository that it should be in (404).
        RateLimited, ///< Too many requests (429); see retryAfter.
        Unsupported, ///< The server does not offer this (405, or a format that we cannot read).
        Protocol, ///< The server answered, but not as the specification says.
        TooLarge, ///< More bytes or entries than any honest server sends.
        Policy, ///< Refused by us: a URL, a redirect or a request that must not be sent.
        DigestMismatch, ///< The content is not what its digest says.
        SizeMismatch, ///< The content is longer or shorter than it should be.
        LocalFile, ///< A file or folder on this machine cannot be read or written.
        Changed, ///< The object is not what it was when the user decided.
        Ambiguous, ///< The answer was lost; nobody knows whether the request was carried out.
        InvalidInput, ///< What the caller gave is not well-formed.
    };

    Kind kind = Kind::Network; ///< What went wrong.
    QString message; ///< Translated, one sentence, fit for a dialog.
    QString detail = {}; ///< Untranslated, for "Show details": the server's own words, an errno.
    int httpStatus = 0; ///< 0 when no HTTP answer arrived.
    QString serverCode = {}; ///< The registry's error code, such as "MANIFEST_UNKNOWN".
    /// How long the server asks to be left alone; nothing when it did not say. RFC 9110, 10.2.3.
    std::optional<std::chrono::seconds> retryAfter = {};
    /// Of a server that was not trusted, for kind Tls; null when it showed none.
    std::shared_ptr<const RefusedCertificate> certificate = {};

    /// Whether somebody asked to stop; then there is nothing to report.
    [[nodiscard]] bool isCancelled() const noexcept { return kind == Kind::Cancelled; }
    /// Whether the same request may succeed a little later.
    [[nodiscard]] bool isRetryable() const noexcept;

    /// The kind as scripts read it: "not-found", "digest-mismatch".
    [[nodiscard]] static QString kindName(Kind kind);
    /// What a job ends with that was asked to stop.
    [[nodiscard]] static Error cancelled();
};

} // namespace Longshore
