// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/exportcommands.h"

#include "ui/dialogs/exportdialog.h"
#include "ui/dialogs/transferdialog.h"
#include "ui/format/filename.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/exportpresenter.h"
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

static QString sourceOf(const RepositoryName &repository, const LayerChoice &choice)
{
    const QChar mark = choice.image.digest() ? u'@' : u':';
    const QString image = repository.toString() + mark + choice.image.toString();
    return ExportCommands::tr("%1, layer %2").arg(image).arg(choice.number);
}

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
    const QString source = sourceOf(repository, choice);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, session, repository, layer = choice.layer, source](const QString &path) {
                m_settings.setExportFolder(QFileInfo(path).absolutePath());
                const BlobDownload download{repository, layer.digest, layer.size, path,
                                            SafeFile::Existing::Replace};
                begin(blobTransfer(session, download, source));
            });
    dialog->open();
}

void ExportCommands::exportLayers(const std::shared_ptr<Session> &session,
                                  const RepositoryName &repository,
                                  const QList<LayerChoice> &layers)
{
    ask(std::make_unique<ExportPresenter>(session, repository, layers));
}

void ExportCommands::exportImages(const std::shared_ptr<Session> &session,
                                  const RepositoryName &repository,
                                  const QList<Reference> &references)
{
    ask(std::make_unique<ExportPresenter>(session, repository, references));
}

void ExportCommands::ask(std::unique_ptr<ExportPresenter> presenter)
{
    auto *dialog = new ExportDialog(std::move(presenter), m_settings.exportFolder(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const auto exports = dialog->exports();
        if (exports)
            begin(*exports, dialog->presenter());
    });
    dialog->open();
}

QString ExportCommands::freePath(const QString &path) const
{
    return unusedPath(path, [this](const QString &candidate) {
        const QList<TransferRow> &rows = m_model.rows();
        return QFileInfo::exists(candidate) || QFileInfo(candidate).isSymLink()
               || std::any_of(rows.begin(), rows.end(), [&candidate](const TransferRow &row) {
                      return row.path == candidate && !isOver(row.state);
                  });
    });
}

void ExportCommands::save(const std::shared_ptr<Session> &session, const RepositoryName &repository,
                          const WantedFile &file)
{
    const QString path = freePath(file.path);
    if (const auto &choice = file.layer) {
        const BlobDownload download{repository, choice->layer.digest, choice->layer.size, path};
        m_transfers.add(blobTransfer(session, download, sourceOf(repository, *choice)));
        return;
    }
    const ExportPresenter images(session, repository, file.images);
    QList<ImageReference> sources = images.sources();
    PlaceExport wanted{sources.takeFirst(), {}, {ImagePlace::Form::OciArchive, path}};
    wanted.others = sources;
    if (file.tag)
        wanted.source.tag = file.tag;
    m_transfers.add(imageTransfer(session, wanted, images.title()));
}

static QString titleOf(const ImageReference &image)
{
    return image.tag ? QString(image.repository.toString() + u':' + image.tag->toString())
                     : QString(image.repository.toString() + u'@' + image.reference().toString());
}

void ExportCommands::begin(const QList<PlaceExport> &exports, const ExportPresenter &images)
{
    m_settings.setExportFolder(QFileInfo(exports.first().place.path).path());
    if (exports.size() == 1)
        return begin(imageTransfer(images.session(), exports.first(), images.title()));
    for (const PlaceExport &one : exports) // The dock shows all of them.
        m_transfers.add(imageTransfer(images.session(), one, titleOf(one.source)));
}

void ExportCommands::begin(const TransferTask &task)
{
    const quint64 id = m_transfers.add(task);
    auto *progress = new TransferDialog(m_transfers, m_model, id, m_window);
    progress->setAttribute(Qt::WA_DeleteOnClose);
    progress->show();
}

} // namespace Longshore::Ui
