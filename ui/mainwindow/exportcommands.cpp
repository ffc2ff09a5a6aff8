// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/exportcommands.h"

#include "ui/dialogs/exportdialog.h"
#include "ui/dialogs/transferdialog.h"
#include "ui/format/filename.h"
#include "ui/presenters/transferpresenter.h"

#include <QDir>
#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

ExportCommands::ExportCommands(TransferPresenter &transfers, TransferListModel &model,
                               WindowSettings &settings, QWidget *window)
    : QObject(window)
    , m_transfers(transfers)
    , m_model(model)
    , m_settings(settings)
    , m_window(window)
{}

void ExportCommands::exportLayer(const std::shared_ptr<Session> &session,
                                 const RepositoryName &repository, const LayerChoice &choice)
{
    auto *dialog = new QFileDialog(m_window, tr("Export Layer %1").arg(choice.number));
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // Asks before it takes an existing name.
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDirectory(m_settings.exportFolder());
    dialog->selectFile(layerFileName(repository, choice.image, choice.number, choice.layer));
    const QChar mark = choice.image.digest() ? u'@' : u':';
    const QString image = repository.toString() + mark + choice.image.toString();
    const QString source = tr("%1, layer %2").arg(image).arg(choice.number);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, session, repository, layer = choice.layer, source](const QString &path) {
                m_settings.setExportFolder(QFileInfo(path).absolutePath());
                const BlobDownload download{repository, layer.digest, layer.size, path,
                                            SafeFile::Existing::Replace};
                begin(blobTransfer(session, download, source));
            });
    dialog->open();
}

void ExportCommands::exportImage(const std::shared_ptr<Session> &session,
                                 const RepositoryName &repository, const Reference &reference)
{
    auto *dialog =
        new ExportDialog(std::make_unique<ExportPresenter>(session, repository, reference),
                         m_settings.exportFolder(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const PlaceExport wanted = dialog->wanted();
        m_settings.setExportFolder(QFileInfo(wanted.place.path).path());
        const ExportPresenter &image = dialog->presenter();
        begin(imageTransfer(image.session(), wanted, image.title()));
    });
    dialog->open();
}

void ExportCommands::begin(const TransferTask &task)
{
    const quint64 id = m_transfers.add(task);
    auto *progress = new TransferDialog(m_transfers, m_model, id, m_window);
    progress->setAttribute(Qt::WA_DeleteOnClose);
    progress->show();
}

} // namespace Longshore::Ui
