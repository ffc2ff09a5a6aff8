// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/capabilitykeeper.h"

#include "core/registry/registrysession.h"

namespace Longshore::Ui {

void CapabilityKeeper::follow(const QString &connectionId, RegistrySession &session)
{
    session.recallCapabilities(m_store.find(connectionId));
    connect(&session, &RegistrySession::capabilitiesChanged, this,
            [this, connectionId, asking = &session] {
                m_store.save(connectionId, asking->capabilities().toJson());
            });
}

} // namespace Longshore::Ui
