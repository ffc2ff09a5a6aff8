// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/timeestimate.h"
#include "core/oci/descriptor.h"
#include "core/oci/reference.h"

#include <QDateTime>
#include <QHash>

namespace Longshore {

/// Every tag of a repository and what it pointed to at one time. Decisions about deletion are
/// made on nothing else.
struct RepositorySnapshot
{
    RepositoryName repository; ///< That was looked at.
    QDateTime taken; ///< When the look began; in UTC.
    QList<std::pair<Tag, Descriptor>> tags; ///< In the order of the server.
    /// Tags that vanished between the list and the look at them.
    QList<Tag> goneTags;
    /// For each index that a tag points to: the manifests that it is made of, those of indexes in
    /// it included.
    QHash<Digest, QList<Digest>> children;
    /// Why something may be missing here; nothing may then be deleted by digest.
    std::optional<Error> incomplete;
    RequestPace pace = {}; ///< How quickly the server has answered the looks at tags.

    /// Every tag that points to \a digest itself; tags of an index that is made of it do not count.
    [[nodiscard]] QList<Tag> tagsOf(const Digest &digest) const;
    /// What \a tag pointed to; nothing when it was not there.
    [[nodiscard]] std::optional<Descriptor> find(const Tag &tag) const;
};

} // namespace Longshore
