// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/tokenserverconsent.h"

#include <QStringList>

namespace Longshore {

/// Which registries may have their sign-ins sent to which token servers on other sites, as the
/// person once agreed. Holds no secret.
class TokenServerStore
{
public:
    /// \a path is of a file, which need not be there yet.
    explicit TokenServerStore(const QString &path = defaultPath());

    /// In the folder of the settings of this person.
    [[nodiscard]] static QString defaultPath();

    /// Read anew each time: other windows agree to something too.
    [[nodiscard]] bool contains(const TokenServerQuestion &pair) const;
    /// Fails when it cannot be kept.
    [[nodiscard]] Result<Done> add(const TokenServerQuestion &pair);

private:
    QString m_path;
};

/// Agrees to what was agreed to before, or was named at the start; refuses everything else, and
/// asks nobody.
class RememberedConsent final : public TokenServerConsent
{
public:
    /// \a tokenServers may have the sign-in for whatever registry.
    explicit RememberedConsent(const TokenServerStore &store, const QStringList &tokenServers = {})
        : m_store(store), m_tokenServers(tokenServers)
    {}
    [[nodiscard]] ResultJob<Done> *ask(const TokenServerQuestion &question) override;

private:
    TokenServerStore m_store;
    QStringList m_tokenServers;
};

} // namespace Longshore
