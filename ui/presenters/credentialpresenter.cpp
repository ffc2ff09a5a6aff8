// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/credentialpresenter.h"

#include "core/auth/keychainjob.h"
#include "core/base/workerjob.h"
#include "core/registry/registryaddress.h"

namespace Longshore::Ui {

using Registries = QList<KnownRegistry>;

/// Keys of such files can be anything.
static Registries realRegistries(const QProcessEnvironment &environment)
{
    Registries registries = knownRegistries(environment);
    registries.removeIf([](const KnownRegistry &registry) {
        const auto address = RegistryAddress::parse(registry.host);
        return !address || address->host != registry.host;
    });
    return registries;
}

CredentialPresenter::CredentialPresenter(QObject *parent) : QObject(parent)
{}

void CredentialPresenter::lookForRegistries()
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    auto *files = new WorkerJob<Registries>(
        [environment](const CancelFlag &) -> Result<Registries> {
            return realRegistries(environment);
        },
        this);
    files->then(this, [this](const Result<Registries> &registries) {
        if (!registries)
            return;
        m_registries = *registries;
        emit changed();
    });
    files->start();
}

void CredentialPresenter::lookForKeychain()
{
    KeychainJob *keychain = KeychainJob::probe(this);
    keychain->then(this, [this](const Result<Secret> &answer) {
        m_keychain = answer ? Keychain::Present : Keychain::Missing;
        emit changed();
    });
    keychain->start();
}

CredentialSource CredentialPresenter::sourceFor(const QString &host) const
{
    for (const KnownRegistry &registry : m_registries) {
        if (registry.host == host)
            return registry.source;
    }
    return {};
}

} // namespace Longshore::Ui
