// SPDX-License-Identifier: Apache-2.0
#include "core/registry/pushmanifestjob.h"

#include "core/http/httpclient.h"
#include "core/registry/updatereferrerstagjob.h"

namespace Longshore {

PushManifestJob::PushManifestJob(HttpClient &client, const ManifestTarget &target,
                                 const Manifest &manifest, QObject *parent)
    : ResultJob(parent), m_client(client), m_target(target), m_manifest(manifest)
{}

void PushManifestJob::doStart()
{
    runChild(new PutManifestJob(m_client, m_target, m_manifest),
             [this](const Result<StoredManifest> &stored) {
                 if (!stored)
                     return fail(stored.error());
                 const auto subject = subjectOf(m_manifest);
                 if (subject && !stored->listsReferrer)
                     return list(*subject);
                 succeed({m_manifest.digest});
             });
}

void PushManifestJob::list(const Digest &subject)
{
    const ReferrersChange change{subject, referrerDescriptor(m_manifest)};
    runChild(new UpdateReferrersTagJob(m_client, m_target.urls, m_target.repository, change),
             [this](const Result<Done> &result) {
                 PushedManifest pushed{m_manifest.digest};
                 if (!result)
                     pushed.listError = result.error();
                 succeed(pushed);
             });
}

} // namespace Longshore
