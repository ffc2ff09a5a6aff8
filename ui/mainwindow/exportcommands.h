// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"
#include "ui/pages/page.h"

namespace Longshore {
class Session;
struct TransferTask;
} // namespace Longshore

namespace Longshore::Ui {

class TransferListModel;
class TransferPresenter;

/// Brings layers and images to disk: asks where to, starts the transfer, shows its progress.
class ExportCommands final : public QObject
{
    Q_OBJECT

public:
    ExportCommands(TransferPresenter &transfers, TransferListModel &model, WindowSettings &settings,
                   QWidget *window);

    /// As it is stored.
    void exportLayer(const std::shared_ptr<Session> &session, const RepositoryName &repository,
                     const LayerChoice &choice);
    /// In the form that is chosen then.
    void exportImage(const std::shared_ptr<Session> &session, const RepositoryName &repository,
                     const Reference &reference);

private:
    void begin(const TransferTask &task);

    TransferPresenter &m_transfers;
    TransferListModel &m_model;
    WindowSettings &m_settings;
    QWidget *m_window;
};

} // namespace Longshore::Ui
