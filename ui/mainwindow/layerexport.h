// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"
#include "ui/pages/page.h"

namespace Longshore {
class RegistrySession;
}

namespace Longshore::Ui {

class TransferListModel;
class TransferPresenter;

/// Saves one layer as it is stored: asks for the file, starts the transfer, shows its progress.
class LayerExport final : public QObject
{
    Q_OBJECT

public:
    LayerExport(TransferPresenter &transfers, TransferListModel &model, WindowSettings &settings,
                QWidget *window);

    void start(const std::shared_ptr<RegistrySession> &session, const RepositoryName &repository,
               const LayerChoice &choice);

private:
    TransferPresenter &m_transfers;
    TransferListModel &m_model;
    WindowSettings &m_settings;
    QWidget *m_window;
};

} // namespace Longshore::Ui
