// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/findreferrersjob.h"

#include "core/base/foreachjob.h"
#include "core/cleanup/takeinventoryjob.h"
#include "core/registry/listreferrersjob.h"
#include "core/registry/probecapabilityjob.h"
#include "core/registry/registrysession.h"

namespace Longshore {

constexpr int deepestReference = 8; // A signature of a list of what is in an image is at two.

FindReferrersJob::FindReferrersJob(RegistrySession &session, const RepositoryInventory &inventory,
                                   const QSet<Digest> &images, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_inventory(inventory)
    , m_images(images.begin(), images.end())
{
    for (const auto &[tag, manifest] : inventory.snapshot.tags)
        m_tagged.insert(manifest.digest);
    for (const Digest &image : images)
        m_about.insert(image, image);
}

void FindReferrersJob::doStart()
{
    if (m_images.isEmpty())
        return succeed(m_inventory);
    const CapabilityProbe probe{Capability::Referrers, m_inventory.snapshot.repository};
    runChild(new ProbeCapabilityJob(m_session.client(), m_session.urls(), probe),
             [this](const Result<Support> &support) {
                 if (!support)
                     return fail(support.error());
                 if (*support != Support::Yes)
                     return succeed(m_inventory);
                 listAll();
             });
}

void FindReferrersJob::listAll()
{
    auto *lists = new ForEachJob<Digest, QList<Descriptor>>(
        m_images,
        [this](const Digest &image) {
            auto *list = new ListReferrersJob(m_session.client(), m_session.urls(),
                                              {m_inventory.snapshot.repository, image, {}});
            list->setSupport(Support::Yes); // It was asked just now.
            return list;
        },
        [this](const Digest &image, const auto &referrers) {
            if (isRunning())
                handleList(image, referrers);
        });
    connect(lists, &Job::progressChanged, this, &Job::progressChanged);
    runChild(lists, [this](const Result<Done> &) { readAll(); });
}

void FindReferrersJob::handleList(const Digest &image, const Result<QList<Descriptor>> &referrers)
{
    // Without the list nobody can say what would be about nothing.
    if (!referrers)
        return fail(referrers.error());
    const QList<Digest> images = m_about.values(image);
    for (const Descriptor &referrer : *referrers) {
        if (m_tagged.contains(referrer.digest))
            continue;
        if (!m_about.contains(referrer.digest))
            m_found.insert(referrer.digest);
        for (const Digest &one : images) {
            if (m_about.contains(referrer.digest, one))
                continue;
            m_about.insert(referrer.digest, one);
            m_inventory.referrers[one].append(referrer.digest);
        }
    }
}

void FindReferrersJob::readAll()
{
    auto *manifests = new ForEachJob<Digest, Manifest>(
        {m_found.begin(), m_found.end()},
        [this](const Digest &digest) {
            return m_session.fetchManifest(m_inventory.snapshot.repository, digest,
                                           Session::Priority::Background);
        },
        [this](const Digest &digest, const Result<Manifest> &manifest) {
            if (manifest)
                m_inventory.details.insert(digest, detailsOf(*manifest));
        });
    connect(manifests, &Job::progressChanged, this, &Job::progressChanged);
    runChild(manifests, [this](const Result<Done> &) { goDeeper(); });
}

/// What refers to what refers to an image goes and stays with that, too.
void FindReferrersJob::goDeeper()
{
    m_images = m_found.values();
    m_found.clear();
    if (m_images.isEmpty())
        return succeed(m_inventory);
    if (++m_depth > deepestReference)
        return fail({Error::Kind::TooLarge,
                     tr("What refers to an image of this repository is nested too deep.")});
    listAll();
}

} // namespace Longshore
