// SPDX-License-Identifier: Apache-2.0
#include "core/registry/pagedlistjob.h"

#include "core/base/displaytext.h"
#include "core/base/workerjob.h"
#include "core/http/contentcoding.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/linkheader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype pageSize = 1000;
constexpr qsizetype mostInvalidNames = 10;
constexpr qsizetype shownOfName = 64;

Error tooLong()
{
    return {Error::Kind::TooLarge, PagedListJob::tr("The list is longer than any that is read.")};
}

Error repeated()
{
    return {Error::Kind::Protocol, PagedListJob::tr("The server repeats a page of the list.")};
}

/// Behind a path prefix some registries leave the prefix out, or put their own in front.
bool isCalled(const QString &repository, const QString &name)
{
    return name.isEmpty() || name == repository || repository.endsWith(u'/' + name)
           || name.endsWith(u'/' + repository);
}

Error misdirected(const QString &name)
{
    return {
        Error::Kind::Protocol,
        PagedListJob::tr("The server calls this repository %1: the list may be that of another.")
            .arg(quotedText(name))};
}

} // namespace

PagedListJob::PagedListJob(HttpClient &client, List list, QObject *parent)
    : ListNamesJob(parent), m_client(client), m_list(std::move(list))
{
    // While a worker reads a page no request is there to end with the connection.
    connect(&client, &QObject::destroyed, this, &Job::cancel);
}

void PagedListJob::doStart()
{
    m_clock.start();
    const QByteArray whole = "n=" + QByteArray::number(pageSize);
    m_asksForSize = begin().isEmpty() || begin().contains(whole);
    request(withQuery(begin().isEmpty() ? whole : begin()));
}

QUrl PagedListJob::withQuery(const QByteArray &query) const
{
    return QUrl::fromEncoded(m_list.url.toEncoded() + (query.isEmpty() ? "" : "?") + query);
}

void PagedListJob::request(const QUrl &url)
{
    if (m_visited.contains(url))
        return stop(repeated());
    m_visited.insert(url);
    m_asked = url;
    HttpRequest request;
    request.url = url;
    request.addHeader("Accept", "application/json");
    request.scopes = QStringList{m_list.scope};
    request.maximumBody = m_list.limits.pageBytes;
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return handleFailure(response.error());
        handleAnswer(*response);
    });
}

void PagedListJob::handleFailure(const Error &error)
{
    // Some servers refuse a page size instead of lowering it.
    const bool refusesSize = error.httpStatus == 400 && m_pageCount == 0 && begin().isEmpty();
    if (refusesSize && std::exchange(m_asksForSize, false))
        return request(withQuery({}));
    breakOff(error);
}

/// Stops at a page that may be had another time.
void PagedListJob::breakOff(const Error &reason)
{
    m_summary.rest = m_asked.query(QUrl::FullyEncoded).toLatin1();
    stop(reason);
}

void PagedListJob::stop(const Error &reason)
{
    if (m_pageCount == 0)
        return fail(begin().isEmpty() ? explained(reason) : reason);
    m_summary.incomplete = reason;
    succeed(m_summary);
}

Error PagedListJob::explained(Error error) const
{
    // 406: it has something there, but no list.
    const bool isAbsent =
        error.httpStatus == 404 || error.httpStatus == 405 || error.httpStatus == 406;
    const bool isKept =
        error.kind == Error::Kind::Forbidden || error.kind == Error::Kind::Unsupported;
    if (m_list.refusal.isEmpty() || (!isAbsent && !isKept))
        return error;
    if (isAbsent)
        error.kind = Error::Kind::Unsupported;
    error.message = m_list.refusal;
    return error;
}

Result<PagedListJob::Page> PagedListJob::readPage(const QByteArray &body, const List &list,
                                                  QSet<QString> &known)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonValue value = document.object().value(list.member);
    const bool isList = value.isArray() || value.isNull() || value.isUndefined();
    if (!document.isObject() || !isList) {
        const bool isPage = body.trimmed().startsWith('<');
        const bool isAbsent = isPage && !list.refusal.isEmpty();
        return Error{isAbsent ? Error::Kind::Unsupported : Error::Kind::Protocol,
                     isPage ? tr("The server answered with a web page instead of a list. Is this "
                                 "the address of a registry?")
                            : tr("The server sent a list that cannot be read.")};
    }
    Page page;
    const QJsonArray entries = value.toArray(); // A fresh one for each page; null is empty.
    page.entryCount = entries.size();
    for (const auto &entry : entries) {
        const QString name = entry.toString();
        if (name.isEmpty() && entry.isNull())
            continue; // Nexus puts nulls into its lists.
        if (!list.accepts(name)) {
            ++page.invalidCount;
            if (entry.isString() && page.invalidNames.size() < mostInvalidNames)
                page.invalidNames.append(displayText(name, shownOfName));
            continue;
        }
        page.last = name;
        if (!known.contains(name)) {
            known.insert(name);
            page.names.append(name);
        }
    }
    page.repository = document.object().value("name"_L1).toString();
    return page;
}

void PagedListJob::handleAnswer(const HttpResponse &response)
{
    m_bytes += response.body.size();
    // Also small pages: one way is enough, and the worker costs a fraction of the request.
    auto *worker = new WorkerJob<Page>(
        [response, list = m_list, known = m_known](const CancelFlag &) -> Result<Page> {
            const auto body = plainBody(response, list.limits.pageBytes);
            return body ? readPage(*body, list, *known) : body.error();
        });
    runChild(worker, [this, response](const Result<Page> &page) {
        if (!page)
            return breakOff(page.error());
        handlePage(*page, response);
    });
}

void PagedListJob::handlePage(const Page &page, const HttpResponse &response)
{
    ++m_pageCount;
    m_summary.count += page.names.size();
    m_summary.invalidCount += page.invalidCount;
    m_summary.invalidNames += page.invalidNames.first(
        qMin(page.invalidNames.size(), mostInvalidNames - m_summary.invalidNames.size()));
    // Later reasons to doubt the list replace this one.
    if (!m_list.repository.isEmpty() && !isCalled(m_list.repository, page.repository))
        m_summary.incomplete = misdirected(page.repository);
    if (!page.names.isEmpty())
        emit namesListed(page.names);
    if (isRunning()) // A listener may have had enough.
        goOn(page, response);
}

void PagedListJob::goOn(const Page &page, const HttpResponse &response)
{
    const auto following = followingPage(response);
    if (!following)
        return stop(following.error());
    const bool isLinked = following->has_value();
    QUrl next = following->value_or(QUrl());
    if (!isLinked && page.entryCount == pageSize && m_asksForSize && !page.last.isEmpty())
        next = withQuery("n=" + QByteArray::number(pageSize)
                         + "&last=" + QUrl::toPercentEncoding(page.last));
    if (next.isEmpty())
        return succeed(m_summary);
    // Behind a page of entries that are no names there may be names again.
    const bool bringsNews = !page.names.isEmpty() || (isLinked && page.invalidCount > 0);
    if (!bringsNews && isLinked)
        return stop(repeated());
    if (!bringsNews)
        return succeed(m_summary); // The server does not know "last", and has sent everything.
    if (!isWithinLimits())
        return stop(tooLong());
    request(next);
}

bool PagedListJob::isWithinLimits() const
{
    const Limits &limits = m_list.limits;
    return m_bytes <= limits.bytes && m_summary.count <= limits.names
           && m_visited.size() < limits.pages && m_clock.elapsed() <= limits.time.count();
}

Result<std::optional<QUrl>> PagedListJob::followingPage(const HttpResponse &response) const
{
    const auto next = nextPage(response.headers.value("Link"), response.url);
    if (!next || !*next)
        return next;
    QUrl target = **next;
    // Behind a TLS proxy some registries believe that they speak plain HTTP.
    if (target.host() == response.url.host() && target.scheme() == "http"_L1
        && response.url.scheme() == "https"_L1) {
        target.setScheme(u"https"_s);
        target.setPort(response.url.port());
    }
    if (Origin::of(target) != m_client.home())
        return Error{Error::Kind::Policy,
                     tr("The server names another host for the rest of the list.")};
    // Only the query counts: registries behind a path prefix get the path wrong.
    return std::optional<QUrl>(withQuery(target.query(QUrl::FullyEncoded).toLatin1()));
}

} // namespace Longshore
