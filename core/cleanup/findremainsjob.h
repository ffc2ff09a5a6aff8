// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/repositoryinventory.h"

namespace Longshore {

class RegistrySession;

/// A manifest without a tag that belongs to an image, and stays when that is deleted.
struct Remain
{
    /// What it is to the image.
    enum class Kind {
        Part, ///< Of an index.
        Referrer, ///< Something that is about the image, such as a signature.
    };

    Kind kind = Kind::Part; ///< What it is to \a image.
    Digest digest; ///< Its own.
    Digest image; ///< That would be gone.
    qint64 size = -1; ///< Compressed bytes of all that it names; -1 when unknown.

    friend bool operator==(const Remain &, const Remain &) = default;
};

/// Finds what the deletion of images leaves behind without a tag: parts of indexes that no other tag
/// leads to, and what refers to an image, where the registry keeps lists of that. Changes nothing.
/// Fails as FindReferrersJob; of what cannot be read the size is unknown.
class FindRemainsJob final : public ResultJob<QList<Remain>>
{
    Q_OBJECT

public:
    /// Of \a images, which tags of \a snapshot point to. \a session must outlive the job.
    FindRemainsJob(RegistrySession &session, const RepositorySnapshot &snapshot,
                   const QList<Digest> &images, QObject *parent = nullptr);

private:
    void doStart() override;
    void addReferrers(const RepositoryInventory &inventory);
    void addParts();
    void readParts();

    RegistrySession &m_session;
    RepositorySnapshot m_snapshot;
    QList<Digest> m_images;
    QList<Remain> m_remains;
    QHash<Digest, qint64> m_sizes; ///< Of parts.
    QSet<Digest> m_gone; ///< Of these, what is not there.
};

} // namespace Longshore
