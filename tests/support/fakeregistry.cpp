// SPDX-License-Identifier: Apache-2.0
#include "support/fakeregistry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

const QByteArray tokenPrefix = "token-";

} // namespace

TestAnswer registryRefusal(int status, const QByteArray &code, const QByteArray &message)
{
    return {status,
            R"({"errors":[{"code":")" + code + R"(","message":")" + message + R"("}]})",
            {{"Content-Type", "application/json"}}};
}

Descriptor FakeRegistry::addBlob(const QString &repository, const QByteArray &bytes,
                                 const QString &mediaType)
{
    const Digest digest = Digest::ofBytes(bytes);
    m_repositories[repository].blobs.insert(digest.toString(), bytes);
    return {MediaType::parse(mediaType), digest, bytes.size()};
}

Digest FakeRegistry::addManifest(const QString &repository, const QString &tag,
                                 const QByteArray &bytes, const MediaType &mediaType)
{
    const Digest digest = Digest::ofBytes(bytes);
    m_repositories[repository].manifests.insert(digest.toString(), {bytes, mediaType.toString()});
    if (!tag.isEmpty())
        setTag(repository, tag, digest);
    return digest;
}

void FakeRegistry::setTag(const QString &repository, const QString &tag, const Digest &digest)
{
    m_repositories[repository].tags.insert(tag, digest.toString());
}

void FakeRegistry::removeTag(const QString &repository, const QString &tag)
{
    m_repositories[repository].tags.remove(tag);
}

QStringList FakeRegistry::tags(const QString &repository) const
{
    return m_repositories.value(repository).tags.keys();
}

QString FakeRegistry::tagged(const QString &repository, const QString &tag) const
{
    return m_repositories.value(repository).tags.value(tag);
}

QByteArray FakeRegistry::blobBytes(const QString &repository, const Digest &digest) const
{
    return m_repositories.value(repository).blobs.value(digest.toString());
}

QByteArray FakeRegistry::manifestBytes(const QString &repository, const Digest &digest) const
{
    return m_repositories.value(repository).manifests.value(digest.toString()).bytes;
}

bool FakeRegistry::hasManifest(const QString &repository, const Digest &digest) const
{
    return m_repositories.value(repository).manifests.contains(digest.toString());
}

void FakeRegistry::failNext(const QByteArray &method, const QString &pathPart,
                            const TestAnswer &answer, int times)
{
    intercept([=, left = std::make_shared<int>(times)](const TestRequest &request,
                                                       const TestConnection &connection) {
        if (*left == 0 || request.method != method || !request.path().contains(pathPart))
            return false;
        --*left;
        connection.answer(answer);
        return true;
    });
}

void FakeRegistry::handle(const TestRequest &request, const TestConnection &connection)
{
    const auto interceptors = m_interceptors; // One may add another.
    for (const Interceptor &interceptor : interceptors) {
        if (interceptor(request, connection))
            return;
    }
    answerNormally(request, connection);
}

void FakeRegistry::answerNormally(const TestRequest &request, const TestConnection &connection)
{
    TestAnswer answer = answerTo(request);
    answer.isHead = request.method == "HEAD";
    connection.answer(answer);
}

TestAnswer FakeRegistry::answerTo(const TestRequest &request)
{
    const QString path = request.path();
    if (path == "/token"_L1)
        return token(request);
    static const QRegularExpression route(
        u"\\A/v2/(.+)/(tags/list|manifests/([^/]+)|blobs/([^/]+)|referrers/([^/]+))\\z"_s);
    const auto match = route.match(path);
    if (!isAllowed(request)) {
        const bool isRead = request.method == "GET" || request.method == "HEAD";
        const QString action = request.method == "DELETE" ? u"delete"_s
                               : isRead                   ? u"pull"_s
                                                          : u"pull,push"_s;
        return challenge(match.hasMatch() ? u"repository:%1:%2"_s.arg(match.captured(1), action)
                                          : QString());
    }
    if (path == "/v2/"_L1)
        return {200, "{}", {{"Docker-Distribution-Api-Version", "registry/2.0"}}};
    if (path == "/v2/_catalog"_L1)
        return catalog(request);
    if (const auto answer = uploads.answerTo(request))
        return *answer;
    const bool isUnknown = match.hasCaptured(5) && !behaviour.listsReferrers;
    if (!match.hasMatch() || isUnknown)
        return {404, "404 page not found\n", {{"Content-Type", "text/plain"}}};
    if (!m_repositories.contains(match.captured(1)) && request.method != "PUT")
        return registryRefusal(404, "NAME_UNKNOWN", "repository name not known to registry");
    Repository &repository = m_repositories[match.captured(1)];
    if (match.captured(2) == "tags/list"_L1)
        return tagList(request, match.captured(1));
    if (!match.captured(3).isEmpty())
        return manifest(request, repository, match.captured(3));
    if (match.hasCaptured(5))
        return referrers(repository, match.captured(5));
    return blob(request, repository, match.captured(4));
}

QByteArray FakeRegistry::basicHeader() const
{
    const QByteArray pair = behaviour.user + ':' + behaviour.password;
    return "Basic " + pair.toBase64();
}

bool FakeRegistry::isAllowed(const TestRequest &request) const
{
    const QByteArray sent = request.header("authorization");
    if (!behaviour.readyToken.isEmpty() && sent == "Bearer " + behaviour.readyToken)
        return true;
    switch (behaviour.signIn) {
    case SignIn::None: return true;
    case SignIn::Basic: return sent == basicHeader();
    case SignIn::Bearer: return sent == "Bearer " + tokenPrefix + QByteArray::number(m_tokenCount);
    }
    return false;
}

TestAnswer FakeRegistry::challenge(const QString &scope) const
{
    TestAnswer answer = registryRefusal(401, "UNAUTHORIZED", "authentication required");
    if (behaviour.signIn == SignIn::Basic) {
        answer.headers.emplaceBack("WWW-Authenticate", R"(Basic realm="fake")");
        return answer;
    }
    const QUrl realm = behaviour.realm.isEmpty() ? url(u"/token"_s) : behaviour.realm;
    QByteArray value = R"(Bearer realm=")" + realm.toEncoded() + R"(",service="fake registry")";
    if (!scope.isEmpty())
        value += R"(,scope=")" + scope.toUtf8() + '"';
    answer.headers.emplaceBack("WWW-Authenticate", value);
    return answer;
}

TestAnswer FakeRegistry::token(const TestRequest &request)
{
    const QByteArray sent = request.header("authorization");
    const bool isAnonymous = sent.isEmpty() && behaviour.hasPublicTokens;
    if (!isAnonymous && sent != basicHeader())
        return registryRefusal(401, "UNAUTHORIZED", "incorrect username or password");
    return {200, R"({"token":")" + tokenPrefix + QByteArray::number(++m_tokenCount) + R"("})"};
}

TestAnswer FakeRegistry::catalog(const TestRequest &request) const
{
    if (behaviour.catalogStatus != 200)
        return registryRefusal(behaviour.catalogStatus, "UNSUPPORTED",
                               "The operation is unsupported.");
    return page(request, "repositories", m_repositories.keys());
}

TestAnswer FakeRegistry::tagList(const TestRequest &request, const QString &repository) const
{
    return page(request, "tags", tags(repository));
}

TestAnswer FakeRegistry::page(const TestRequest &request, const QByteArray &member,
                              const QStringList &names) const
{
    QStringList rest = names;
    const QString last = request.query(u"last"_s);
    if (!last.isEmpty() && !behaviour.ignoresLast)
        rest = names.mid(names.indexOf(last) + 1);
    TestAnswer answer{200, {}, {{"Content-Type", "application/json; charset=utf-8"}}};
    if (behaviour.pageSize > 0 && rest.size() > behaviour.pageSize) {
        rest = rest.first(behaviour.pageSize);
        const QByteArray base = behaviour.links == Links::Absolute ? url({}).toEncoded() : "";
        const QByteArray target = request.target.split('?').first();
        if (behaviour.links != Links::None)
            answer.headers.emplaceBack(
                "Link", '<' + base + target + "?last=" + QUrl::toPercentEncoding(rest.last())
                            + "&n=" + QByteArray::number(behaviour.pageSize) + R"(>; rel="next")");
    }
    const QJsonValue list =
        rest.isEmpty() ? QJsonValue() : QJsonValue(QJsonArray::fromStringList(rest));
    answer.body = QJsonDocument(QJsonObject{{QString::fromLatin1(member), list}}).toJson();
    return answer;
}

TestAnswer FakeRegistry::manifest(const TestRequest &request, Repository &repository,
                                  const QString &reference)
{
    if (request.method == "DELETE")
        return deletion(repository, reference);
    if (request.method == "PUT")
        return storage(request, repository, reference);
    const QString digest = repository.tags.value(reference, reference);
    const bool isUnknownMethod = request.method == "HEAD" && !behaviour.knowsHead;
    if (!repository.manifests.contains(digest) || isUnknownMethod)
        return registryRefusal(404, "MANIFEST_UNKNOWN", "manifest unknown");
    const StoredManifest &stored = repository.manifests[digest];
    TestAnswer answer{200, stored.bytes, {{"Content-Type", stored.mediaType.toLatin1()}}};
    answer.headers.emplaceBack("ETag", '"' + digest.toLatin1() + '"');
    if (behaviour.sendsDigest)
        answer.headers.emplaceBack("Docker-Content-Digest", digest.toLatin1());
    return answer;
}

TestAnswer FakeRegistry::blob(const TestRequest &request, Repository &repository,
                              const QString &digest)
{
    if (request.method == "DELETE" && !behaviour.canDelete)
        return registryRefusal(405, "UNSUPPORTED", "The operation is unsupported.");
    if (!repository.blobs.contains(digest))
        return registryRefusal(404, "BLOB_UNKNOWN", "blob unknown to registry");
    if (request.method == "DELETE") {
        repository.blobs.remove(digest);
        return {202};
    }
    if (!behaviour.blobRedirect.isEmpty())
        return {
            307, {}, {{"Location", behaviour.blobRedirect.toEncoded() + '/' + digest.toLatin1()}}};
    const QByteArray bytes = repository.blobs.value(digest);
    TestAnswer answer{200, bytes, {{"Content-Type", "application/octet-stream"}}};
    const QByteArray range = request.header("range");
    if (!range.startsWith("bytes=") || !behaviour.knowsRange)
        return answer;
    const qsizetype first = request.rangeStart();
    answer.status = 206;
    answer.body = bytes.mid(first);
    answer.headers.emplaceBack("Content-Range", "bytes " + QByteArray::number(first) + '-'
                                                    + QByteArray::number(bytes.size() - 1) + '/'
                                                    + QByteArray::number(bytes.size()));
    return answer;
}

TestAnswer FakeRegistry::referrers(const Repository &repository, const QString &digest) const
{
    QStringList digests = repository.manifests.keys();
    digests.sort(); // Twice the same question, twice the same answer.
    QJsonArray list;
    for (const QString &one : std::as_const(digests)) {
        const StoredManifest &stored = *repository.manifests.find(one);
        const QJsonValue subject = QJsonDocument::fromJson(stored.bytes)["subject"_L1]["digest"_L1];
        if (subject == digest)
            list.append(QJsonObject{{u"mediaType"_s, stored.mediaType},
                                    {u"digest"_s, one},
                                    {u"size"_s, stored.bytes.size()}});
    }
    const QJsonObject index{{u"schemaVersion"_s, 2}, {u"manifests"_s, list}};
    return {200,
            QJsonDocument(index).toJson(),
            {{"Content-Type", MediaType::ociIndex().toString().toLatin1()}}};
}
