// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/passwordkeeper.h"

#include "core/auth/keychainjob.h"
#include "core/settings/connectioncredentials.h"

namespace Longshore::Ui {

PasswordKeeper::PasswordKeeper(ConnectionStore &store, QObject *parent)
    : QObject(parent), m_store(store)
{}

void PasswordKeeper::keep(const SavedConnection &connection, const Secret &password)
{
    const QString key = keychainKeyOf(connection);
    if (key.isEmpty() || password.isEmpty())
        return;
    KeychainJob *job = KeychainJob::write(key, password, this);
    job->then(this, [this, id = connection.id](const Result<Secret> &result) {
        if (!result)
            handleRefusal(id, result.error());
    });
    job->start();
}

void PasswordKeeper::handleRefusal(const QString &connectionId, const Error &error)
{
    // One that does not answer yet may still do so, when the person has unlocked it.
    auto saved = m_store.find(connectionId);
    if (saved && error.kind != Error::Kind::Timeout) {
        saved->signIn = SavedConnection::SignIn::Session;
        (void)m_store.save(*saved); // Else it looks into the keychain in vain, and asks.
    }
    emit notKept(tr("%1 It is known until the program ends, and is asked for again then.")
                     .arg(error.message));
}

void PasswordKeeper::forget(const SavedConnection &connection)
{
    const QString key = keychainKeyOf(connection);
    const auto &others = m_store.connections();
    const bool isNeeded = std::any_of(others.begin(), others.end(), [&](const auto &other) {
        return keychainKeyOf(other) == key;
    });
    if (!key.isEmpty() && !isNeeded)
        KeychainJob::erase(key, this)->start();
}

} // namespace Longshore::Ui
