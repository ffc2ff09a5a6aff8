// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/pagetabs.h"

#include "core/base/displaytext.h"
#include "core/registry/registrysession.h"
#include "ui/format/tintedicon.h"
#include "ui/format/tooltip.h"
#include "ui/pages/cleanuppage.h"
#include "ui/pages/imagepage.h"
#include "ui/pages/repositorypage.h"
#include "ui/presenters/registrypresenter.h"
#include "ui/views/tagtreeview.h"

#include <QHeaderView>
#include <QStyle>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

PageTabs::PageTabs(RegistryPresenter &registries, WindowSettings &settings, QWidget *parent)
    : QTabWidget(parent), m_registries(registries), m_settings(settings)
{
    setObjectName(u"pageTabs"_s);
    setAccessibleName(tr("Open places"));
    setMovable(true);
    setDocumentMode(true);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideMiddle);
    connect(this, &QTabWidget::currentChanged, this, &PageTabs::currentPageChanged);
    connect(&registries, &RegistryPresenter::sessionOpened, this, &PageTabs::renewPages);
    connect(&registries, &RegistryPresenter::sessionOpened, this, &PageTabs::openWaiting);
    connect(&registries, &RegistryPresenter::openingFailed, this, [this](const QString &id) {
        if (!m_registries.source(id))
            m_unreachable += takePlaces(m_waiting, id);
    });
}

QList<Place> PageTabs::takePlaces(QList<Place> &places, const QString &connectionId)
{
    QList<Place> taken;
    places.removeIf([&](const Place &place) {
        const bool isOurs = place.connectionId == connectionId;
        if (isOurs)
            taken.append(place);
        return isOurs;
    });
    return taken;
}

Page *PageTabs::currentPage() const
{
    return qobject_cast<Page *>(currentWidget());
}

QList<Page *> PageTabs::pages() const
{
    QList<Page *> result;
    for (int i = 0; i < count(); ++i)
        result.append(qobject_cast<Page *>(widget(i)));
    return result;
}

void PageTabs::open(const Place &place)
{
    const QList<Page *> open = pages();
    for (Page *page : open) {
        if (page->place() == place)
            return setCurrentWidget(page);
    }
    if (!m_registries.source(place.connectionId)) {
        m_unreachable.removeAll(place);
        if (!m_waiting.contains(place))
            m_waiting.append(place);
        return m_registries.open(place.connectionId);
    }
    setCurrentIndex(insertPage(count(), place));
    currentPage()->focusContent();
}

int PageTabs::insertPage(int at, const Place &place)
{
    const auto session = m_registries.source(place.connectionId);
    Page *page = makePage(place, session);
    page->addContextActions(m_contextActions);
    connect(page, &Page::placeActivated, this, &PageTabs::open);
    connect(page, &Page::selectionChanged, this, [this, page] {
        if (page == currentPage())
            emit selectionChanged();
    });
    connect(page, &Page::loaded, this, &PageTabs::pageLoaded);
    connect(page, &Page::signInRequested, this,
            [this, place] { emit signInRequested(place.connectionId); });
    connect(page, &Page::fileWanted, this,
            [this, place](const WantedFile &file) { emit fileWanted(place, file); });
    emit pageMade(page);
    const QString subject = place.reference ? u"image"_s : u"repository"_s;
    const QIcon icon = tintedIcon(place.cleanup.isEmpty() ? subject : u"clear"_s);
    const int index = insertTab(at, page, icon, labelText(page->title()));
    tabBar()->setTabButton(index, QTabBar::RightSide, makeCloseButton(page));
    setTabToolTip(index, toolTipText(displayText(session->host() + u'/' + page->title())));
    page->reload();
    return index;
}

/// Qt's own is a red cross that shouts in every theme.
QWidget *PageTabs::makeCloseButton(Page *page)
{
    auto *button = new QToolButton;
    button->setObjectName(u"closeTabButton"_s);
    button->setAutoRaise(true);
    button->setIcon(tintedIcon(u"close"_s));
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    button->setIconSize({size * 3 / 4, size * 3 / 4});
    button->setFocusPolicy(Qt::NoFocus); // Ctrl+W is the way of the keyboard.
    button->setToolTip(tr("Close this tab"));
    button->setAccessibleName(tr("Close %1").arg(displayText(page->title())));
    connect(button, &QToolButton::clicked, this, [this, page] { closeTab(indexOf(page)); });
    return button;
}

Page *PageTabs::makeCleanupPage(const Place &place)
{
    const auto findSession = [this, id = place.connectionId] { return m_registries.session(id); };
    auto *page = new CleanupPage(place, findSession());
    page->presenter().setSessionSource(findSession);
    return page;
}

Page *PageTabs::makePage(const Place &place, const std::shared_ptr<Session> &session)
{
    if (!place.cleanup.isEmpty())
        return makeCleanupPage(place);
    if (!place.reference) {
        auto *page = new RepositoryPage(place, session);
        page->header()->restoreState(m_settings.columns(u"tags"_s));
        page->tags().setOrigin(
            {place.connectionId, session->host(), place.repository.toString(), {}});
        return page;
    }
    auto *page = new ImagePage(place, session);
    page->layerHeader()->restoreState(m_settings.columns(u"layers"_s));
    return page;
}

/// Pages of an earlier session go on with the new one: somebody has signed in, or the address
/// has changed.
void PageTabs::renewPages(const QString &connectionId)
{
    const QWidget *front = currentWidget();
    for (int i = 0; i < count(); ++i) {
        auto *old = qobject_cast<Page *>(widget(i));
        if (old->place().connectionId != connectionId || !old->objectionToClosing().isEmpty())
            continue;
        const bool isInFront = old == front;
        saveColumnsOf(old); // The new page takes them over.
        insertPage(i, old->place());
        removePage(old);
        if (isInFront)
            setCurrentIndex(i);
    }
}

void PageTabs::openWaiting(const QString &connectionId)
{
    const QList<Place> places =
        takePlaces(m_unreachable, connectionId) + takePlaces(m_waiting, connectionId);
    for (const Place &place : places)
        open(place);
}

void PageTabs::closeTab(int index)
{
    auto *page = qobject_cast<Page *>(widget(index));
    if (page && mayClose(page))
        removePage(page);
}

void PageTabs::removePage(Page *page)
{
    saveColumnsOf(page);
    removeTab(indexOf(page));
    page->deleteLater();
}

bool PageTabs::mayClose(Page *page)
{
    const QString objection = page->objectionToClosing();
    if (objection.isEmpty())
        return true;
    setCurrentWidget(page);
    page->warn(objection);
    return false;
}

bool PageTabs::mayClose()
{
    const QList<Page *> open = pages();
    return std::all_of(open.begin(), open.end(), [this](Page *page) { return mayClose(page); });
}

void PageTabs::step(int places)
{
    if (count() > 0)
        setCurrentIndex((currentIndex() + places + count()) % count());
}

void PageTabs::closeConnection(const QString &connectionId)
{
    takePlaces(m_waiting, connectionId);
    takePlaces(m_unreachable, connectionId);
    const QList<Page *> open = pages();
    for (Page *page : open) {
        // What is under way goes to its end, and its page stays until then.
        if (page->place().connectionId == connectionId && page->objectionToClosing().isEmpty())
            removePage(page);
    }
}

void PageTabs::removeTags(const Place &repository, const QStringList &tags)
{
    const QList<Page *> open = pages();
    for (Page *page : open) {
        const Place &place = page->place();
        if (auto *list = qobject_cast<RepositoryPage *>(page); list && place == repository)
            list->removeTags(tags);
        const bool isSameRepository = place.connectionId == repository.connectionId
                                      && place.repository == repository.repository;
        if (isSameRepository && place.reference && place.reference->tag()
            && tags.contains(place.reference->toString()))
            page->reload(); // It says then that the tag exists no more.
    }
}

void PageTabs::reloadRepository(const Place &repository)
{
    const QList<Page *> open = pages();
    for (Page *page : open) {
        const Place &place = page->place();
        const bool showsTags =
            place.cleanup.isEmpty() && (!place.reference || place.reference->tag());
        if (showsTags && place.connectionId == repository.connectionId
            && place.repository == repository.repository)
            page->reload();
    }
}

void PageTabs::saveColumnsOf(const Page *page)
{
    if (const auto *tags = qobject_cast<const RepositoryPage *>(page))
        m_settings.setColumns(u"tags"_s, tags->header()->saveState());
    else if (const auto *image = qobject_cast<const ImagePage *>(page))
        m_settings.setColumns(u"layers"_s, image->layerHeader()->saveState());
}

void PageTabs::saveColumns()
{
    const QList<Page *> open = pages();
    for (const Page *page : open)
        saveColumnsOf(page);
    saveColumnsOf(currentPage()); // The one in front has the last word.
}

QStringList PageTabs::saved() const
{
    QList<Place> places;
    const QList<Page *> open = pages();
    for (const Page *page : open) {
        if (page->place().cleanup.isEmpty()) // A plan is made anew.
            places.append(page->place());
    }
    QStringList result;
    for (const Place &place : places + m_waiting + m_unreachable)
        result.append(QStringList{place.connectionId, place.repository.toString(),
                                  place.reference ? place.reference->toString() : QString()}
                          .join(u' '));
    return result;
}

void PageTabs::restore(const QStringList &saved)
{
    for (const QString &line : saved) {
        const QStringList parts = line.split(u' ');
        const auto repository = RepositoryName::parse(parts.value(1));
        if (!repository || !m_registries.store().find(parts.first()))
            continue;
        Place place{parts.first(), *repository};
        if (const auto digest = Digest::parse(parts.value(2)))
            place.reference = *digest;
        else if (const auto tag = Tag::parse(parts.value(2)))
            place.reference = *tag;
        open(place);
    }
}

} // namespace Longshore::Ui
