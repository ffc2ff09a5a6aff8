// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/productionguard.h"

#include "core/registry/registrysession.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/presenters/registrypresenter.h"
#include "ui/views/productionband.h"

namespace Longshore::Ui {

ProductionGuard::ProductionGuard(const MainActions &actions, RegistryPresenter &registries,
                                 QObject *parent)
    : QObject(parent)
    , m_actions(actions)
    , m_registries(registries)
    , m_band(new ProductionBand(actions.allowChanges))
{
    actions.allowChanges->setCheckable(true);
    connect(actions.allowChanges, &QAction::triggered, this,
            [this](bool isAllowed) { m_registries.allowChanges(m_id, isAllowed); });
    connect(&registries, &RegistryPresenter::protectionChanged, this,
            [this] { showConnection(m_id); });
    showConnection({});
}

void ProductionGuard::showConnection(const QString &id)
{
    m_id = id;
    const auto session = m_registries.session(id);
    const HttpClient *client = session ? &session->client() : nullptr;
    const bool isProduction = client && client->settings().isProduction;
    const bool allowsChanges = isProduction && client->allowsChanges();
    m_actions.allowChanges->setEnabled(isProduction && !client->settings().isReadOnly);
    m_actions.allowChanges->setChecked(allowsChanges);
    m_band->showHost(isProduction ? session->host() : QString(), allowsChanges);
}

} // namespace Longshore::Ui
