// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/repositorysnapshot.h"

namespace Longshore {

QList<Tag> RepositorySnapshot::tagsOf(const Digest &digest) const
{
    QList<Tag> result;
    for (const auto &[tag, manifest] : tags) {
        if (manifest.digest == digest)
            result.append(tag);
    }
    return result;
}

std::optional<Descriptor> RepositorySnapshot::find(const Tag &wanted) const
{
    for (const auto &[tag, manifest] : tags) {
        if (tag == wanted)
            return manifest;
    }
    return {};
}

} // namespace Longshore
