// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/provetagremovaljob.h"

#include "core/cleanup/displacetagjob.h"
#include "core/cleanup/removeprobejob.h"
#include "core/registry/registrysession.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace Longshore {

ProveTagRemovalJob::ProveTagRemovalJob(RegistrySession &session, const TagRemoval &removal,
                                       const Manifest &manifest, QObject *parent)
    : ResultJob(parent), m_session(&session), m_removal(removal), m_manifest(manifest)
{}

/// What cannot be deleted again is not put there.
void ProveTagRemovalJob::doStart()
{
    runChild(m_session->probe({Capability::Deletion, m_removal.snapshot.repository}),
             [this](const Result<Support> &support) {
                 if (!support)
                     return fail(support.error());
                 if (*support != Support::Yes)
                     return fail({Error::Kind::Unsupported,
                                  tr("Nothing can be deleted in this repository, so it cannot be "
                                     "found out whether a tag can be removed alone.")});
                 push();
             });
}

void ProveTagRemovalJob::push()
{
    const QString nonce = QUuid::createUuid().toString(QUuid::Id128);
    for (const QString &end : {u"-a"_s, u"-b"_s})
        m_tags.append(*Tag::parse(QString("longshore-probe-"_L1 + nonce + end)));
    const auto placeholder = placeholderFor(m_manifest, m_tags.first(), nonce);
    if (!placeholder)
        return fail({Error::Kind::Unsupported,
                     tr("A tag of such an image cannot be removed alone on this server.")});
    m_manifest = *placeholder;
    pushNext();
}

void ProveTagRemovalJob::pushNext()
{
    if (m_pushed == m_tags.size())
        return remove();
    const Tag &tag = m_tags.at(m_pushed++);
    runChild(m_session->pushManifest(m_removal.snapshot.repository, tag, m_manifest),
             [this](const Result<PushedManifest> &pushed) {
                 if (!pushed)
                     return cleanUp(pushed.error());
                 pushNext();
             });
}

void ProveTagRemovalJob::remove()
{
    // Of these nobody has more than we know.
    RepositorySnapshot own{
        m_removal.snapshot.repository, QDateTime::currentDateTimeUtc(), {}, {}, {}, {}};
    for (const Tag &tag : std::as_const(m_tags))
        own.tags.append({tag, m_manifest.descriptor()});
    m_removal.snapshot = own;
    m_removal.tag = m_tags.first();
    m_removal.isOwn = true;
    runChild(new RemoveTagJob(*m_session, m_removal), [this](const Result<RemovedTag> &removed) {
        cleanUp(removed ? Result<Done>(Done()) : removed.error());
    });
}

void ProveTagRemovalJob::cleanUp(const Result<Done> &outcome)
{
    runChild(new RemoveProbeJob(*m_session, m_removal.snapshot.repository, m_manifest.digest,
                                m_tags.first(m_pushed)),
             [this, outcome](const Result<ProbeRemains> &remains) {
                 if (!remains)
                     return fail(remains.error());
                 m_pushed = 0;
                 if (!remains->tags.isEmpty())
                     return fail({remains->error ? remains->error->kind : Error::Kind::Changed,
                                  remains->text()
                                      + (outcome ? QString() : u' ' + outcome.error().message)});
                 if (!outcome)
                     return fail(outcome.error());
                 succeed(Done());
             });
}

void ProveTagRemovalJob::releaseResources()
{
    if (m_pushed == 0 || !m_session)
        return;
    const QList<Tag> pushed = m_tags.first(m_pushed);
    auto *removal = new RemoveProbeJob(*m_session, m_removal.snapshot.repository, m_manifest.digest,
                                       pushed, m_session);
    removal->then(m_session,
                  [report = m_report, tags = pushed](const Result<ProbeRemains> &remains) {
                      const ProbeRemains left = remains ? *remains : ProbeRemains{tags};
                      if (report && !left.tags.isEmpty())
                          report(left.text());
                  });
    removal->start();
}

} // namespace Longshore
