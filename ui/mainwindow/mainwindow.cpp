// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/mainwindow.h"

#include "core/base/displaytext.h"
#include "core/registry/registrysession.h"
#include "ui/docks/detailsdock.h"
#include "ui/docks/registriesdock.h"
#include "ui/docks/transfersdock.h"
#include "ui/format/errortext.h"
#include "ui/mainwindow/backgroundruns.h"
#include "ui/mainwindow/cleanupcommands.h"
#include "ui/mainwindow/connectioncommands.h"
#include "ui/mainwindow/copycommands.h"
#include "ui/mainwindow/exportcommands.h"
#include "ui/mainwindow/helpcommands.h"
#include "ui/mainwindow/journalcommands.h"
#include "ui/mainwindow/mainmenus.h"
#include "ui/mainwindow/productionguard.h"
#include "ui/mainwindow/selectioncommands.h"
#include "ui/mainwindow/statusline.h"
#include "ui/mainwindow/themecommands.h"
#include "ui/mainwindow/transfercommands.h"
#include "ui/mainwindow/uploadcommands.h"
#include "ui/mainwindow/windowmemory.h"
#include "ui/pages/startpage.h"
#include "ui/presenters/connectionproperties.h"
#include "ui/presenters/openedfiles.h"
#include "ui/views/messagebar.h"
#include "ui/views/productionband.h"
#include "ui/views/registrytreeview.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

MainWindow::MainWindow(const WindowServices &services)
    : m_services(services)
    , m_registries(services.network, services.connections, m_registryModel)
    , m_transfers(services.transfers, m_transferModel)
    , m_tabs(new PageTabs(m_registries, services.settings))
    , m_stack(new QStackedWidget)
    , m_message(new MessageBar)
    , m_registriesDock(new RegistriesDock(m_registryModel, this))
    , m_detailsDock(new DetailsDock(this))
    , m_transfersDock(new TransfersDock(m_transfers, m_transferModel, this))
    , m_exports(new ExportCommands(m_transfers, m_transferModel, services.settings, this))
    , m_copies(
          new CopyCommands(m_registries, m_transfers, m_transferModel, services.settings, this))
    , m_connectionCommands(new ConnectionCommands(services.network, m_registries, this))
    , m_runs(new BackgroundRuns(*statusBar(), this))
    , m_selectionCommands(new SelectionCommands(m_actions, *m_tabs, m_registries,
                                                {*m_exports, *m_copies, *m_runs}, this))
    , m_uploads(
          new UploadCommands(m_actions, m_registriesDock->tree(), *m_tabs, m_registries, *m_copies))
    , m_transferCommands(new TransferCommands(
          services, m_actions, {m_registries, *m_connectionCommands, *m_tabs, m_transfers}, this))
    , m_guard(new ProductionGuard(m_actions, m_registries, this))
    , m_status(new StatusLine(*statusBar()))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Longshore"_s);
    resize(1200, 760);
    buildCentre();
    buildDocks();
    buildToolBar(*this, m_actions);
    buildMenus(*this, m_actions,
               {m_registriesDock->toggleViewAction(), m_detailsDock->toggleViewAction(),
                m_transfersDock->toggleViewAction()});
    connectActions();
    connectParts();
    m_selectionCommands->setJournal(services.journal);
    new CleanupCommands(m_actions,
                        {m_registriesDock->tree(), *m_tabs, m_registries,
                         m_selectionCommands->restores(), services.settings, *m_runs},
                        services.journal, this);
    new JournalCommands(m_actions,
                        {services.settings, *m_selectionCommands, *m_message, m_registries},
                        services.journal, this);
    m_memory = new WindowMemory(*this, *m_tabs, services.settings);
    m_memory->restore();
    m_transfersDock->setVisible(m_transferModel.rowCount() > 0);
    new ThemeCommands(m_actions, services.settings, this);
    new HelpCommands(m_actions, this);
    for (const QString &notice : {m_transferCommands->notice(), services.connections.notice()})
        warn(notice);
    updateSelection();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildCentre()
{
    auto *start = new StartPage({m_actions.connectTo, m_actions.openReference, m_actions.openFile},
                                m_registries, m_services.settings);
    connect(start, &StartPage::registryRequested, this, &MainWindow::openText);
    connect(start, &StartPage::fileRequested, m_copies, &CopyCommands::openFile);
    m_stack->addWidget(start);
    m_stack->addWidget(m_tabs);
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_guard->band());
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    setCentralWidget(centre);
}

void MainWindow::buildDocks()
{
    addDockWidget(Qt::LeftDockWidgetArea, m_registriesDock);
    addDockWidget(Qt::RightDockWidgetArea, m_detailsDock);
    addDockWidget(Qt::BottomDockWidgetArea, m_transfersDock);
    const int character = fontMetrics().averageCharWidth();
    resizeDocks({m_registriesDock, m_detailsDock}, {character * 34, character * 46},
                Qt::Horizontal);
    resizeDocks({m_transfersDock}, {fontMetrics().height() * 9}, Qt::Vertical);
    prepareToggle(*m_registriesDock, Qt::Key_F9, tr("Show or hide the registries"));
    prepareToggle(*m_detailsDock, Qt::Key_F7, tr("Show or hide what is known of the selection"));
    prepareToggle(*m_transfersDock, Qt::CTRL | Qt::Key_J, tr("Show or hide the transfers"));
    m_transfersDock->addToMenu({m_actions.transferLimits});
    m_tabs->setContextActions(m_actions.onSelection());
    m_registriesDock->tree().addActions({m_actions.reload, m_actions.uploadImage,
                                         m_actions.uploadFolder, m_actions.editConnection,
                                         m_actions.addRepository, m_actions.removeConnection});
}

void MainWindow::connectActions()
{
    const auto on = [this](const QAction *action, auto &&slot) {
        connect(action, &QAction::triggered, this, slot);
    };
    on(m_actions.connectTo, [this] { m_connectionCommands->connectTo(); });
    on(m_actions.openReference, [this] { m_connectionCommands->askForReference(); });
    on(m_actions.openFile, [this] { m_copies->askForFileToOpen(); });
    on(m_actions.editConnection, [this] { m_connectionCommands->edit(currentConnection()); });
    on(m_actions.addRepository,
       [this] { m_connectionCommands->askForRepository(currentConnection()); });
    on(m_actions.removeConnection,
       [this] { m_connectionCommands->askToRemove(currentConnection()); });
    on(m_actions.quit, &QWidget::close);
    on(m_actions.reload, &MainWindow::reload);
    on(m_actions.resetLayout, [this] { m_memory->resetLayout(); });
    connect(m_transferCommands, &TransferCommands::closeAgreed, this, &MainWindow::closeNow);
    connect(m_transferCommands, &TransferCommands::closeWanted, this, &MainWindow::close);
    connect(m_transferCommands, &TransferCommands::noticed, this, &MainWindow::warn);
}

void MainWindow::connectParts()
{
    RegistryTreeView &tree = m_registriesDock->tree();
    connect(&tree, &RegistryTreeView::repositoryActivated, this,
            [this](const QString &id, const QString &path) {
                m_tabs->open({id, *RepositoryName::parse(path)});
            });
    connect(&tree, &RegistryTreeView::connectionActivated, &m_registries, &RegistryPresenter::open);
    connect(tree.selectionModel(), &QItemSelectionModel::currentChanged, this,
            &MainWindow::updateSelection);
    connect(m_tabs, &PageTabs::currentPageChanged, this, &MainWindow::revealPage);
    connect(m_tabs, &PageTabs::currentPageChanged, this, &MainWindow::updateSelection);
    connect(&m_registries, &RegistryPresenter::listingEnded, this, &MainWindow::revealPage);
    connect(m_tabs, &PageTabs::selectionChanged, this, &MainWindow::updateSelection);
    connect(m_tabs, &PageTabs::pageLoaded, this, &MainWindow::progressed);
    connect(m_tabs, &PageTabs::signInRequested, m_connectionCommands,
            [this](const QString &id) { m_connectionCommands->edit(id); });
    connect(m_uploads, &UploadCommands::announced, m_status, &StatusLine::showHint);
    connect(m_copies, &CopyCommands::filesOpened, m_registriesDock,
            &RegistriesDock::revealConnection);
    connect(m_copies, &CopyCommands::filesOpened, &tree, qOverload<>(&QWidget::setFocus));
    connect(m_copies, &CopyCommands::stored, m_tabs, &PageTabs::reloadRepository);
    connect(m_copies, &CopyCommands::made, m_tabs, &PageTabs::open);
    connect(m_selectionCommands, &SelectionCommands::copied, m_status, &StatusLine::showCopied);
    connect(m_selectionCommands, &SelectionCommands::noticed, this, &MainWindow::warn);
    connect(&m_registries, &RegistryPresenter::openingFailed, this,
            &MainWindow::handleOpeningFailure);
    connect(&m_registries, &RegistryPresenter::sessionOpened, this, &MainWindow::updateSelection);
    connect(&m_registries, &RegistryPresenter::listingEnded, this, &MainWindow::progressed);
    connect(&m_registries, &RegistryPresenter::retryScheduled, m_status,
            [this](const QString &, const auto &...retry) { m_status->showRetry(retry...); });
    connect(&m_registries, &RegistryPresenter::noticed, this, &MainWindow::warn);
    connect(m_connectionCommands, &ConnectionCommands::placeRequested, m_tabs, &PageTabs::open);
    connect(m_connectionCommands, &ConnectionCommands::connectionRequested, m_registriesDock,
            &RegistriesDock::revealConnection);
    connect(m_connectionCommands, &ConnectionCommands::connectionRemoved, m_tabs,
            &PageTabs::closeConnection);
    connect(m_connectionCommands, &ConnectionCommands::certificateTrusted, m_message,
            &QWidget::hide); // It said that the certificate is not.
    connect(&m_transfers, &TransferPresenter::changed, this, &MainWindow::updateStatus);
}

QString MainWindow::currentConnection() const
{
    const QModelIndex current = m_registriesDock->tree().currentIndex();
    const QString selected = current.data(RegistryTreeModel::ConnectionIdRole).toString();
    if (selected.isEmpty() && m_tabs->currentPage())
        return m_tabs->currentPage()->place().connectionId;
    return selected;
}

void MainWindow::reload()
{
    if (m_tabs->currentPage() && !m_registriesDock->tree().hasFocus())
        m_tabs->currentPage()->reload();
    else
        m_registries.reload(currentConnection());
}

void MainWindow::revealPage()
{
    if (const Page *page = m_tabs->currentPage())
        m_registriesDock->revealRepository(page->place().connectionId,
                                           page->place().repository.toString());
}

void MainWindow::updateSelection()
{
    const Page *page = m_tabs->currentPage();
    const QString id = currentConnection();
    m_stack->setCurrentIndex(page ? 1 : 0);
    for (QAction *action : {m_actions.removeConnection, m_actions.reload})
        action->setEnabled(!id.isEmpty());
    for (QAction *action : {m_actions.editConnection, m_actions.addRepository})
        action->setEnabled(m_services.connections.find(id).has_value());
    m_detailsDock->showProperties(
        page ? page->details()
             : propertiesOf(m_registries.session(id).get(), m_registries.account(id)));
    setWindowTitle(page ? u"%1 \u2013 Longshore"_s.arg(displayText(page->title()))
                        : u"Longshore"_s);
    updateStatus();
}

void MainWindow::updateStatus()
{
    const Page *page = m_tabs->currentPage();
    m_status->showPage(page ? page->summary() : QString());
    m_status->showTransfers(m_transfers.activeCount());
    const QString id = page ? page->place().connectionId : currentConnection();
    m_guard->showConnection(id);
    if (m_registries.files().contains(id))
        return m_status->showFiles(m_registries.files().path(id));
    m_status->showConnection(m_registries.session(id).get(), m_registries.account(id));
}

void MainWindow::handleOpeningFailure(const QString &connectionId, const Error &error)
{
    const ErrorText text = errorText(error);
    m_message->showMessage(MessageBar::Kind::Warning, text.summary(), text.details,
                           m_connectionCommands->remediesFor(connectionId, error)
                               + QList{m_actions.editConnection});
    if (error.kind == Error::Kind::Unauthorized)
        m_connectionCommands->edit(connectionId, text.headline);
    emit progressed();
}

void MainWindow::openText(const QString &text)
{
    if (const auto opened = m_connectionCommands->openText(text); !opened)
        warn(opened.error().message);
}

void MainWindow::warn(const QString &sentence)
{
    if (!sentence.isEmpty())
        m_message->showMessage(MessageBar::Kind::Warning, sentence);
}

void MainWindow::restoreTabs()
{
    m_tabs->restore(m_services.settings.openTabs());
}

bool MainWindow::isSettled() const
{
    const Page *page = m_tabs->currentPage(); // The others read when somebody sees them.
    return !m_registryModel.isReading() && !m_tabs->isWaiting() && (!page || page->isLoaded());
}

void MainWindow::closeNow()
{
    m_mayClose = true;
    m_transferCommands->stopAll();
    close();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const bool isAgreed =
        m_mayClose || (m_tabs->mayClose() && m_runs->mayClose() && m_transferCommands->mayClose());
    if (!isAgreed || !m_copies->mayClose(m_mayClose)) // The last, because nobody is asked.
        return event->ignore();
    m_memory->save();
    event->accept();
}

} // namespace Longshore::Ui
