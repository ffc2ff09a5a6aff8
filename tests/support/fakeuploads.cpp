// SPDX-License-Identifier: Apache-2.0
#include "support/fakeuploads.h"

#include "support/fakeregistry.h"

#include <QRegularExpression>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

QRegularExpressionMatch route(const QString &path)
{
    static const QRegularExpression expression(u"\\A/v2/(.+)/blobs/uploads/([^/]*)\\z"_s);
    return expression.match(path);
}

} // namespace

std::optional<TestAnswer> FakeUploads::answerTo(const TestRequest &request)
{
    const auto match = route(request.path());
    if (!match.hasMatch())
        return {};
    const QString repository = match.captured(1);
    const QString id = match.captured(2);
    if (request.method == "POST" && id.isEmpty())
        return start(request, repository);
    if (!isKnown(request, id))
        return registryRefusal(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    if (request.method == "PATCH")
        return append(request, repository, id);
    if (request.method == "PUT")
        return finish(request, repository, id);
    if (request.method == "GET")
        return describe(204, repository, id);
    m_open.remove(id);
    return TestAnswer{204};
}

bool FakeUploads::isKnown(const TestRequest &request, const QString &id) const
{
    QByteArray query = request.target.mid(request.target.indexOf('?') + 1);
    if (const qsizetype end = query.indexOf("&digest="); end >= 0)
        query.truncate(end);
    return m_open.contains(id) && query == "_state=" + m_open[id].state;
}

TestAnswer FakeUploads::start(const TestRequest &request, const QString &repository)
{
    const QString mount = request.query(u"mount"_s);
    const QString from = request.query(u"from"_s);
    const auto digest = Digest::parse(mount);
    const bool isThere = digest && !m_registry.blobBytes(from, *digest).isNull();
    if (!mount.isEmpty() && behaviour.mountStatus >= 400)
        return registryRefusal(behaviour.mountStatus, "UNSUPPORTED", "no mounting here");
    if (isThere && behaviour.mountStatus == 201) {
        m_registry.addBlob(repository, m_registry.blobBytes(from, *digest));
        return {201, {}, {{"Docker-Content-Digest", mount.toLatin1()}, {"Location", "/v2/there"}}};
    }
    m_registry.addRepository(repository);
    const QString id = u"upload-%1"_s.arg(++m_count);
    m_open.insert(id, {});
    return describe(202, repository, id);
}

TestAnswer FakeUploads::describe(int status, const QString &repository, const QString &id)
{
    Upload &upload = m_open[id];
    // What base64 and percent encoding can hold, in forms that another encoder would change.
    upload.state = "a+b%2Fc%3D=_-.~" + QByteArray::number(++m_count);
    const QByteArray path = "/v2/" + repository.toLatin1() + "/blobs/uploads/" + id.toLatin1();
    const qsizetype counted =
        behaviour.countsOnlyFirstPart ? upload.firstPart : upload.bytes.size();
    TestAnswer answer{status};
    answer.headers = {{"Location", behaviour.base.toEncoded() + path + "?_state=" + upload.state},
                      {"Range", "0-" + QByteArray::number(qMax<qsizetype>(counted - 1, 0))}};
    if (!behaviour.smallestPart.isEmpty())
        answer.headers.emplaceBack("OCI-Chunk-Min-Length", behaviour.smallestPart);
    return answer;
}

TestAnswer FakeUploads::append(const TestRequest &request, const QString &repository,
                               const QString &id)
{
    Upload &upload = m_open[id];
    const QByteArray range = request.header("content-range");
    const QByteArray expected = QByteArray::number(upload.bytes.size()) + '-'
                                + QByteArray::number(upload.bytes.size() + request.body.size() - 1);
    if (range != expected)
        return registryRefusal(416, "RANGE_INVALID", "the range is not what follows");
    if (upload.bytes.isEmpty())
        upload.firstPart = request.body.size();
    upload.bytes += request.body;
    return describe(202, repository, id);
}

TestAnswer FakeUploads::finish(const TestRequest &request, const QString &repository,
                               const QString &id)
{
    const QByteArray bytes = m_open.take(id).bytes + request.body;
    const auto digest = Digest::parse(request.query(u"digest"_s));
    if (!digest || !digest->matches(bytes))
        return registryRefusal(400, "DIGEST_INVALID",
                               "provided digest did not match uploaded content");
    m_registry.addBlob(repository, bytes);
    const QByteArray name = digest->toString().toLatin1();
    TestAnswer answer{201};
    answer.headers.emplaceBack("Location", "/v2/" + repository.toLatin1() + "/blobs/" + name);
    if (behaviour.namesDigest)
        answer.headers.emplaceBack("Docker-Content-Digest", name);
    return answer;
}

void FakeUploads::keepBroken(const TestRequest &soFar)
{
    const QString id = route(soFar.path()).captured(2);
    if (!isKnown(soFar, id))
        return;
    if (behaviour.forgetsBroken)
        m_open.remove(id);
    else
        m_open[id].bytes += soFar.body;
}
