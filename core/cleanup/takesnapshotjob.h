// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/repositorysnapshot.h"
#include "core/oci/manifest.h"

#include <QSet>

namespace Longshore {

class Session;

/// Looks at every tag of a repository afresh, with HEAD and the full Accept list, and into every
/// index that a tag points to, and the indexes in it. Fails when the repository cannot be listed at
/// all, as Session::listTags() does; anything less makes the snapshot incomplete. Progress counts
/// tags.
class TakeSnapshotJob final : public ResultJob<RepositorySnapshot>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    TakeSnapshotJob(Session &session, const RepositoryName &repository, QObject *parent = nullptr);

private:
    void doStart() override;
    void resolveTags();
    void handleTag(const Tag &tag, const Result<Descriptor> &manifest);
    void collectTags();
    void readIndexes(const QSet<Digest> &digests);
    void handleIndex(const Digest &digest, const Result<Manifest> &manifest);
    [[nodiscard]] QSet<Digest> nestedIndexes() const;
    void finish();

    Session &m_session;
    QList<Tag> m_tags;
    QHash<Tag, Descriptor> m_resolved;
    QSet<Digest> m_indexes; ///< Those that a tag points to.
    QHash<Digest, QList<Descriptor>> m_entries; ///< Of every index that was read.
    int m_depth = 0;
    RepositorySnapshot m_snapshot;
};

} // namespace Longshore
