// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/httprequest.h"
#include "core/http/httpresponse.h"
#include "core/session/listnamesjob.h"

#include <QElapsedTimer>
#include <QSet>

#include <functional>

namespace Longshore {

class HttpClient;

/// Reads a list that a registry hands out in pages, whatever way it names the next one.
///
/// Follows Link headers on the same host only, goes on with "last" where a server keeps to "n"
/// but sends no Link, and stops when a page brings nothing new. OCI distribution-spec, "Listing
/// Tags"; Docker's "Listing Repositories".
///
/// Fails as HttpJob, and as Protocol when the first page is no list; as Unsupported where a refusal
/// is explained and the server has no such list. What goes wrong later becomes
/// ListSummary::incomplete: also Policy for another host, Protocol for a page that comes again,
/// TooLarge beyond 2,000,000 names, 10,000 pages, 256 MiB or two minutes.
class PagedListJob final : public ListNamesJob
{
    Q_OBJECT

public:
    /// Which list, and what belongs into it.
    struct List
    {
        QUrl url; ///< Of the first page, without a query.
        QString member; ///< Of the answer: "tags", "repositories".
        QString scope; ///< The right to read it, as Scope names it.
        std::function<bool(QStringView)> accepts; ///< Called in a worker.
        /// What it means when the server has no such list, or keeps it to itself.
        QString refusal = {};
    };

    /// Ends as cancelled when \a client goes.
    PagedListJob(HttpClient &client, List list, QObject *parent = nullptr);

private:
    struct Page
    {
        QStringList names; ///< New ones only.
        qsizetype entryCount = 0; ///< All that the server sent.
        qsizetype invalidCount = 0;
        QString last; ///< As the server sent it.
    };

    void doStart() override;
    void request(const QUrl &url);
    void handleFailure(const Error &error);
    void handleAnswer(const HttpResponse &response);
    void handlePage(const Page &page, const HttpResponse &response);
    void goOn(const Page &page, const HttpResponse &response);
    void stop(const Error &reason);
    [[nodiscard]] Error explained(Error error) const;
    [[nodiscard]] Result<std::optional<QUrl>> followingPage(const HttpResponse &response) const;
    [[nodiscard]] QUrl withQuery(const QByteArray &query) const;

    static Result<Page> readPage(const QByteArray &body, const List &list, QSet<QString> &known);

    HttpClient &m_client;
    List m_list;
    std::shared_ptr<QSet<QString>> m_known = std::make_shared<QSet<QString>>();
    QSet<QUrl> m_visited;
    QElapsedTimer m_clock;
    qint64 m_bytes = 0;
    qsizetype m_pageCount = 0; ///< Pages that could be read.
    bool m_asksForSize = true;
    ListSummary m_summary;
};

} // namespace Longshore
