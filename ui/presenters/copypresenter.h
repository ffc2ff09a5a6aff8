// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/imagecopy.h"
#include "core/transfer/transfertask.h"
#include "ui/models/blobtablemodel.h"
#include "ui/models/platformpart.h"
#include "ui/presenters/imagesource.h"

#include <QPointer>

namespace Longshore {
class RegistrySession;
}

namespace Longshore::Ui {

/// A registry that images can be brought into.
struct CopyTarget
{
    QString connectionId;
    QString name; ///< As the user calls it.
    std::shared_ptr<RegistrySession> session;
    QString objection = {}; ///< Why nothing can be stored there; empty when it can.
    QStringList repositories = {}; ///< Those that are known there.
};

/// One image, and the place that it shall have.
struct CopyOrder
{
    SourceImage image;
    RepositoryName repository;
    Tag tag;
    bool isWithReferrers = false;
    QList<Platform> platforms = {}; ///< None for all of it, as it is.
    /// Of an image that is in that repository already: nothing of it is looked at but its manifest.
    bool isTagOnly = false;
};

/// Its host where it is in production; else empty.
[[nodiscard]] QString productionHost(const CopyTarget &target);
/// Whether the image has that place in \a target already.
[[nodiscard]] bool isInPlace(const CopyTarget &target, const CopyOrder &order);

/// Finds out what it takes to bring some images into a registry while somebody chooses, and changes
/// nothing there.
class CopyPresenter final : public QObject
{
    Q_OBJECT

public:
    /// A tag that points to another image by now.
    struct Replaced
    {
        Tag tag;
        Digest digest;
    };

    /// In blobs, and in bytes; what several images share counts once.
    struct Totals
    {
        qsizetype blobs = 0;
        qsizetype toSend = 0;
        qint64 bytes = 0;
        qint64 bytesToSend = 0;
    };

    explicit CopyPresenter(QObject *parent = nullptr);
    ~CopyPresenter() override;

    /// Looks what these orders take; an answer to earlier ones does not come any more. Where nothing
    /// but a tag is another one, only the tag is looked for.
    void plan(const std::shared_ptr<RegistrySession> &target, const QList<CopyOrder> &orders);
    /// Once more from the beginning.
    void planAgain();
    /// Forgets the orders.
    void clear() { plan({}, {}); }

    [[nodiscard]] bool isPlanning() const { return !m_job.isNull(); }
    /// Whether everything is known about the orders.
    [[nodiscard]] bool isPlanned() const
    {
        return !m_orders.isEmpty() && m_plans.size() == m_orders.size();
    }
    /// Why it cannot be known.
    [[nodiscard]] const std::optional<Error> &error() const noexcept { return m_error; }

    [[nodiscard]] BlobTableModel &blobs() noexcept { return m_blobs; }
    [[nodiscard]] Totals totals() const;
    /// What the tags shall point to.
    [[nodiscard]] QList<Digest> images() const;
    [[nodiscard]] QList<Replaced> replaced() const;
    /// The tags by which something is about an image: those that come along, and those that name
    /// something else there, and keep it.
    /// @{
    [[nodiscard]] QList<Tag> attached() const;
    [[nodiscard]] QList<Tag> keptTags() const;
    /// @}
    /// What is about an image and cannot come along.
    [[nodiscard]] QList<LeftOutReferrer> leftOutReferrers() const;
    /// What the only image has for each platform, if it is for several. Empty before isPlanned(), and where
    /// one of them was ordered.
    [[nodiscard]] QList<PlatformPart> platforms() const;
    /// What carries the orders out. None before isPlanned().
    [[nodiscard]] QList<TransferTask> tasks() const;

signals:
    void changed();

private:
    void start();
    void noteMaking(const SourceImage &image, TransferOrder &order) const;
    void handlePlans(const QList<ImageCopyPlan> &plans);

    std::shared_ptr<RegistrySession> m_target;
    QList<CopyOrder> m_orders;
    QList<ImageCopyPlan> m_plans; ///< Of all orders, or none.
    /// The last plans that were complete.
    QList<std::pair<CopyOrder, ImageCopyPlan>> m_known;
    std::optional<Error> m_error;
    BlobTableModel m_blobs;
    QPointer<Job> m_job;
};

} // namespace Longshore::Ui
