// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/httprequest.h"
#include "core/http/httpresponse.h"
#include "core/session/listnamesjob.h"

#include <QElapsedTimer>
#include <QSet>

#include <chrono>
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
/// is explained and the server has no such list, or a web page in its place. What goes wrong later becomes
/// ListSummary::incomplete: also Policy for another host, Protocol for a page that comes again or that
/// belongs to another repository, TooLarge beyond the limits. ListSummary::rest says where it goes on
/// when a page could not be had or read.
class PagedListJob final : public ListNamesJob
{
    Q_OBJECT

public:
    /// What no list exceeds.
    struct Limits
    {
        qint64 pageBytes = 64 * 1024 * 1024; ///< Of one page, decompressed.
        qint64 bytes = 256 * 1024 * 1024; ///< Of all pages, as they came.
        qsizetype names = 2'000'000; ///< That are handed over.
        qsizetype pages = 10'000; ///< That are asked for.
        std::chrono::milliseconds time = std::chrono::minutes(2); ///< From start() on.
    };

    /// Which list, and what belongs into it.
    struct List
    {
        QUrl url; ///< Of the first page, without a query.
        QString member; ///< Of the answer: "tags", "repositories".
        QString scope; ///< The right to read it, as Scope names it.
        std::function<bool(QStringView)> accepts; ///< Called in a worker.
        /// What it means when the server has no such list, or keeps it to itself.
        QString refusal = {};
        QString repository = {}; ///< Whose list it is; empty when that of the registry.
        Limits limits = {}; ///< Where the job stops.
    };

    /// Ends as cancelled when \a client goes.
    PagedListJob(HttpClient &client, List list, QObject *parent = nullptr);

private:
    struct Page
    {
        QStringList names; ///< New ones only.
        qsizetype entryCount = 0; ///< All that the server sent.
        qsizetype invalidCount = 0;
        QStringList invalidNames; ///< The first of them, shortened and safe to show.
        QString last; ///< The last that is a name.
        QString repository; ///< As the server calls it; empty when it does not.
    };

    void doStart() override;
    void request(const QUrl &url);
    void handleFailure(const Error &error);
    void handleAnswer(const HttpResponse &response);
    void handlePage(const Page &page, const HttpResponse &response);
    void goOn(const Page &page, const HttpResponse &response);
    void stop(const Error &reason);
    void breakOff(const Error &reason);
    [[nodiscard]] bool isWithinLimits() const;
    [[nodiscard]] Error explained(Error error) const;
    [[nodiscard]] Result<std::optional<QUrl>> followingPage(const HttpResponse &response) const;
    [[nodiscard]] QUrl withQuery(const QByteArray &query) const;

    static Result<Page> readPage(const QByteArray &body, const List &list, QSet<QString> &known);

    HttpClient &m_client;
    List m_list;
    std::shared_ptr<QSet<QString>> m_known = std::make_shared<QSet<QString>>();
    QUrl m_asked; ///< For the page that comes next.
    QSet<QUrl> m_visited;
    QElapsedTimer m_clock;
    qint64 m_bytes = 0;
    qsizetype m_pageCount = 0; ///< Pages that could be read.
    bool m_asksForSize = true;
    ListSummary m_summary;
};

} // namespace Longshore
