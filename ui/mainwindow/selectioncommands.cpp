// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/selectioncommands.h"

#include "core/cleanup/deletiontable.h"
#include "core/registry/registrysession.h"
#include "ui/dialogs/deletedialog.h"
#include "ui/mainwindow/backgroundruns.h"
#include "ui/mainwindow/copycommands.h"
#include "ui/mainwindow/exportcommands.h"
#include "ui/mainwindow/journalcommands.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/pagetabs.h"
#include "ui/mainwindow/restorecommands.h"
#include "ui/presenters/connectionprotection.h"
#include "ui/presenters/openedfiles.h"
#include "ui/presenters/registrypresenter.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

SelectionCommands::SelectionCommands(const MainActions &actions, PageTabs &tabs,
                                     RegistryPresenter &registries, const ImageCommands &images,
                                     QWidget *window)
    : QObject(window)
    , m_actions(actions)
    , m_tabs(tabs)
    , m_registries(registries)
    , m_images(images)
    , m_restores(new RestoreCommands(actions, tabs, registries, window))
    , m_window(window)
{
    const auto on = [this](const QAction *action, auto &&slot) {
        connect(action, &QAction::triggered, this, slot);
    };
    on(actions.copyReference, [this] { copy(references().join(u'\n')); });
    on(actions.copyPullCommand, [this] {
        QStringList commands = references();
        for (QString &command : commands)
            command.prepend("docker pull "_L1);
        copy(commands.join(u'\n'));
    });
    on(actions.copyDigest, [this] { copy(m_tabs.currentPage()->selectedDigest()); });
    on(actions.find, [this] { m_tabs.currentPage()->focusFilter(); });
    on(actions.readAll, [this] { m_tabs.currentPage()->readAll(); });
    on(actions.openImage, &SelectionCommands::open);
    on(actions.up, &SelectionCommands::goUp);
    on(actions.closeTab, [this] { m_tabs.closeTab(m_tabs.currentIndex()); });
    on(actions.nextTab, [this] { m_tabs.step(1); });
    on(actions.previousTab, [this] { m_tabs.step(-1); });
    on(actions.copyImage, &SelectionCommands::copyImages);
    on(actions.retagImage, &SelectionCommands::retagImage);
    on(actions.exportImage, &SelectionCommands::exportImage);
    on(actions.exportLayer, &SelectionCommands::exportLayer);
    on(actions.exportLayers, &SelectionCommands::exportLayers);
    on(actions.deleteTags, &SelectionCommands::deleteTags);
    connect(&images.copies, &CopyCommands::tagRemoved, m_restores,
            [this](const QString &folder) { m_restores->noteDeletion({folder}); });
    connect(&images.copies, &CopyCommands::noticed, this, &SelectionCommands::noticed);
    connect(&images.runs, &BackgroundRuns::noticed, this, &SelectionCommands::noticed);
    connect(m_restores, &RestoreCommands::deletionRequested, this, &SelectionCommands::review);
    connect(&tabs, &PageTabs::currentPageChanged, this, &SelectionCommands::update);
    connect(&tabs, &PageTabs::selectionChanged, this, &SelectionCommands::update);
    connect(&tabs, &PageTabs::fileWanted, this, [this](const Place &place, const WantedFile &file) {
        if (const auto session = m_registries.source(place.connectionId))
            m_images.exports.save(session, place.repository, file);
    });
    // When it is opened again, the tabs have new pages.
    connect(&registries, &RegistryPresenter::sessionClosed, this, &SelectionCommands::update);
    connect(&registries, &RegistryPresenter::protectionChanged, this, &SelectionCommands::update);
    update();
}

void SelectionCommands::setJournal(std::shared_ptr<RunJournal> journal)
{
    m_journal = std::move(journal);
    m_restores->setJournal(m_journal);
    m_images.copies.setJournal(m_journal);
}

static void enable(QAction *action, const QString &whyNot)
{
    action->setEnabled(whyNot.isEmpty());
    action->setToolTip(whyNot.isEmpty() ? action->statusTip() : whyNot);
}

void SelectionCommands::update()
{
    const Page *page = m_tabs.currentPage();
    const bool hasTags = page && !page->selectedTags().isEmpty();
    m_actions.closeTab->setEnabled(page);
    m_actions.copyReference->setEnabled(page);
    m_actions.copyPullCommand->setEnabled(page && (hasTags || page->place().reference)
                                          && !isOfFiles());
    m_actions.copyDigest->setEnabled(page && !page->selectedDigest().isEmpty());
    m_actions.find->setEnabled(page && !page->place().reference);
    m_actions.readAll->setEnabled(page && page->canReadAll());
    m_actions.up->setEnabled(page && page->place().reference);
    m_actions.openImage->setEnabled(hasTags && !page->place().reference);
    enable(m_actions.copyImage, whyNotCopy());
    enable(m_actions.retagImage, whyNotRetag());
    enable(m_actions.exportImage, whyNotExportImage());
    enable(m_actions.exportLayer, whyNotExportLayer());
    enable(m_actions.exportLayers, whyNotExportLayer());
    enable(m_actions.deleteTags, whyNotDelete());
}

std::shared_ptr<RegistrySession> SelectionCommands::session() const
{
    return m_registries.session(m_tabs.currentPage()->place().connectionId);
}

std::shared_ptr<Session> SelectionCommands::source() const
{
    return m_registries.source(m_tabs.currentPage()->place().connectionId);
}

bool SelectionCommands::isOfFiles() const
{
    const Page *page = m_tabs.currentPage();
    return page && m_registries.files().contains(page->place().connectionId);
}

QList<Reference> SelectionCommands::images() const
{
    const Page *page = m_tabs.currentPage();
    if (!page)
        return {};
    QList<Reference> result;
    const QList<Tag> tags = page->selectedTags();
    for (const Tag &tag : tags)
        result.append(tag);
    if (result.isEmpty() && page->place().reference)
        result.append(*page->place().reference);
    return result;
}

QString SelectionCommands::whyNotCopy() const
{
    if (images().isEmpty())
        return tr("Select one or more images to copy them.");
    return source() ? QString() : tr("This connection is not open.");
}

QString SelectionCommands::whyNotExportImage() const
{
    if (images().isEmpty())
        return tr("Select one or more images to export them.");
    return source() ? QString() : tr("This connection is not open.");
}

QString SelectionCommands::whyNotExportLayer() const
{
    const Page *page = m_tabs.currentPage();
    if (!page || page->selectedLayers().isEmpty())
        return tr("Select a layer to export it.");
    return source() ? QString() : tr("This connection is not open.");
}

QString SelectionCommands::whyNotDelete() const
{
    const Page *page = m_tabs.currentPage();
    if (!page || page->selectedTags().isEmpty())
        return tr("Select one or more tags to delete them.");
    return whyNotChange();
}

QString SelectionCommands::whyNotRetag() const
{
    return images().size() == 1 ? whyNotChange() : tr("Select one image to give it further tags.");
}

QString SelectionCommands::whyNotChange() const
{
    if (isOfFiles())
        return tr("Images in files cannot be changed here.");
    const auto session = this->session();
    if (!session)
        return tr("This connection is not open.");
    return objectionToChanges(*session);
}

QStringList SelectionCommands::references() const
{
    const Page *page = m_tabs.currentPage();
    // Not by way of the session, which may be about to be opened anew.
    const auto saved = m_registries.store().find(page->place().connectionId);
    const auto address = RegistryAddress::parse(saved ? saved->address : QString());
    if (!address && !isOfFiles())
        return {};
    const QString host = address ? QString(address->host + u'/') : QString();
    const QString repository = host + page->place().repository.toString();
    QStringList lines;
    const QList<Tag> tags = page->selectedTags();
    for (const Tag &tag : tags)
        lines.append(repository + u':' + tag.toString());
    if (lines.isEmpty() && page->place().reference)
        lines.append(repository + u'@' + page->place().reference->toString());
    return lines.isEmpty() ? QStringList(repository) : lines;
}

void SelectionCommands::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    emit copied(text);
}

void SelectionCommands::deleteTags()
{
    const Place &place = m_tabs.currentPage()->place();
    review(place.connectionId, place.repository, m_tabs.currentPage()->selectedTags());
}

void SelectionCommands::review(const QString &connectionId, const RepositoryName &repository,
                               const QList<Tag> &tags)
{
    const auto session = m_registries.session(connectionId);
    if (!session)
        return emit noticed(tr("These tags cannot be looked at, because their connection is not "
                               "open any more."));
    auto presenter = std::make_unique<DeletionPresenter>(session, repository, tags);
    presenter->setJournal(m_journal);
    auto *dialog = new DeleteDialog(std::move(presenter), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const Place place{connectionId, repository};
    connect(dialog, &DeleteDialog::tagsDeleted, &m_tabs,
            [this, place](const QStringList &gone) { m_tabs.removeTags(place, gone); });
    connect(dialog, &DeleteDialog::tagsDeleted, m_restores,
            [this](const QStringList &, const QStringList &folders) {
                m_restores->noteDeletion(folders);
            });
    connect(dialog, &DeleteDialog::backgroundRequested, this,
            [this, dialog] { m_images.runs.send(dialog); });
    connect(dialog, &DeleteDialog::undoRequested, m_restores, &RestoreCommands::restore);
    connect(dialog, &DeleteDialog::backupRequested, dialog,
            [dialog](const QString &folder) { JournalCommands::openFolder(folder, dialog); });
    connect(dialog, &DeleteDialog::retryRequested, this, [this, place](const QList<Tag> &failed) {
        review(place.connectionId, place.repository, failed);
    });
    connect(dialog, &DeleteDialog::reportRequested, dialog,
            [this, dialog, host = session->host()](const CleanupReport &report) {
                emit reportRequested(deletionTable(report, host, QDateTime::currentDateTimeUtc()),
                                     dialog);
            });
    dialog->open();
}

void SelectionCommands::copyImages()
{
    const Place &place = m_tabs.currentPage()->place();
    m_images.copies.copy(place, images(), {place.connectionId, place.repository.toString()});
}

void SelectionCommands::retagImage()
{
    m_images.copies.retag(m_tabs.currentPage()->place(), images().constFirst());
}

void SelectionCommands::exportImage()
{
    m_images.exports.exportImages(source(), m_tabs.currentPage()->place().repository, images());
}

void SelectionCommands::exportLayer()
{
    const Page *page = m_tabs.currentPage();
    const QList<LayerChoice> layers = page->selectedLayers();
    if (layers.size() == 1)
        m_images.exports.exportLayer(source(), page->place().repository, layers.first());
    else
        exportLayers();
}

void SelectionCommands::exportLayers()
{
    const Page *page = m_tabs.currentPage();
    m_images.exports.exportLayers(source(), page->place().repository, page->selectedLayers());
}

void SelectionCommands::open()
{
    const Place place = m_tabs.currentPage()->place();
    const QList<Tag> tags = m_tabs.currentPage()->selectedTags();
    for (const Tag &tag : tags)
        m_tabs.open({place.connectionId, place.repository, tag});
}

void SelectionCommands::goUp()
{
    const Place &place = m_tabs.currentPage()->place();
    m_tabs.open({place.connectionId, place.repository});
}

} // namespace Longshore::Ui
