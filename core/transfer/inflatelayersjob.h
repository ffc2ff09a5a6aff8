// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/readlayercontentsjob.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/downloadblobsjob.h"

namespace Longshore {

/// A layer, and the file that its tar shall be in.
struct WantedTar
{
    LayerContent content; ///< What to fetch, and what must be in it.
    QString path; ///< Of the file.
};

/// What came of such layers.
struct InflatedLayers
{
    QList<qint64> sizes; ///< Of each tar, in bytes.
    qsizetype startedOver = 0; ///< Layers; see DownloadedBlob::hasStartedOver.
};

/// Brings layers to disk as plain tars, each checked against its diff ID. A file that is there
/// already and holds the right content is kept.
///
/// Layers wait in a hidden folder beside \a folder until they are inflated, so that what was broken
/// off is completed when it is started again. Progress is in bytes of layers. Fails with
/// Error::Kind::LocalFile before anything is fetched where a file has the name of a tar already, else
/// as DownloadBlobsJob and inflateLayer().
class InflateLayersJob final : public ResultJob<InflatedLayers>, public PhasedJob
{
    Q_OBJECT

public:
    /// All of \a wanted is in \a folder, which is made. \a session must outlive the job.
    InflateLayersJob(Session &session, const RepositoryName &repository, const QString &folder,
                     const QList<WantedTar> &wanted, QObject *parent = nullptr);

    /// Removes what such a job has left for another one of the same \a folder, unless one runs now.
    static void discard(const QString &folder);

    [[nodiscard]] TransferPhase phase() const override { return m_phase; }

private:
    using Sizes = QHash<QString, qint64>;

    void doStart() override;
    void releaseResources() override { m_stage->leave(); }
    [[nodiscard]] static Result<Sizes> surveyed(const QList<WantedTar> &wanted,
                                                const CancelFlag &cancelled);
    void fetchMissing();
    void inflateMissing(qint64 bytes);
    [[nodiscard]] ResultJob<qint64> *inflation(const WantedTar &wanted) const;
    void cleanUp();

    Session &m_session;
    const RepositoryName m_repository;
    const QString m_folder;
    const QList<WantedTar> m_wanted;
    const std::shared_ptr<BlobStage> m_stage;
    QList<WantedTar> m_missing;
    Sizes m_sizes; ///< In bytes, by path.
    qsizetype m_startedOver = 0; ///< As in the result.
    std::optional<Error> m_failure; ///< The first of the layers that could not be inflated.
    TransferPhase m_phase = TransferPhase::Looking;
};

} // namespace Longshore
