// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentialplaces.h"

#include <QObject>

namespace Longshore::Ui {

/// What this computer offers for signing in: the registries that Docker and Podman know, and
/// whether there is a keychain. Reads no password.
class CredentialPresenter final : public QObject
{
    Q_OBJECT

public:
    enum class Keychain { Unknown, Present, Missing };

    explicit CredentialPresenter(QObject *parent = nullptr);

    /// changed() follows.
    void lookForRegistries();
    void lookForKeychain();

    [[nodiscard]] const QList<KnownRegistry> &registries() const noexcept { return m_registries; }
    /// Where the credentials for \a host would come from; Kind::None when nobody knows it.
    [[nodiscard]] CredentialSource sourceFor(const QString &host) const;
    [[nodiscard]] Keychain keychain() const noexcept { return m_keychain; }

signals:
    void changed();

private:
    QList<KnownRegistry> m_registries;
    Keychain m_keychain = Keychain::Unknown;
};

} // namespace Longshore::Ui
