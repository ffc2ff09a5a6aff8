// SPDX-License-Identifier: Apache-2.0
#include "support/fakeregistry.h"

#include <QJsonDocument>

using namespace Longshore;
using namespace Qt::StringLiterals;

TestAnswer FakeRegistry::storage(const TestRequest &request, Repository &repository,
                                 const QString &reference)
{
    const auto asked = Digest::parse(reference);
    const Digest digest = Digest::ofBytes(request.body);
    if (asked && !asked->matches(request.body))
        return registryRefusal(400, "DIGEST_INVALID", "it is not what it is called");
    const QByteArray expected = request.header("if-match");
    const QString current = repository.tags.value(reference);
    if (!expected.isEmpty() && expected != '"' + current.toLatin1() + '"')
        return {412};
    repository.manifests.insert(
        digest.toString(), {request.body, QString::fromLatin1(request.header("content-type"))});
    if (!asked)
        repository.tags.insert(reference, digest.toString());
    const QByteArray name = digest.toString().toLatin1();
    TestAnswer answer{201, {}, {{"Location", "/v2/manifests/" + name}}};
    if (behaviour.sendsDigest)
        answer.headers.emplaceBack("Docker-Content-Digest", name);
    const QJsonValue subject = QJsonDocument::fromJson(request.body)["subject"_L1]["digest"_L1];
    if (behaviour.listsReferrers && subject.isString())
        answer.headers.emplaceBack("OCI-Subject", subject.toString().toLatin1());
    return answer;
}

TestAnswer FakeRegistry::deletion(Repository &repository, const QString &reference)
{
    if (!behaviour.canDelete)
        return registryRefusal(405, "UNSUPPORTED", "The operation is unsupported.");
    if (!Digest::parse(reference))
        return tagDeletion(repository, reference);
    if (repository.manifests.remove(reference) == 0)
        return registryRefusal(404, "MANIFEST_UNKNOWN", "manifest unknown");
    repository.tags.removeIf([&](const auto &tag) { return tag.value() == reference; });
    return {202, {}, {}};
}

TestAnswer FakeRegistry::tagDeletion(Repository &repository, const QString &tag)
{
    if (!behaviour.canDeleteTags)
        return registryRefusal(400, "DIGEST_INVALID",
                               "provided digest did not match uploaded content");
    if (repository.tags.remove(tag) == 0)
        return registryRefusal(404, "MANIFEST_UNKNOWN", "manifest unknown");
    return {202};
}
