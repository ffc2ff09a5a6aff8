// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/copypresenter.h"

#include "core/cleanup/copytransfer.h"
#include "core/registry/registrysession.h"
#include "core/transfer/diskroom.h"
#include "ui/presenters/plancopiesjob.h"

#include <QSet>

#include <algorithm>

namespace Longshore::Ui {

using State = BlobRow::State;
using Way = BlobToCopy::Way;

QString productionHost(const CopyTarget &target)
{
    return target.session->client().settings().isProduction ? target.session->host() : QString();
}

bool isInPlace(const CopyTarget &target, const CopyOrder &order)
{
    const Tag *tag = order.image.tag();
    return order.image.session == target.session && order.image.repository == order.repository
           && tag && *tag == order.tag;
}

/// Of the image that is among \a manifests, in bytes; -1 where it is none.
static qint64 sizeOf(const Digest &digest, const QList<Manifest> &manifests)
{
    for (const Manifest &manifest : manifests) {
        if (manifest.digest == digest && manifest.image())
            return imageSize(*manifest.image());
    }
    return -1;
}

CopyPresenter::CopyPresenter(QObject *parent) : QObject(parent)
{}

CopyPresenter::~CopyPresenter()
{
    delete m_job; // Before the sessions that it asks.
}

void CopyPresenter::plan(const std::shared_ptr<RegistrySession> &target,
                         const QList<CopyOrder> &orders)
{
    if (target != m_target)
        m_known.clear();
    m_target = target;
    m_orders = orders;
    start();
}

void CopyPresenter::planAgain()
{
    m_known.clear();
    start();
}

void CopyPresenter::start()
{
    delete m_job;
    m_plans.clear();
    m_error.reset();
    m_blobs.setRows({});
    if (!m_orders.isEmpty()) {
        auto *job = new PlanCopiesJob(m_target, m_orders, m_known, this);
        m_job = job;
        job->then(this, [this](const Result<QList<ImageCopyPlan>> &plans) {
            m_job.clear();
            if (plans)
                handlePlans(*plans);
            else
                m_error = plans.error();
            emit changed();
        });
        job->start();
    }
    emit changed();
}

static State stateOf(Way way)
{
    switch (way) {
    case Way::Present: return State::Present;
    case Way::Mount: return State::Mounted;
    case Way::Send: return State::ToSend;
    }
    Q_UNREACHABLE();
}

void CopyPresenter::handlePlans(const QList<ImageCopyPlan> &plans)
{
    m_plans = plans;
    m_known.clear();
    for (qsizetype i = 0; i < plans.size(); ++i)
        m_known.append({m_orders.at(i), plans.at(i)});
    QList<BlobRow> rows;
    QSet<Digest> seen;
    for (const ImageCopyPlan &plan : std::as_const(m_plans)) {
        for (const BlobToCopy &blob : plan.blobs) {
            if (!seen.contains(blob.blob.digest))
                rows.append({blob.blob, stateOf(blob.way)});
            seen.insert(blob.blob.digest);
        }
    }
    m_blobs.setRows(rows);
}

CopyPresenter::Totals CopyPresenter::totals() const
{
    QList<qint64> all;
    QList<qint64> toSend;
    for (const BlobRow &row : m_blobs.rows()) {
        all.append(row.blob.size);
        if (row.state == State::ToSend)
            toSend.append(row.blob.size);
    }
    return {all.size(), toSend.size(), totalSize(all), totalSize(toSend)};
}

QList<Digest> CopyPresenter::images() const
{
    QList<Digest> digests;
    for (const ImageCopyPlan &plan : m_plans)
        digests.append(plan.image.digest);
    return digests;
}

QList<CopyPresenter::Replaced> CopyPresenter::replaced() const
{
    QList<Replaced> result;
    for (const ImageCopyPlan &plan : m_plans) {
        if (plan.replaced)
            result.append({*plan.wanted.to.tag(), *plan.replaced});
    }
    return result;
}

QList<Tag> CopyPresenter::attached() const
{
    QList<Tag> tags;
    for (const ImageCopyPlan &plan : m_plans) {
        for (const AttachedManifest &one : plan.attached) {
            if (!tags.contains(one.tag))
                tags.append(one.tag);
        }
    }
    return tags;
}

QList<Tag> CopyPresenter::keptTags() const
{
    QList<Tag> tags;
    for (const ImageCopyPlan &plan : m_plans) {
        for (const Tag &tag : plan.keptTags) {
            if (!tags.contains(tag))
                tags.append(tag);
        }
    }
    return tags;
}

QList<LeftOutReferrer> CopyPresenter::leftOutReferrers() const
{
    QList<LeftOutReferrer> all;
    for (const ImageCopyPlan &plan : m_plans) {
        for (const LeftOutReferrer &one : plan.leftOutReferrers) {
            if (!all.contains(one))
                all.append(one);
        }
    }
    return all;
}

static bool isImage(const Descriptor &entry)
{
    return entry.platform && !entry.platform->isUnknown() && !attestationSubject(entry);
}

/// Of all images that serve \a platform; -1 where that of one is not known.
static qint64 sizeOfAll(const Platform &platform, const ImageIndex &index,
                        const QList<Manifest> &manifests)
{
    QMap<Digest, qint64> sizes; // One may be listed twice.
    for (const Descriptor &entry : index.manifests) {
        if (isImage(entry) && entry.platform->satisfies(platform))
            sizes.insert(entry.digest, sizeOf(entry.digest, manifests));
    }
    return sizes.values().contains(-1) ? -1 : totalSize(sizes.values());
}

QList<PlatformPart> CopyPresenter::platforms() const
{
    const ImageIndex *index = m_plans.size() == 1 ? m_plans.first().image.index() : nullptr;
    QList<PlatformPart> parts;
    for (const Descriptor &entry : index ? index->manifests : QList<Descriptor>()) {
        const bool isKnown =
            std::any_of(parts.begin(), parts.end(), [&entry](const PlatformPart &part) {
                return entry.platform && isSamePart(part.platform, *entry.platform);
            });
        if (!isImage(entry) || isKnown)
            continue;
        const QList<Manifest> &manifests = m_plans.first().entries;
        parts.append({*entry.platform,
                      sizeOf(findPlatform(*index, *entry.platform)->digest, manifests),
                      sizeOfAll(*entry.platform, *index, manifests)});
    }
    return parts;
}

QList<TransferTask> CopyPresenter::tasks() const
{
    QList<TransferTask> result;
    for (qsizetype i = 0; i < m_plans.size(); ++i) {
        const SourceImage &image = m_orders.at(i).image;
        result.append(copyTransfer(image.session, m_target, m_plans.at(i), image.from));
        noteMaking(image, *result.last().order);
    }
    return result;
}

/// How it becomes the same image once more, when the program has ended meanwhile.
void CopyPresenter::noteMaking(const SourceImage &image, TransferOrder &order) const
{
    auto &copy = std::get<AgreedCopy>(order.purpose);
    if (image.making) {
        // What has no base can be made anywhere.
        order.from = image.making->session ? image.making->session : m_target;
        copy.made = image.making->extension;
    }
    if (image.plain) {
        order.from = image.plain->session;
        copy.wanted.fromRepository = image.plain->repository;
        copy.wanted.from = image.plain->reference;
        copy.isCompressed = true;
    }
}

} // namespace Longshore::Ui
