// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registryvendor.h"

#include "core/http/authchallenge.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

RegistryVendor vendorOf(const QString &host, const QByteArray &challenge)
{
    if (host.endsWith(".azurecr.io"_L1))
        return RegistryVendor::Azure;
    const QList<AuthChallenge> challenges = parseChallenges(challenge);
    const bool isGitLab =
        std::any_of(challenges.begin(), challenges.end(), [](const AuthChallenge &one) {
            return one.parameters.value("service") == "container_registry";
        });
    return isGitLab ? RegistryVendor::GitLab : RegistryVendor::Unknown;
}

QList<QUrl> tagPlaces(RegistryVendor vendor, const RegistryUrls &urls,
                      const RepositoryName &repository, const Tag &tag)
{
    const QUrl common = urls.manifest(repository, tag);
    switch (vendor) {
    case RegistryVendor::Azure: return {urls.azureTag(repository, tag)};
    case RegistryVendor::GitLab: return {common, urls.gitLabTag(repository, tag)};
    case RegistryVendor::Unknown: break;
    }
    return {common};
}

} // namespace Longshore
