// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/registrysession.h"
#include "core/settings/capabilitystore.h"

#include <QHash>
#include <QPointer>

namespace Longshore::Ui {

/// Tells sessions what earlier ones knew of their registries, and keeps what they find out.
class CapabilityKeeper final : public QObject
{
    Q_OBJECT

public:
    explicit CapabilityKeeper(const CapabilityStore &store = CapabilityStore(),
                              QObject *parent = nullptr)
        : QObject(parent), m_store(store)
    {}

    /// From now on, for as long as the session lasts.
    void follow(const QString &connectionId, RegistrySession &session);
    /// The connection is gone, or is another one now.
    void forget(const QString &connectionId);

private:
    void leave(const QString &connectionId);

    CapabilityStore m_store;
    QHash<QString, QPointer<RegistrySession>> m_followed; ///< By their connections.
};

} // namespace Longshore::Ui
