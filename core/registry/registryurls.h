// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/reference.h"

#include <QUrl>

namespace Longshore {

/// The endpoints of a registry. OCI distribution-spec, "Endpoints"; the catalog is Docker's.
///
/// Names have passed their grammar, so that nothing in them needs to be escaped.
class RegistryUrls
{
public:
    /// \a base is scheme, host and port only: registries live at the root.
    explicit RegistryUrls(const QUrl &base) : m_base(base) {}

    /// Scheme, host and port.
    [[nodiscard]] const QUrl &base() const noexcept { return m_base; }
    /// OCI distribution-spec, "Determining Support".
    [[nodiscard]] QUrl ping() const { return api(QStringLiteral("")); }
    /// Docker's "Listing Repositories".
    [[nodiscard]] QUrl catalog() const { return api(QStringLiteral("_catalog")); }
    /// OCI distribution-spec, "Listing Tags".
    [[nodiscard]] QUrl tags(const RepositoryName &repository) const
    {
        return api(repository.toString() + QStringLiteral("/tags/list"));
    }
    /// OCI distribution-spec, "Pulling manifests", "Pushing Manifests", "Deleting Manifests".
    [[nodiscard]] QUrl manifest(const RepositoryName &repository, const Reference &reference) const
    {
        return api(repository.toString() + QStringLiteral("/manifests/") + reference.toString());
    }
    /// OCI distribution-spec, "Pulling blobs", "Deleting Blobs".
    [[nodiscard]] QUrl blob(const RepositoryName &repository, const Digest &digest) const
    {
        return api(repository.toString() + QStringLiteral("/blobs/") + digest.toString());
    }
    /// Where uploads begin. OCI distribution-spec, "Pushing blobs".
    [[nodiscard]] QUrl uploads(const RepositoryName &repository) const
    {
        return api(repository.toString() + QStringLiteral("/blobs/uploads/"));
    }
    /// OCI distribution-spec, "Listing Referrers".
    [[nodiscard]] QUrl referrers(const RepositoryName &repository, const Digest &digest) const
    {
        return api(repository.toString() + QStringLiteral("/referrers/") + digest.toString());
    }
    /// @{
    /// Where a tag alone is removed by Azure, and by GitLab before it knew the way of OCI.
    [[nodiscard]] QUrl azureTag(const RepositoryName &repository, const Tag &tag) const
    {
        QUrl url = m_base;
        url.setPath(QStringLiteral("/acr/v1/") + repository.toString() + QStringLiteral("/_tags/")
                    + tag.toString());
        return url;
    }
    [[nodiscard]] QUrl gitLabTag(const RepositoryName &repository, const Tag &tag) const
    {
        return api(repository.toString() + QStringLiteral("/tags/reference/") + tag.toString());
    }
    /// @}

private:
    [[nodiscard]] QUrl api(const QString &path) const
    {
        QUrl url = m_base;
        url.setPath(QStringLiteral("/v2/") + path);
        return url;
    }

    QUrl m_base;
};

/// Rights as token servers want them named. Distribution "Token Scope".
namespace Scope {
/// To list the repositories.
[[nodiscard]] inline QString catalog()
{
    return QStringLiteral("registry:catalog:*");
}
/// To read.
[[nodiscard]] inline QString pull(const RepositoryName &repository)
{
    return QStringLiteral("repository:%1:pull").arg(repository.toString());
}
/// To write, and to read what is there.
[[nodiscard]] inline QString push(const RepositoryName &repository)
{
    return QStringLiteral("repository:%1:pull,push").arg(repository.toString());
}
/// To delete, and to see what became of it.
[[nodiscard]] inline QString remove(const RepositoryName &repository)
{
    return QStringLiteral("repository:%1:pull,delete").arg(repository.toString());
}
} // namespace Scope

} // namespace Longshore
