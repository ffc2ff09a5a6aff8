// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/oci/digest.h"
#include "core/registry/registryurls.h"

#include <optional>

namespace Longshore {

class HttpClient;
struct HttpRequest;
struct HttpResponse;

/// Where blobs go: the endpoint of a repository.
struct UploadTarget
{
    RegistryUrls urls; ///< Of the registry.
    RepositoryName repository; ///< Of it.
};

/// An upload that a registry has begun, as its last answer described it. OCI distribution-spec,
/// "Pushing blobs".
struct UploadSession
{
    QUrl location; ///< Where it goes on; each answer may name another place.
    /// Bytes that the registry says it has: a hint, because some count wrongly.
    std::optional<qint64> received = {};
    qint64 smallestPart = 0; ///< In bytes, of all parts but the last.
};

/// Reads the answer to a request that began or continued an upload. The location may be relative
/// or absolute; it must be one that checkServerUrl() lets pass. Where a proxy in front of the
/// registry forgot to say that it speaks TLS, "http" is read as "https". An Error of kind Protocol
/// when there is no location, Policy when it must not be asked.
[[nodiscard]] Result<UploadSession> readUploadSession(const HttpResponse &response);

/// \a location with the digest that ends an upload; every byte of its own query is kept. OCI
/// distribution-spec, "Pushing blobs".
[[nodiscard]] QUrl finalLocation(const QUrl &location, const Digest &digest);

/// The last byte's successor in a Range like "0-9" or "bytes=0-9"; 0 for "0-0", which registries
/// also say of nothing at all, and for Quay's "0--1". In bytes; nothing when it is no such range.
[[nodiscard]] std::optional<qint64> parseReceived(const QByteArray &range);

} // namespace Longshore
