// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"
#include "ui/pages/page.h"

namespace Longshore {
class Session;
struct PlaceExport;
struct TransferTask;
} // namespace Longshore

namespace Longshore::Ui {

class ExportPresenter;
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
    /// Those of one image, to one folder, in the form that is chosen then.
    void exportLayers(const std::shared_ptr<Session> &session, const RepositoryName &repository,
                      const QList<LayerChoice> &layers);
    /// To one place, or to one for each, in the form that is chosen then.
    void exportImages(const std::shared_ptr<Session> &session, const RepositoryName &repository,
                      const QList<Reference> &references);
    /// What was dragged to some place: a layer as it is stored, images in one archive. Never in place of what
    /// is there.
    void save(const std::shared_ptr<Session> &session, const RepositoryName &repository,
              const WantedFile &file);

private:
    void ask(std::unique_ptr<ExportPresenter> presenter);
    [[nodiscard]] QString freePath(const QString &path) const;
    void begin(const QList<PlaceExport> &exports, const ExportPresenter &images);
    void begin(const TransferTask &task);

    TransferPresenter &m_transfers;
    TransferListModel &m_model;
    WindowSettings &m_settings;
    QWidget *m_window;
};

} // namespace Longshore::Ui
