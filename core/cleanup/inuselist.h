// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/oci/digest.h"
#include "core/oci/reference.h"

#include <QSet>

namespace Longshore {

/// Images that somebody uses, as a cluster lists them.
class InUseList
{
public:
    /// Nothing is in use.
    InUseList() = default;
    /// Reads references, digests and tags with white space between them; "#" begins a comment. A
    /// reference counts whatever its host, because a registry has several names. A single word is the
    /// tag of whatever repository. An Error of kind InvalidInput names the line of what is none of
    /// these: it may be an image that is in use.
    [[nodiscard]] static Result<InUseList> parse(const QByteArray &text);

    /// Whether the list names \a digest in whatever repository.
    [[nodiscard]] bool contains(const Digest &digest) const { return m_digests.contains(digest); }
    /// Whether the list names \a tag of \a repository.
    [[nodiscard]] bool contains(const RepositoryName &repository, const Tag &tag) const;
    /// Whether the list names nothing.
    [[nodiscard]] bool isEmpty() const { return m_digests.isEmpty() && m_names.isEmpty(); }

    friend bool operator==(const InUseList &, const InUseList &) = default;

private:
    [[nodiscard]] bool add(const QString &word);

    QSet<Digest> m_digests;
    QSet<QString> m_names; ///< "team/app:1.4", or ":1.4" for every repository.
};

} // namespace Longshore
