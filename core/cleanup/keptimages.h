// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/cleanup/repositorysnapshot.h"

#include <QHash>
#include <QSet>

namespace Longshore {

/// What keeps the images of a repository when some of their tags go alone. A tag goes alone because its
/// image stays for something else, and the user saw for what.
class KeptImages
{
public:
    /// Nothing is kept.
    KeptImages() = default;
    /// \a before is what the user saw, \a now what is there; \a leaving go alone.
    KeptImages(const RepositorySnapshot &before, const RepositorySnapshot &now,
               const QList<Tag> &leaving);

    /// Why \a tag must not be taken from \a image, of kind Changed: it has got another tag, or nothing
    /// else would keep it. Nothing when it may.
    [[nodiscard]] std::optional<Error> objectionTo(const Tag &tag, const Digest &image) const;

private:
    QSet<Digest> m_needed; ///< By tags that stay, and as parts of what these point to.
    QHash<Digest, Tag> m_newTags; ///< Of images that have got another one since the user saw them.
};

} // namespace Longshore
