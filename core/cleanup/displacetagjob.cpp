// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/displacetagjob.h"

#include "core/registry/deletemanifestjob.h"
#include "core/registry/registrysession.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace Longshore {

static QString randomText()
{
    return QString::number(QRandomGenerator::system()->generate64(), 36)
           + QString::number(QRandomGenerator::system()->generate64(), 36);
}

std::optional<Manifest> placeholderFor(const Manifest &manifest, const Tag &tag,
                                       const QString &nonce)
{
    const QJsonObject annotations{
        {u"org.opencontainers.image.title"_s, u"A placeholder of Longshore, to be deleted"_s},
        {u"org.opencontainers.image.created"_s,
         QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
        {u"io.longshore.tag"_s, tag.toString()},
        {u"io.longshore.nonce"_s, nonce},
    };
    QJsonObject document{{u"schemaVersion"_s, 2},
                         {u"mediaType"_s, manifest.mediaType.toString()},
                         {u"annotations"_s, annotations}};
    if (const ImageManifest *image = manifest.image()) {
        // Registries want to have what a manifest is made of.
        document.insert(u"config"_s,
                        QJsonObject{{u"mediaType"_s, image->config.mediaType.toString()},
                                    {u"digest"_s, image->config.digest.toString()},
                                    {u"size"_s, image->config.size}});
        document.insert(u"layers"_s, QJsonArray());
    } else if (manifest.index()) {
        document.insert(u"manifests"_s, QJsonArray());
    } else {
        return {};
    }
    const auto placeholder =
        parseManifest(QJsonDocument(document).toJson(QJsonDocument::Compact), manifest.mediaType);
    return placeholder ? std::optional(*placeholder) : std::nullopt;
}

DisplaceTagJob::DisplaceTagJob(RegistrySession &session, const RepositoryName &repository,
                               const Tag &tag, const Manifest &manifest, QObject *parent)
    : ResultJob(parent)
    , m_session(&session)
    , m_repository(repository)
    , m_tag(tag)
    , m_manifest(manifest)
{}

void DisplaceTagJob::doStart()
{
    if (m_isDeletionProven)
        return lookAgain();
    probeDeletion();
}

/// Where deletion is turned off, the placeholder would stay.
void DisplaceTagJob::probeDeletion()
{
    const Digest nothing = Digest::ofBytes(randomText().toLatin1());
    runChild(m_session->deleteManifest(m_repository, nothing), [this](const Result<Done> &result) {
        if (const auto proof = judgeDeletionOfNothing(result); !proof)
            return fail(proof.error());
        lookAgain();
    });
}

void DisplaceTagJob::lookAgain()
{
    runChild(m_session->resolve(m_repository, m_tag, Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) {
                 if (!found)
                     return fail(found.error());
                 if (found->digest != m_manifest.digest)
                     return fail({Error::Kind::Changed,
                                  tr("The tag was moved in the meantime. It was not removed.")});
                 putPlaceholder();
             });
}

void DisplaceTagJob::putPlaceholder()
{
    const auto placeholder = placeholderFor(m_manifest, m_tag, randomText());
    if (!placeholder)
        return fail({Error::Kind::Unsupported,
                     tr("A tag of such an image cannot be removed alone on this server.")});
    m_isDisplaced = true;
    m_placeholder = placeholder->digest;
    runChild(m_session->pushManifest(m_repository, m_tag, *placeholder),
             [this](const Result<PushedManifest> &pushed) {
                 // Whatever it refused has changed nothing; of what is unclear the tag is put right.
                 if (!pushed && pushed.error().kind == Error::Kind::Ambiguous)
                     return undo(pushed.error());
                 if (!pushed) {
                     m_isDisplaced = false;
                     return fail(pushed.error());
                 }
                 deletePlaceholder(pushed->digest);
             });
}

void DisplaceTagJob::deletePlaceholder(const Digest &digest)
{
    runChild(m_session->deleteManifest(m_repository, digest), [this](const Result<Done> &result) {
        if (!result)
            return undo(result.error());
        m_isDisplaced = false;
        succeed(Done());
    });
}

/// Takes the tag from nobody who has put it elsewhere in the meantime.
void DisplaceTagJob::undo(const Error &reason)
{
    runChild(m_session->resolve(m_repository, m_tag, Session::Priority::Interactive),
             [this, reason](const Result<Descriptor> &found) {
                 const bool isTheirs =
                     found && found->digest != m_manifest.digest && found->digest != m_placeholder;
                 if (!isTheirs)
                     return putBack(reason);
                 m_isDisplaced = false;
                 fail({Error::Kind::Changed,
                       tr("The tag was not removed: somebody has moved it in the meantime, and it "
                          "stays where it is now. %1")
                           .arg(reason.message)});
             });
}

void DisplaceTagJob::putBack(const Error &reason)
{
    runChild(m_session->pushManifest(m_repository, m_tag, m_manifest),
             [this, reason](const Result<PushedManifest> &result) {
                 m_isDisplaced = m_isDisplaced && !result;
                 Error error = reason;
                 error.httpStatus = 0; // It is no answer to what the caller asked for.
                 error.serverCode.clear();
                 if (!result) // Whatever the reason was: something has been changed.
                     error.kind = Error::Kind::Ambiguous;
                 error.message =
                     result ? tr("The tag was not removed; it points to its image again. %1")
                                  .arg(reason.message)
                            : tr("The tag was not removed, and it no longer points to its image "
                                 "(%1): %2")
                                  .arg(m_manifest.digest.toString(), result.error().message);
                 fail(error);
             });
}

void DisplaceTagJob::releaseResources()
{
    if (m_isDisplaced && !m_isOwn && m_session)
        m_session->pushManifest(m_repository, m_tag, m_manifest)->start();
}

} // namespace Longshore
