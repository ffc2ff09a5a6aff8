// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"
#include "ui/dialogs/copydialog.h"
#include "ui/pages/page.h"

#include <QHash>

class QFileDialog;

namespace Longshore::Ui {

class RegistryPresenter;
class TransferListModel;
class TransferPresenter;

/// Brings images into registries: asks for files and where they shall go, starts the transfers,
/// shows their progress. Opens files to look into them.
class CopyCommands final : public QObject
{
    Q_OBJECT

public:
    using Proposal = CopyDialog::Proposal;

    CopyCommands(RegistryPresenter &registries, TransferPresenter &transfers,
                 TransferListModel &model, WindowSettings &settings, QWidget *window);

    /// Lets archives be chosen first.
    void askForFiles(const Proposal &proposal);
    /// Lets a folder be chosen first.
    void askForFolder(const Proposal &proposal);
    /// Lets an archive be chosen, or a file that marks a folder with images; opens that as a
    /// connection.
    void askForFileToOpen();
    /// Nothing is sent before somebody has seen what it is.
    void upload(const QStringList &paths, const Proposal &proposal);
    /// Images of a repository, to another place.
    void copy(const Place &repository, const QList<Reference> &images, const Proposal &proposal);

signals:
    void filesOpened(const QString &connectionId);
    /// A registry has an image, or a tag, that it had not before.
    void stored(const Longshore::Ui::Place &repository);

private:
    QFileDialog *ask(const QString &title, const QString &name, int fileMode);
    void show(std::unique_ptr<ImageSource> source, const Proposal &proposal);
    void begin(const CopyDialog &dialog);
    void handleEnd(quint64 id);
    [[nodiscard]] QList<CopyTarget> targets() const;

    RegistryPresenter &m_registries;
    TransferPresenter &m_transfers;
    TransferListModel &m_model;
    WindowSettings &m_settings;
    QWidget *m_window;
    QHash<quint64, Place> m_running; ///< Where transfers of ours go.
};

} // namespace Longshore::Ui
