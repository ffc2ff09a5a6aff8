// SPDX-License-Identifier: Apache-2.0
#include "core/session/readtagdetailsjob.h"

namespace Longshore {

QStringList TagDetails::platformNames() const
{
    QStringList names;
    if (platform)
        names.append(platform->toString());
    for (const PlatformEntry &entry : entries) {
        if (!entry.isAttestation && entry.descriptor.platform)
            names.append(entry.descriptor.platform->toString());
    }
    names.removeDuplicates();
    return names;
}

static bool isAttestation(const Descriptor &entry)
{
    return attestationSubject(entry).has_value() || (entry.platform && entry.platform->isUnknown());
}

const Descriptor *preferredEntry(const ImageIndex &index)
{
    if (const Descriptor *native = findPlatform(index, Platform::native()))
        return native;
    for (const Descriptor &entry : index.manifests) {
        if (!isAttestation(entry))
            return &entry;
    }
    return nullptr;
}

ReadTagDetailsJob::ReadTagDetailsJob(Session &session, const RepositoryName &repository,
                                     const Reference &reference, Session::Priority priority,
                                     QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_repository(repository)
    , m_reference(reference)
    , m_priority(priority)
{}

void ReadTagDetailsJob::doStart()
{
    runChild(m_session.fetchManifest(m_repository, m_reference, m_priority),
             [this](const Result<Manifest> &manifest) {
                 if (!manifest)
                     return fail(manifest.error());
                 handleManifest(*manifest);
             });
}

void ReadTagDetailsJob::handleManifest(const Manifest &manifest)
{
    m_details = TagDetails{manifest.descriptor(), {}, {}, -1, {}};
    if (const ImageIndex *index = manifest.index())
        return handleIndex(*index);
    handleImage(manifest);
}

void ReadTagDetailsJob::handleIndex(const ImageIndex &index)
{
    for (const Descriptor &entry : index.manifests)
        m_details->entries.append({entry, isAttestation(entry)});
    m_details->created =
        plausibleDate(index.annotations.value(QStringLiteral("org.opencontainers.image.created")));
    const Descriptor *entry = preferredEntry(index);
    if (!entry)
        return succeed(*m_details);
    runChild(m_session.fetchManifest(m_repository, entry->digest, m_priority),
             [this](const Result<Manifest> &manifest) {
                 // A child that is missing leaves the index itself readable.
                 if (!manifest)
                     return succeed(*m_details);
                 handleImage(*manifest);
             });
}

void ReadTagDetailsJob::handleImage(const Manifest &manifest)
{
    const ImageManifest *image = manifest.image();
    if (!image)
        return succeed(*m_details);
    m_details->size = imageSize(*image);
    if (image->config.mediaType.kind() == MediaType::Kind::ImageConfig)
        return readConfig(*image);
    if (!m_details->created.isValid())
        m_details->created = creationDate({}, image->annotations);
    succeed(*m_details);
}

void ReadTagDetailsJob::readConfig(const ImageManifest &image)
{
    runChild(m_session.fetchBlob(m_repository, image.config, m_priority),
             [this, annotations = image.annotations](const Result<QByteArray> &bytes) {
                 const auto config =
                     bytes ? parseImageConfig(*bytes) : Result<ImageConfig>(bytes.error());
                 if (!config)
                     return succeed(*m_details);
                 if (m_details->entries.isEmpty() && !config->platform.os.isEmpty())
                     m_details->platform = config->platform;
                 const QDateTime created = creationDate(*config, annotations);
                 if (created.isValid())
                     m_details->created = created;
                 succeed(*m_details);
             });
}

} // namespace Longshore
