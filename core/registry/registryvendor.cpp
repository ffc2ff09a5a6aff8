// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registryvendor.h"

#include "core/http/authchallenge.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

RegistryVendor vendorOf(const QString &host, const QByteArray &challenge, const QByteArray &server)
{
    const QList<AuthChallenge> challenges = parseChallenges(challenge);
    const auto asksWith = [&challenges](const QByteArray &name, const QByteArray &value) {
        return std::any_of(challenges.begin(), challenges.end(), [&](const AuthChallenge &one) {
            return one.parameters.value(name) == value;
        });
    };
    if (host.endsWith(".azurecr.io"_L1))
        return RegistryVendor::Azure;
    if (asksWith("service", "container_registry"))
        return RegistryVendor::GitLab;
    if (server.startsWith("Nexus/") || asksWith("realm", "Sonatype Nexus Repository Manager"))
        return RegistryVendor::Nexus;
    return RegistryVendor::Unknown;
}

QList<QUrl> tagPlaces(RegistryVendor vendor, const RegistryUrls &urls,
                      const RepositoryName &repository, const Tag &tag)
{
    const QUrl common = urls.manifest(repository, tag);
    switch (vendor) {
    case RegistryVendor::Azure: return {urls.azureTag(repository, tag)};
    case RegistryVendor::GitLab: return {common, urls.gitLabTag(repository, tag)};
    case RegistryVendor::Nexus:
    case RegistryVendor::Unknown: break;
    }
    return {common};
}

} // namespace Longshore
