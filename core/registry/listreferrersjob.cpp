// SPDX-License-Identifier: Apache-2.0
#include "core/registry/listreferrersjob.h"

#include "core/http/contentcoding.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/linkheader.h"
#include "core/registry/fetchmanifestjob.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr qsizetype mostPages = 100;
constexpr qsizetype mostReferrers = 10'000;

Tag referrersTag(const Digest &digest)
{
    QString name = digest.algorithm().left(32) + u'-' + digest.encoded().left(64);
    // Of what a digest may hold, these may not stand in a tag.
    name.replace(u'+', u'-').replace(u'=', u'-');
    return *Tag::parse(name);
}

bool isReferrersTag(const Tag &tag)
{
    static const QRegularExpression form(u"\\Asha(256|512)-[0-9a-f]{64}\\z"_s);
    return form.match(tag.toString()).hasMatch();
}

ListReferrersJob::ListReferrersJob(HttpClient &client, const RegistryUrls &urls,
                                   const ReferrersQuery &query, QObject *parent)
    : ResultJob(parent), m_client(client), m_urls(urls), m_query(query)
{}

void ListReferrersJob::doStart()
{
    if (m_support == Support::No)
        return readFallback();
    QUrl url = m_urls.referrers(m_query.repository, m_query.digest);
    // A "+" would be read as a space.
    if (!m_query.artifactType.isEmpty())
        url.setQuery("artifactType="_L1
                         + QString::fromLatin1(QUrl::toPercentEncoding(m_query.artifactType)),
                     QUrl::StrictMode);
    request(url);
}

/// Registries need not know the filter, and the list under a tag never does.
void ListReferrersJob::end(const QList<Descriptor> &referrers)
{
    QList<Descriptor> wanted = referrers;
    wanted.removeIf([this](const Descriptor &referrer) {
        return !m_query.artifactType.isEmpty() && referrer.artifactType != m_query.artifactType;
    });
    succeed(wanted);
}

/// Refusals of servers that do not know the endpoint; 404 alone is what they should say.
static bool isUnknownEndpoint(const Error &error)
{
    return error.httpStatus == 400 || error.httpStatus == 403 || error.httpStatus == 404
           || error.httpStatus == 405;
}

/// That nobody has it, and not that it is kept from this account or that a name is not known.
static bool isAbsentEndpoint(const Error &error)
{
    return error.httpStatus == 405 || (error.httpStatus == 404 && error.serverCode.isEmpty());
}

void ListReferrersJob::request(const QUrl &url)
{
    m_visited.insert(url);
    HttpRequest request;
    request.url = url;
    request.addHeader("Accept", MediaType::ociIndex().toString().toLatin1());
    request.scopes = QStringList{Scope::pull(m_query.repository)};
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response && isUnknownEndpoint(response.error()) && m_visited.size() == 1) {
            // Some registries have it for some repositories.
            if (isAbsentEndpoint(response.error()) && m_support != Support::Yes)
                m_support = Support::No;
            return readFallback();
        }
        if (!response)
            return fail(response.error());
        handleAnswer(*response);
    });
}

/// Whether an answer, with the list that could be read from it, is none of this endpoint. Who sends
/// lists as plain JSON means it all the same.
static bool isSomethingElse(const HttpResponse &response, const Result<Manifest> &list)
{
    const QByteArray header = response.headers.value("Content-Type");
    const auto type = MediaType::parse(QString::fromLatin1(header));
    const bool isPage = response.body.trimmed().startsWith('<');
    if (type == MediaType::ociIndex() && !isPage)
        return false; // What is wrong with it then is worth knowing.
    const bool saysNothing = type.isEmpty() || type.toString() == "application/json"_L1;
    return !list || !(saysNothing || type == MediaType::ociIndex());
}

void ListReferrersJob::handleAnswer(const HttpResponse &response)
{
    const auto body = plainBody(response, HttpRequest().maximumBody);
    const auto list = body ? parseManifest(*body, MediaType::ociIndex()) : body.error();
    // Who has answered with lists before has one for this image, too, and it must not be overlooked.
    const bool mayBeElse = m_visited.size() == 1 && m_support != Support::Yes && body;
    if (mayBeElse && isSomethingElse(response, list))
        return readFallback(); // A page on which to sign in, or a greeting, instead of a 404.
    if (!list)
        return fail(list.error());
    m_support = Support::Yes;
    m_found += list->index()->manifests;
    goOn(response);
}

void ListReferrersJob::goOn(const HttpResponse &response)
{
    const auto next = nextPage(response.headers.value("Link"), response.url);
    if (!next)
        return fail(next.error());
    if (!*next)
        return end(m_found);
    if (Origin::of(**next) != m_client.home())
        return fail(
            {Error::Kind::Policy, tr("The server names another host for the rest of the list.")});
    if (m_visited.contains(**next) || m_visited.size() >= mostPages
        || m_found.size() > mostReferrers)
        return fail(
            {Error::Kind::TooLarge, tr("The list of what refers to this image has no end.")});
    request(**next);
}

void ListReferrersJob::readFallback()
{
    runChild(
        new FetchManifestJob(m_client, {m_urls, m_query.repository, referrersTag(m_query.digest)}),
        [this](const Result<Manifest> &manifest) {
            if (!manifest && manifest.error().kind != Error::Kind::NotFound)
                return fail(manifest.error());
            // Somebody may use such a tag for something else.
            const bool isList = manifest && manifest->mediaType == MediaType::ociIndex();
            end(isList ? manifest->index()->manifests : QList<Descriptor>());
        });
}

} // namespace Longshore
