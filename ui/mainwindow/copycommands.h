// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/connectionstore.h"
#include "core/settings/windowsettings.h"
#include "ui/dialogs/copydialog.h"
#include "ui/mainwindow/oldtagremovals.h"

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
    /// Opens what is there as a connection.
    void openFile(const QString &path);
    /// Nothing is sent before somebody has seen what it is.
    void upload(const QStringList &paths, const Proposal &proposal);
    /// Lets the files of a layer be chosen first.
    void askForLayer(const Place &image, const Digest &digest);
    /// A new image in the same repository: the one that \a image names and that has the \a digest,
    /// which may be one of several platforms, and a layer on top of it.
    void extend(const Place &image, const Digest &digest, const QStringList &paths);
    /// Images of a repository, to another place.
    void copy(const Place &repository, const QList<Reference> &images, const Proposal &proposal);

    /// Where it is written down which tags went.
    void setJournal(std::shared_ptr<RunJournal> journal)
    {
        m_oldTags->setJournal(std::move(journal));
    }
    /// Further tags for an image of that repository; the one that it has may go for them.
    void retag(const Place &repository, const Reference &image);
    /// Whether no tag is being removed for that; see OldTagRemovals.
    [[nodiscard]] bool mayClose(bool isForced) { return m_oldTags->mayClose(isForced); }

signals:
    void filesOpened(const QString &connectionId);
    /// A registry has an image, or a tag, that it had not before.
    void stored(const Longshore::Ui::Place &repository);
    /// A new image is in a registry, which was made here.
    void made(const Longshore::Ui::Place &image);
    /// A tag went for others; the backup is in this folder.
    void tagRemoved(const QString &folder);
    /// Something that the person should know; a sentence.
    void noticed(const QString &notice);

private:
    QFileDialog *ask(const QString &title, const QString &name, int fileMode);
    void show(std::unique_ptr<ImageSource> source, const Proposal &proposal);
    /// What brings images into the repository of \a place.
    QList<quint64> begin(const QList<TransferTask> &tasks, Place place);
    void handleEnd(quint64 id);
    [[nodiscard]] CopyTarget targetFor(const SavedConnection &connection,
                                       const std::shared_ptr<RegistrySession> &session) const;
    [[nodiscard]] QList<CopyTarget> targets() const;

    RegistryPresenter &m_registries;
    TransferPresenter &m_transfers;
    TransferListModel &m_model;
    WindowSettings &m_settings;
    QWidget *m_window;
    QHash<quint64, Place>
        m_running; ///< Where transfers of ours go; with the reference of a new image.
    OldTagRemovals *m_oldTags;
};

} // namespace Longshore::Ui
