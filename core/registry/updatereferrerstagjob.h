// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/fetchmanifestjob.h"

namespace Longshore {

/// A change of the list of what refers to a manifest.
struct ReferrersChange
{
    /// What happens to the list.
    enum class Kind { Add, Remove };

    Digest subject; ///< The manifest whose list it is.
    Descriptor referrer; ///< As it stands there; only its digest counts for Remove.
    Kind kind = Kind::Add; ///< Doing it twice does no harm.
};

/// Keeps the tag under which clients list what refers to a manifest, where the registry does not
/// do so itself. OCI distribution-spec, "Pushing Manifests with Subject" and "Deleting Manifests".
///
/// Reads the list, changes it, and reads it again: what another client wrote in between is
/// kept, and when ours was lost it is added once more. A tag of that name that is no such list is
/// left alone.
///
/// Fails as PutManifestJob; as Unsupported for a tag of another use, as Changed when others write
/// all the time.
class UpdateReferrersTagJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// Asks for the right to push to \a repository.
    UpdateReferrersTagJob(HttpClient &client, const RegistryUrls &urls,
                          const RepositoryName &repository, const ReferrersChange &change,
                          QObject *parent = nullptr);

private:
    void doStart() override;
    void read();
    void handleList(const HttpResponse &response);
    void write(const QByteArray &list, const QByteArray &entityTag);
    [[nodiscard]] bool isAsWanted(const QList<Descriptor> &referrers) const;

    HttpClient &m_client;
    ManifestTarget m_target;
    ReferrersChange m_change;
    int m_writes = 0;
};

/// How \a manifest stands in the list of what refers to its subject.
[[nodiscard]] Descriptor referrerDescriptor(const Manifest &manifest);
/// What \a manifest refers to; nothing for most.
[[nodiscard]] std::optional<Digest> subjectOf(const Manifest &manifest);

} // namespace Longshore
