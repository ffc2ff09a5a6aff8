// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/application.h"

#include "core/cleanup/journalstore.h"
#include "core/transfer/transferstore.h"
#include "ui/mainwindow/theme.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QPixmap>
#include <QScreen>

#include <cstdio>

using namespace std::chrono_literals;

namespace Longshore {

Application::Application(const Options &options)
    : m_options(options)
    , m_connections(ConnectionStore::defaultPath())
    , m_journal(std::make_shared<JournalStore>(JournalStore::defaultPath()))
    , m_transferJournal(m_transfers, m_journal)
    , m_window({m_network, m_connections, m_settings, m_transfers, m_journal,
                std::make_shared<TransferStore>(TransferStore::defaultFolder()), &m_notifier})
{}

void Application::start()
{
    connect(&m_notifier, &Ui::DesktopNotifier::folderRequested, this,
            [](const QString &folder) { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    // A desktop that shuts down asks no questions either.
    connect(&m_interruption, &Interruption::interrupted, &m_window, &Ui::MainWindow::closeNow);
    if (m_options.theme)
        Ui::applyTheme(*m_options.theme);
    if (m_options.screenshot.isEmpty()) // A picture may be larger than the screen.
        m_window.resize(m_window.size().boundedTo(m_window.screen()->availableSize()));
    m_window.show();
    if (m_options.places.isEmpty())
        m_window.restoreTabs();
    for (const QString &place : std::as_const(m_options.places))
        m_window.openText(place);
    if (!m_options.screenshot.isEmpty())
        takeScreenshotWhenSettled();
}

void Application::takeScreenshotWhenSettled()
{
    // Long enough for what is painted a little later, and for a page that opens another.
    m_settled.setInterval(700ms);
    m_settled.setSingleShot(true);
    connect(&m_settled, &QTimer::timeout, this, [this] {
        if (m_window.isSettled())
            takeScreenshot();
        else
            m_settled.start();
    });
    connect(&m_window, &Ui::MainWindow::progressed, &m_settled, qOverload<>(&QTimer::start));
    m_settled.start();
    QTimer::singleShot(60s, this, &Application::takeScreenshot);
}

void Application::takeScreenshot()
{
    const bool isSaved = m_window.grab().save(m_options.screenshot, "PNG");
    if (!isSaved)
        std::fprintf(stderr, "longshore: cannot write %s\n", qPrintable(m_options.screenshot));
    QCoreApplication::exit(isSaved ? 0 : 1);
}

} // namespace Longshore
