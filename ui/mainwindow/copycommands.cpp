// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/copycommands.h"

#include "core/registry/registrysession.h"
#include "ui/dialogs/retagdialog.h"
#include "ui/dialogs/transferdialog.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/connectionprotection.h"
#include "ui/presenters/filesource.h"
#include "ui/presenters/layersource.h"
#include "ui/presenters/openedfiles.h"
#include "ui/presenters/registrypresenter.h"
#include "ui/presenters/registrysource.h"
#include "ui/presenters/transferpresenter.h"

#include <QFileDialog>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

CopyCommands::CopyCommands(RegistryPresenter &registries, TransferPresenter &transfers,
                           TransferListModel &model, WindowSettings &settings, QWidget *window)
    : QObject(window)
    , m_registries(registries)
    , m_transfers(transfers)
    , m_model(model)
    , m_settings(settings)
    , m_window(window)
    , m_oldTags(new OldTagRemovals(registries, window))
{
    connect(&transfers, &TransferPresenter::ended, this, &CopyCommands::handleEnd);
    connect(&transfers, &TransferPresenter::removed, this, [this](quint64 id) {
        m_running.remove(id);
        m_oldTags->noteLoss(id);
    });
    connect(m_oldTags, &OldTagRemovals::changed, this, &CopyCommands::stored);
    connect(m_oldTags, &OldTagRemovals::removed, this, &CopyCommands::tagRemoved);
    connect(m_oldTags, &OldTagRemovals::noticed, this, &CopyCommands::noticed);
}

void CopyCommands::askForFiles(const Proposal &proposal)
{
    const QFileDialog *dialog =
        ask(tr("Upload Image"), u"uploadFileDialog"_s, QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, proposal](const QStringList &paths) { upload(paths, proposal); });
}

void CopyCommands::askForFolder(const Proposal &proposal)
{
    const QFileDialog *dialog =
        ask(tr("Upload Image Folder"), u"uploadFolderDialog"_s, QFileDialog::Directory);
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, proposal](const QStringList &paths) { upload(paths, proposal); });
}

/// A folder with images is chosen by the file that makes it one.
static QString imagePlace(const QString &path)
{
    const QFileInfo file(path);
    const QStringList marks{u"oci-layout"_s, u"index.json"_s, u"manifest.json"_s, u"version"_s};
    return marks.contains(file.fileName()) ? file.absolutePath() : path;
}

void CopyCommands::askForFileToOpen()
{
    const QFileDialog *dialog =
        ask(tr("Open Image File"), u"openFileDialog"_s, QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &path) { openFile(imagePlace(path)); });
}

void CopyCommands::openFile(const QString &path)
{
    emit filesOpened(m_registries.files().add(path));
}

QFileDialog *CopyCommands::ask(const QString &title, const QString &name, int fileMode)
{
    auto *dialog = new QFileDialog(m_window, title, m_settings.importFolder());
    dialog->setObjectName(name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(static_cast<QFileDialog::FileMode>(fileMode));
    dialog->setOption(QFileDialog::ShowDirsOnly, fileMode == QFileDialog::Directory);
    if (fileMode != QFileDialog::Directory)
        dialog->setNameFilters(
            {tr("Images (*.tar *.tar.gz *.tgz *.tar.zst *.tzst oci-layout)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        m_settings.setImportFolder(QFileInfo(paths.constFirst()).absolutePath());
    });
    dialog->open();
    return dialog;
}

void CopyCommands::upload(const QStringList &paths, const Proposal &proposal)
{
    show(std::make_unique<FileSource>(paths), proposal);
}

void CopyCommands::askForLayer(const Place &image, const Digest &digest)
{
    QFileDialog *dialog = ask(tr("Add Layer"), u"layerFileDialog"_s, QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, image, digest](const QStringList &paths) { extend(image, digest, paths); });
}

void CopyCommands::extend(const Place &image, const Digest &digest, const QStringList &paths)
{
    const auto session = m_registries.session(image.connectionId);
    if (!session)
        return;
    show(std::make_unique<LayerSource>(session,
                                       ImageExtension{ImageChoice{image.repository, digest}, paths},
                                       *image.reference),
         {image.connectionId, image.repository.toString()});
}

void CopyCommands::copy(const Place &repository, const QList<Reference> &images,
                        const Proposal &proposal)
{
    if (const auto session = m_registries.source(repository.connectionId))
        show(std::make_unique<RegistrySource>(session, repository.repository, images), proposal);
}

void CopyCommands::retag(const Place &repository, const Reference &image)
{
    const auto session = m_registries.session(repository.connectionId);
    const auto connection = m_registries.store().find(repository.connectionId);
    if (!session || !connection)
        return;
    const RegistrySource source(session, repository.repository, {image});
    auto *dialog =
        new RetagDialog(source.images().constFirst(), targetFor(*connection, session), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const Place place{repository.connectionId, repository.repository}; // No image is made.
    connect(dialog, &QDialog::accepted, this, [this, dialog, place] {
        const QList<quint64> ids = begin(dialog->presenter().tasks(), place);
        if (const auto old = dialog->oldTag())
            m_oldTags->await(place, *old, ids);
    });
    dialog->open();
}

CopyTarget CopyCommands::targetFor(const SavedConnection &connection,
                                   const std::shared_ptr<RegistrySession> &session) const
{
    return {connection.id, connection.name, session, objectionToChanges(*session),
            m_registries.repositories(connection.id)};
}

QList<CopyTarget> CopyCommands::targets() const
{
    QList<CopyTarget> result;
    const QList<SavedConnection> &connections = m_registries.store().connections();
    for (const SavedConnection &connection : connections) {
        if (const auto session = m_registries.session(connection.id))
            result.append(targetFor(connection, session));
    }
    return result;
}

void CopyCommands::show(std::unique_ptr<ImageSource> source, const Proposal &proposal)
{
    auto *dialog = new CopyDialog(std::move(source), targets(), proposal, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        begin(dialog->presenter().tasks(),
              {dialog->target()->connectionId, *RepositoryName::parse(dialog->repository())});
    });
    dialog->open();
}

QList<quint64> CopyCommands::begin(const QList<TransferTask> &tasks, Place place)
{
    QList<quint64> ids;
    for (const TransferTask &task : tasks) {
        const quint64 id = m_transfers.add(task);
        ids.append(id);
        if (const auto &copy = std::get<AgreedCopy>(task.order->purpose); copy.made)
            place.reference = copy.wanted.to;
        m_running.insert(id, place);
        if (tasks.size() > 1)
            continue; // The dock shows all of them.
        auto *progress = new TransferDialog(m_transfers, m_model, id, m_window);
        progress->setAttribute(Qt::WA_DeleteOnClose);
        progress->show();
    }
    return ids;
}

void CopyCommands::handleEnd(quint64 id)
{
    const auto place = m_running.constFind(id);
    const auto row = std::find_if(m_model.rows().begin(), m_model.rows().end(),
                                  [id](const TransferRow &one) { return one.id == id; });
    if (place == m_running.constEnd() || row == m_model.rows().end()
        || row->state != TransferRow::State::Finished)
        return; // What has failed may be tried again.
    const Place repository{place->connectionId, place->repository};
    const Place image = *place;
    m_running.erase(place);
    if (!m_registries.repositories(repository.connectionId)
             .contains(repository.repository.toString()))
        m_registries.reload(repository.connectionId);
    emit stored(repository);
    if (image.reference)
        emit made(image);
    m_oldTags->noteArrival(id);
}

} // namespace Longshore::Ui
