// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secret.h"
#include "core/settings/connectionstore.h"

namespace Longshore::Ui {

/// Keeps the passwords of saved connections in the keychain, for those that want it.
class PasswordKeeper final : public QObject
{
    Q_OBJECT

public:
    explicit PasswordKeeper(ConnectionStore &store, QObject *parent = nullptr);

    void keep(const SavedConnection &connection, const Secret &password);
    /// \a connection is gone, or is another one now: takes its password away, unless one that is
    /// in the list needs it.
    void forget(const SavedConnection &connection);

signals:
    /// The password is only known until the program ends.
    void notKept(const QString &message);

private:
    void handleRefusal(const QString &connectionId, const Error &error);

    ConnectionStore &m_store;
};

} // namespace Longshore::Ui
