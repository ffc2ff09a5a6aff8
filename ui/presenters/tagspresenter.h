// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/reference.h"
#include "core/session/listnamesjob.h"
#include "core/session/readtagdetailsjob.h"

#include <QHash>
#include <QPointer>

namespace Longshore::Ui {

class TagTreeModel;

/// Fills the tag tree of one repository: names first, details of the rows that somebody sees.
class TagsPresenter final : public QObject
{
    Q_OBJECT

public:
    TagsPresenter(std::shared_ptr<Session> session, const RepositoryName &repository,
                  TagTreeModel &model, QObject *parent = nullptr);

    [[nodiscard]] const std::shared_ptr<Session> &session() const noexcept { return m_session; }
    [[nodiscard]] const RepositoryName &repository() const noexcept { return m_repository; }
    [[nodiscard]] bool isListing() const { return !m_listing.isNull(); }
    [[nodiscard]] bool isReadingAll() const noexcept { return m_readsAll; }
    [[nodiscard]] bool isReading(const QString &tag) const { return m_reading.contains(tag); }

    /// Reads the names again, and forgets the details.
    void reload();
    void stopListing();
    /// Reads the details of these; gives up reading those that are not among them.
    void showDetailsOf(const QStringList &visibleTags);
    void readAll();
    void stopReadingAll();

signals:
    void listingStarted();
    void listingEnded(const Longshore::ListSummary &summary);
    void listingFailed(const Longshore::Error &error);
    /// More or fewer details are known, or reading began or ended.
    void coverageChanged();

private:
    void readDetails(const QString &tag, Session::Priority priority);
    void handleDetails(const QString &tag, const Result<TagDetails> &details);
    void readLayers(const QString &tag, const QString &manifestDigest);
    void readNext();

    std::shared_ptr<Session> m_session;
    RepositoryName m_repository;
    TagTreeModel &m_model;
    QPointer<ListNamesJob> m_listing;
    QHash<QString, QPointer<ReadTagDetailsJob>> m_reading;
    QStringList m_toRead; ///< What is left of "read all", the next at the end.
    bool m_readsAll = false;
};

} // namespace Longshore::Ui
