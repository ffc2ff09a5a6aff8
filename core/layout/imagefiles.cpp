// SPDX-License-Identifier: Apache-2.0
#include "core/layout/imagefiles.h"

#include <QCoreApplication>

namespace Longshore {

Result<Manifest> ImageFiles::manifest(const Digest &digest, const MediaType &type) const
{
    const auto bytes = document(digest);
    if (!bytes)
        return bytes.error();
    auto manifest = parseManifest(*bytes, type);
    // The digest of a signed schema 1 document is that of its payload.
    const bool isSigned = manifest && manifest->digest == digest;
    if (!isSigned && !digest.matches(*bytes))
        return Error{
            Error::Kind::DigestMismatch,
            QCoreApplication::translate("ImageFiles", "A manifest does not match its digest %1.")
                .arg(digest.toString())};
    if (manifest)
        manifest->digest = digest;
    return manifest;
}

} // namespace Longshore
