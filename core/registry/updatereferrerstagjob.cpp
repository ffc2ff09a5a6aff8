// SPDX-License-Identifier: Apache-2.0
#include "core/registry/updatereferrerstagjob.h"

#include "core/base/displaytext.h"
#include "core/http/contentcoding.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/oci/strictjson.h"
#include "core/registry/listreferrersjob.h"
#include "core/registry/putmanifestjob.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr int mostWrites = 4;

static QJsonObject toJson(const Descriptor &descriptor)
{
    QJsonObject object{{u"mediaType"_s, descriptor.mediaType.toString()},
                       {u"digest"_s, descriptor.digest.toString()},
                       {u"size"_s, descriptor.size}};
    if (!descriptor.artifactType.isEmpty())
        object.insert(u"artifactType"_s, descriptor.artifactType);
    QJsonObject annotations;
    for (auto i = descriptor.annotations.begin(); i != descriptor.annotations.end(); ++i)
        annotations.insert(i.key(), i.value());
    if (!annotations.isEmpty())
        object.insert(u"annotations"_s, annotations);
    return object;
}

/// The list with the change; what else the document says is kept.
static QByteArray changed(const QByteArray &list, const ReferrersChange &change)
{
    QJsonObject document = QJsonDocument::fromJson(list).object();
    QJsonArray entries;
    const QJsonArray before = document.value("manifests"_L1).toArray();
    for (const auto &entry : before) {
        if (entry["digest"_L1].toString() != change.referrer.digest.toString())
            entries.append(entry);
    }
    if (change.kind == ReferrersChange::Kind::Add)
        entries.append(toJson(change.referrer));
    document.insert(u"schemaVersion"_s, 2);
    document.insert(u"mediaType"_s, MediaType::ociIndex().toString());
    document.insert(u"manifests"_s, entries);
    return QJsonDocument(document).toJson(QJsonDocument::Compact);
}

UpdateReferrersTagJob::UpdateReferrersTagJob(HttpClient &client, const RegistryUrls &urls,
                                             const RepositoryName &repository,
                                             const ReferrersChange &change, QObject *parent)
    : ResultJob(parent)
    , m_client(client)
    , m_target{urls, repository, referrersTag(change.subject)}
    , m_change(change)
{}

void UpdateReferrersTagJob::doStart()
{
    read();
}

void UpdateReferrersTagJob::read()
{
    HttpRequest request;
    request.url = m_target.urls.manifest(m_target.repository, m_target.reference);
    request.addHeader("Accept", MediaType::manifestAccept());
    request.scopes = QStringList{Scope::push(m_target.repository)};
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (response)
            return handleList(*response);
        if (response.error().kind != Error::Kind::NotFound)
            return fail(response.error());
        if (isAsWanted({}))
            return succeed(Done());
        write({}, {});
    });
}

bool UpdateReferrersTagJob::isAsWanted(const QList<Descriptor> &referrers) const
{
    const bool isListed =
        std::any_of(referrers.begin(), referrers.end(), [&](const Descriptor &entry) {
            return entry.digest == m_change.referrer.digest;
        });
    return isListed == (m_change.kind == ReferrersChange::Kind::Add);
}

void UpdateReferrersTagJob::handleList(const HttpResponse &response)
{
    const auto body = plainBody(response, HttpRequest().maximumBody);
    if (!body)
        return fail(body.error());
    const auto type = MediaType::parse(QString::fromLatin1(response.headers.value("Content-Type")));
    const auto list = parseManifest(*body, type);
    if (!list || !list->index() || list->mediaType != MediaType::ociIndex())
        return fail({Error::Kind::Unsupported,
                     tr("The tag %1 is used for something else than the list of what refers to "
                        "the image. It was left as it is.")
                         .arg(quotedText(m_target.reference.toString()))});
    if (isAsWanted(list->index()->manifests))
        return succeed(Done());
    write(*body, response.headers.value("ETag"));
}

void UpdateReferrersTagJob::write(const QByteArray &list, const QByteArray &entityTag)
{
    if (++m_writes > mostWrites)
        return fail({Error::Kind::Changed,
                     tr("Others change the list of what refers to the image all the time.")});
    const auto manifest = parseManifest(changed(list, m_change), MediaType::ociIndex());
    if (!manifest)
        return fail(manifest.error());
    auto *job = new PutManifestJob(m_client, m_target, *manifest);
    job->setExpectedEntity(entityTag);
    runChild(job, [this](const Result<StoredManifest> &stored) {
        // 412: it is no longer what was read. Another digest: somebody was quicker.
        const bool isOvertaken = !stored
                                 && (stored.error().httpStatus == 412
                                     || stored.error().kind == Error::Kind::DigestMismatch
                                     || stored.error().kind == Error::Kind::Ambiguous);
        if (!stored && !isOvertaken)
            return fail(stored.error());
        read();
    });
}

/// Of image-spec 1.1 release candidates: kept as it is, but it refers to others all the same.
static bool isArtifact(const Manifest &manifest)
{
    return manifest.mediaType.kind() == MediaType::Kind::ArtifactManifest;
}

Descriptor referrerDescriptor(const Manifest &manifest)
{
    Descriptor descriptor = manifest.descriptor();
    if (const ImageManifest *image = manifest.image()) {
        descriptor.artifactType = image->artifactType.isEmpty() ? image->config.mediaType.toString()
                                                                : image->artifactType;
        descriptor.annotations = image->annotations;
    } else if (const ImageIndex *index = manifest.index()) {
        descriptor.artifactType = index->artifactType;
        descriptor.annotations = index->annotations;
    } else if (isArtifact(manifest)) {
        const QJsonObject document = QJsonDocument::fromJson(manifest.bytes).object();
        descriptor.artifactType = document.value("artifactType"_L1).toString();
        descriptor.annotations = stringMap(document.value("annotations"_L1));
    }
    return descriptor;
}

std::optional<Digest> subjectOf(const Manifest &manifest)
{
    if (isArtifact(manifest)) {
        const QJsonObject document = QJsonDocument::fromJson(manifest.bytes).object();
        return Digest::parse(document.value("subject"_L1)["digest"_L1].toString());
    }
    const ImageManifest *image = manifest.image();
    const ImageIndex *index = manifest.index();
    const auto subject = image ? image->subject : index ? index->subject : std::nullopt;
    return subject ? std::optional(subject->digest) : std::nullopt;
}

} // namespace Longshore
