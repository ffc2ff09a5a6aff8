// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/tagspresenter.h"

#include "ui/models/platformtablemodel.h"
#include "ui/models/tagtreemodel.h"

#include <QSet>

#include <algorithm>

namespace Longshore::Ui {

constexpr qsizetype mostAtOnce = 16;

TagsPresenter::TagsPresenter(std::shared_ptr<Session> session, const RepositoryName &repository,
                             TagTreeModel &model, QObject *parent)
    : QObject(parent), m_session(std::move(session)), m_repository(repository), m_model(model)
{
    connect(&m_model, &TagTreeModel::detailsRequested, this,
            [this](const QString &tag) { readDetails(tag, Session::Priority::Interactive); });
    connect(&m_model, &TagTreeModel::layersRequested, this, &TagsPresenter::readLayers);
}

void TagsPresenter::reload()
{
    stopListing();
    stopReadingAll();
    showDetailsOf({});
    m_model.clear();
    ListNamesJob *job = m_session->listTags(m_repository);
    m_listing = job;
    connect(job, &ListNamesJob::namesListed, &m_model, &TagTreeModel::appendTags);
    job->then(this, [this](const Result<ListSummary> &summary) {
        m_listing.clear();
        if (summary)
            emit listingEnded(*summary);
        else
            emit listingFailed(summary.error());
    });
    job->start();
    emit listingStarted();
}

void TagsPresenter::stopListing()
{
    if (!m_listing)
        return;
    m_listing->disconnect(this);
    m_listing->cancel();
    m_listing.clear();
}

void TagsPresenter::showDetailsOf(const QStringList &visibleTags)
{
    const QSet<QString> wanted(visibleTags.begin(), visibleTags.end());
    const auto reading = m_reading;
    for (auto job = reading.begin(); job != reading.end(); ++job) {
        if (wanted.contains(job.key()) || m_readsAll || !job.value())
            continue;
        m_reading.remove(job.key());
        m_model.setUnread(job.key());
        job.value()->disconnect(this);
        job.value()->cancel();
    }
    const QStringList unread = m_model.unreadOf(visibleTags);
    for (const QString &tag : unread)
        readDetails(tag, Session::Priority::Interactive);
}

void TagsPresenter::readDetails(const QString &tag, Session::Priority priority)
{
    const auto name = Tag::parse(tag);
    if (!name || m_reading.value(tag))
        return;
    auto *job = new ReadTagDetailsJob(*m_session, m_repository, *name, priority, this);
    m_reading.insert(tag, job);
    m_model.setReading(tag);
    job->then(this, [this, tag](const auto &details) { handleDetails(tag, details); });
    job->start();
}

static TagRow rowOf(const TagDetails &details)
{
    TagRow row{details.manifest, details.created, details.size, details.platformNames(), {}};
    for (const PlatformEntry &entry : details.entries)
        row.children.append({entry.descriptor,
                             entry.isAttestation ? TagsPresenter::tr("attestation")
                                                 : platformLabel(entry.descriptor),
                             entry.isAttestation});
    if (details.entries.isEmpty() && details.size >= 0)
        row.children.append(
            {details.manifest,
             details.platform ? details.platform->toString() : TagsPresenter::tr("manifest"),
             false});
    return row;
}

void TagsPresenter::handleDetails(const QString &tag, const Result<TagDetails> &details)
{
    m_reading.remove(tag);
    if (details)
        m_model.setDetails(tag, rowOf(*details));
    else if (details.error().isCancelled())
        m_model.setUnread(tag);
    else
        m_model.setFailed(tag, details.error().message);
    if (m_readsAll)
        readNext();
    emit coverageChanged();
}

void TagsPresenter::readLayers(const QString &tag, const QString &manifestDigest)
{
    auto *job = m_session->fetchManifest(m_repository, *Digest::parse(manifestDigest),
                                         Session::Priority::Interactive);
    job->setParent(this);
    job->then(this, [this, tag, manifestDigest](const Result<Manifest> &manifest) {
        if (!manifest)
            return m_model.setLayersFailed(tag, manifestDigest, manifest.error().message);
        const ImageManifest *image = manifest->image();
        m_model.setLayers(tag, manifestDigest, image ? image->layers : QList<Descriptor>());
    });
    job->start();
}

void TagsPresenter::readAll()
{
    m_toRead = m_model.unreadTags();
    std::reverse(m_toRead.begin(), m_toRead.end());
    m_readsAll = true;
    for (qsizetype i = 0; i < mostAtOnce; ++i)
        readNext();
    emit coverageChanged();
}

void TagsPresenter::readNext()
{
    while (!m_toRead.isEmpty()) {
        const QString tag = m_toRead.takeLast();
        if (!m_model.unreadOf({tag}).isEmpty()) // Else it came into view meanwhile.
            return readDetails(tag, Session::Priority::Background);
    }
    if (m_reading.isEmpty())
        m_readsAll = false;
}

void TagsPresenter::stopReadingAll()
{
    m_toRead.clear();
    m_readsAll = false;
    emit coverageChanged();
}

} // namespace Longshore::Ui
