// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/deletionplan.h"

namespace Longshore {

/// What the manifests of \a plan are about, where that goes as well or should have: by \a subjects, or
/// by the name of a tag. What is made of its own subject, as \a snapshot says, is left out: it goes before it.
[[nodiscard]] QHash<Digest, Digest> subjectsWithin(const DeletionPlan &plan,
                                                   const RepositorySnapshot &snapshot,
                                                   const QHash<Digest, Digest> &subjects);

/// In which order the groups of \a plan go: indexes before what they are made of, as \a snapshot says,
/// and both before what is about them, as \a subjects say.
[[nodiscard]] QList<qsizetype> deletionOrder(const DeletionPlan &plan,
                                             const RepositorySnapshot &snapshot,
                                             const QHash<Digest, Digest> &subjects = {});

/// How far the deletion of a plan has come.
struct DeletionProgress
{
    const QHash<Digest, Digest> &subjects; ///< See subjectsWithin().
    const QSet<Digest> &gone; ///< What is known to be.
};

/// Why a group is needed by something that the user has not seen, or that did not go: as Changed.
[[nodiscard]] std::optional<Error> changeSincePreview(const DeletionGroup &group,
                                                      const RepositorySnapshot &now,
                                                      const DeletionProgress &progress);

} // namespace Longshore
