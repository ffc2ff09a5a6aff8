// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/registryurls.h"

namespace Longshore {

/// Who made a registry, as far as it matters: those that have a way of their own with tags.
enum class RegistryVendor {
    Unknown,
    Azure,
    GitLab, ///< Whose earlier versions do not know the way of OCI.
    Nexus, ///< Which goes on listing the tags of images that are deleted.
};

/// By the name of \a host; by \a challenge, what the registry asked of somebody it does not know; or by
/// \a server, what it says of itself (RFC 9110, 10.2.4). Both may be empty.
[[nodiscard]] RegistryVendor vendorOf(const QString &host, const QByteArray &challenge,
                                      const QByteArray &server);

/// Where \a tag alone is removed, to be tried one after the other as long as a place is not known
/// there. All of one vendor take nothing but tags.
[[nodiscard]] QList<QUrl> tagPlaces(RegistryVendor vendor, const RegistryUrls &urls,
                                    const RepositoryName &repository, const Tag &tag);

} // namespace Longshore
