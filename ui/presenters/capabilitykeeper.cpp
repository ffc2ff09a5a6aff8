// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/capabilitykeeper.h"

namespace Longshore::Ui {

void CapabilityKeeper::follow(const QString &connectionId, RegistrySession &session)
{
    leave(connectionId);
    m_followed.insert(connectionId, &session);
    session.recallCapabilities(m_store.find(connectionId));
    connect(&session, &RegistrySession::capabilitiesChanged, this,
            [this, connectionId, asking = &session] {
                m_store.save(connectionId, asking->capabilities().toJson());
            });
}

/// Transfers may go on with the session: what it finds out is about what the connection was.
void CapabilityKeeper::leave(const QString &connectionId)
{
    if (const auto before = m_followed.take(connectionId))
        before->disconnect(this);
}

void CapabilityKeeper::forget(const QString &connectionId)
{
    leave(connectionId);
    m_store.remove(connectionId);
}

} // namespace Longshore::Ui
