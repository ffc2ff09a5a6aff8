// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"
#include "ui/pages/page.h"

#include <QTabWidget>

namespace Longshore {
class Session;
}

namespace Longshore::Ui {

class RegistryPresenter;

/// The tabs of the window: one for each place. Opens a place when its connection is open.
class PageTabs final : public QTabWidget
{
    Q_OBJECT

public:
    PageTabs(RegistryPresenter &registries, WindowSettings &settings, QWidget *parent = nullptr);

    /// What the context menus of the pages offer; of pages that are opened from now on.
    void setContextActions(const QList<QAction *> &actions) { m_contextActions = actions; }
    /// Shows the place, in the tab that it has already or in a new one.
    void open(const Place &place);
    void closeTab(int index);
    /// Whether no page objects; one that does comes to the front and says why.
    [[nodiscard]] bool mayClose();
    /// Shows the tab that many places further; round and round.
    void step(int places);
    /// Closes what belongs to a connection that is no more.
    void closeConnection(const QString &connectionId);
    void removeTags(const Place &repository, const QStringList &tags);
    /// Reads again what its tags are, wherever that is shown.
    void reloadRepository(const Place &repository);
    [[nodiscard]] Page *currentPage() const;
    [[nodiscard]] QList<Page *> pages() const;
    /// Places that wait for their connection.
    [[nodiscard]] bool isWaiting() const { return !m_waiting.isEmpty(); }

    void saveColumns();
    [[nodiscard]] QStringList saved() const;
    void restore(const QStringList &saved);

signals:
    /// Before it reads anything.
    void pageMade(Longshore::Ui::Page *page);
    void currentPageChanged();
    void selectionChanged();
    void pageLoaded();
    void signInRequested(const QString &connectionId);
    /// Something of \a place shall be a file.
    void fileWanted(const Longshore::Ui::Place &place, const Longshore::Ui::WantedFile &file);

private:
    static QList<Place> takePlaces(QList<Place> &places, const QString &connectionId);
    int insertPage(int at, const Place &place);
    void renewPages(const QString &connectionId);
    void openWaiting(const QString &connectionId);
    Page *makePage(const Place &place, const std::shared_ptr<Session> &session);
    Page *makeCleanupPage(const Place &place);
    [[nodiscard]] bool mayClose(Page *page);
    void removePage(Page *page);
    QWidget *makeCloseButton(Page *page);
    void saveColumnsOf(const Page *page);

    RegistryPresenter &m_registries;
    WindowSettings &m_settings;
    QList<QAction *> m_contextActions;
    QList<Place> m_waiting;
    QList<Place> m_unreachable; ///< Their connection failed; they open when it comes back.
};

} // namespace Longshore::Ui
