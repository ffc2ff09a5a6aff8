// SPDX-License-Identifier: Apache-2.0
#include "core/session/readmanifestsjob.h"

#include "core/base/foreachjob.h"

namespace Longshore {

constexpr int deepestIndex = 8;

ReadManifestsJob::ReadManifestsJob(Session &session, const RepositoryName &repository,
                                   const QList<Digest> &roots, MissingEntry missing,
                                   QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_repository(repository)
    , m_roots(roots)
    , m_missing(missing)
    , m_known(roots.begin(), roots.end())
{}

void ReadManifestsJob::doStart()
{
    readLevel(m_roots);
}

void ReadManifestsJob::readLevel(const QList<Digest> &digests)
{
    if (digests.isEmpty())
        return succeed(std::move(m_manifests));
    if (++m_depth > deepestIndex)
        return fail({Error::Kind::TooLarge, tr("The indexes of this image are nested too deep.")});
    auto *readAll = new ForEachJob<Digest, Manifest>(
        digests,
        [this](const Digest &digest) {
            return m_session.fetchManifest(m_repository, digest, Session::Priority::Interactive);
        },
        [this](const Digest &digest, const auto &manifest) {
            if (isRunning())
                handle(digest, manifest);
        });
    connect(readAll, &Job::progressChanged, this, &Job::progressChanged);
    runChild(readAll, [this](const Result<Done> &) { readLevel(std::exchange(m_entries, {})); });
}

void ReadManifestsJob::handle(const Digest &digest, const Result<Manifest> &manifest)
{
    const bool isEntry = m_depth > 1;
    const bool mayLack =
        m_missing == MissingEntry::SkipRoots || (isEntry && m_missing == MissingEntry::Skip);
    if (!manifest && mayLack && manifest.error().kind == Error::Kind::NotFound)
        return;
    if (!manifest)
        return fail(manifest.error());
    m_manifests.insert(digest, *manifest);
    const ImageIndex *index = manifest->index();
    if (!index)
        return;
    for (const Descriptor &entry : index->manifests) {
        if (m_known.contains(entry.digest))
            continue;
        m_known.insert(entry.digest);
        m_entries.append(entry.digest);
    }
}

} // namespace Longshore
