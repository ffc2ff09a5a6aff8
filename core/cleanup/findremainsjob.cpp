// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/findremainsjob.h"

#include "core/base/foreachjob.h"
#include "core/cleanup/findreferrersjob.h"
#include "core/cleanup/takeinventoryjob.h"
#include "core/oci/manifest.h"
#include "core/registry/registrysession.h"

namespace Longshore {

FindRemainsJob::FindRemainsJob(RegistrySession &session, const RepositorySnapshot &snapshot,
                               const QList<Digest> &images, QObject *parent)
    : ResultJob(parent), m_session(session), m_snapshot(snapshot), m_images(images)
{}

void FindRemainsJob::doStart()
{
    auto *referrers = new FindReferrersJob(m_session, {m_snapshot},
                                           QSet<Digest>(m_images.begin(), m_images.end()));
    runChild(referrers, [this](const Result<RepositoryInventory> &inventory) {
        if (!inventory)
            return fail(inventory.error());
        addParts();
        addReferrers(*inventory);
        readParts();
    });
}

/// What no tag leads to but that of an index that goes.
void FindRemainsJob::addParts()
{
    const QSet<Digest> leaving(m_images.begin(), m_images.end());
    QSet<Digest> known; // Or listed already.
    for (const auto &[tag, manifest] : std::as_const(m_snapshot.tags)) {
        known.insert(manifest.digest);
        if (leaving.contains(manifest.digest))
            continue;
        const QList<Digest> parts = m_snapshot.children.value(manifest.digest);
        known.unite(QSet<Digest>(parts.begin(), parts.end()));
    }
    for (const Digest &image : std::as_const(m_images)) {
        const QList<Digest> parts = m_snapshot.children.value(image);
        for (const Digest &part : parts) {
            if (known.contains(part))
                continue;
            known.insert(part);
            m_remains.append({Remain::Kind::Part, part, image});
        }
    }
}

void FindRemainsJob::addReferrers(const RepositoryInventory &inventory)
{
    QSet<Digest> listed;
    for (const Digest &image : std::as_const(m_images)) {
        const QList<Digest> referrers = inventory.referrers.value(image);
        for (const Digest &referrer : referrers) {
            if (listed.contains(referrer))
                continue;
            listed.insert(referrer);
            m_remains.append(
                {Remain::Kind::Referrer, referrer, image, inventory.details.value(referrer).size});
        }
    }
}

void FindRemainsJob::readParts()
{
    QList<Digest> parts;
    for (const Remain &remain : std::as_const(m_remains)) {
        if (remain.kind == Remain::Kind::Part)
            parts.append(remain.digest);
    }
    auto *readAll = new ForEachJob<Digest, Manifest>(
        parts,
        [this](const Digest &digest) {
            return m_session.fetchManifest(m_snapshot.repository, digest,
                                           Session::Priority::Background);
        },
        [this](const Digest &digest, const Result<Manifest> &manifest) {
            if (manifest)
                m_sizes.insert(digest, detailsOf(*manifest).size);
            else if (manifest.error().kind == Error::Kind::NotFound)
                m_gone.insert(digest);
        });
    runChild(readAll, [this](const Result<Done> &) {
        m_remains.removeIf([this](const Remain &remain) { return m_gone.contains(remain.digest); });
        for (Remain &remain : m_remains)
            remain.size = m_sizes.value(remain.digest, remain.size);
        succeed(m_remains);
    });
}

} // namespace Longshore
