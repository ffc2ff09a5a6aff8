// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/cleanup/repositorysnapshot.h"

#include <QHash>

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

    /// The tag for which \a image stays, and what that points to: itself, or an index that it is a part
    /// of. Nothing when nothing keeps it.
    [[nodiscard]] std::optional<std::pair<Tag, Digest>> keeperOf(const Digest &image) const;
    /// Why \a tag must not be taken from \a image, of kind Changed: it has got another tag, or nothing
    /// else would keep it. Nothing when it may.
    [[nodiscard]] std::optional<Error> objectionTo(const Tag &tag, const Digest &image) const;

private:
    QHash<Digest, std::pair<Tag, Digest>> m_keepers; ///< Of images, as keeperOf() gives them.
    QHash<Digest, Tag> m_newTags; ///< Of images that have got another one since the user saw them.
};

/// That \a tag stays, because its image would have no other. Of kind Changed.
[[nodiscard]] Error nothingElseKeeps(const Tag &tag);

} // namespace Longshore
