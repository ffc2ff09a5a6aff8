// SPDX-License-Identifier: Apache-2.0
#include "support/heldworkers.h"
#include "support/testlayout.h"
#include "support/testtabs.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/pages/startpage.h"
#include "ui/presenters/openedfiles.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Where to begin; tst_mainwindow_signin shows what Docker and Podman know.
class TestStartPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void offersTheActionsItIsGiven();
    void saysHowToGoOnOnceSomethingIsOpen();
    void offersFilesThatWereOpened();
    void greysFilesThatAreGone();
    void waitsForNoDisk();
    void forgetsFiles();
    void readsNothingFromOutsideAsMarkup();

private:
    [[nodiscard]] QString headline() const
    {
        return child<QLabel>(*m_page, u"startHeadline"_s).text();
    }
    [[nodiscard]] QPushButton *recent() const
    {
        const auto buttons =
            child<QWidget>(*m_page, u"recentFiles"_s).findChildren<QPushButton *>();
        const auto shown = std::find_if(buttons.begin(), buttons.end(), [](QPushButton *button) {
            return !button->isHidden() && button->objectName().startsWith("recent_"_L1);
        });
        return shown == buttons.end() ? nullptr : *shown;
    }

    QAction m_action{u"&Begin"_s};
    std::unique_ptr<TestTabs> m_test;
    std::unique_ptr<StartPage> m_page;
};

void TestStartPage::init()
{
    m_action.setObjectName(u"begin"_s);
    m_test = std::make_unique<TestTabs>();
    m_page = std::make_unique<StartPage>(QList<QAction *>{&m_action}, m_test->registries,
                                         m_test->settings);
    m_page->show();
}

void TestStartPage::cleanup()
{
    m_page.reset();
    m_test.reset();
}

void TestStartPage::offersTheActionsItIsGiven()
{
    const QSignalSpy triggered(&m_action, &QAction::triggered);
    press(*m_page, u"start_begin"_s);
    QCOMPARE(triggered.size(), qsizetype(1));
}

void TestStartPage::saysHowToGoOnOnceSomethingIsOpen()
{
    QVERIFY2(headline().startsWith(u"Connect"_s), qPrintable(headline()));
    const QString id = m_test->connectToRegistry();
    QVERIFY2(headline().startsWith(u"Choose a repository"_s), qPrintable(headline()));
    m_test->registries.remove(id);
    QVERIFY2(headline().startsWith(u"Connect"_s), qPrintable(headline()));
}

void TestStartPage::offersFilesThatWereOpened()
{
    TestLayout layout;
    FakeRegistry maker;
    layout.save(maker, u"a"_s, {{u"1"_s, TestImages::addImage(maker, u"a"_s, u"1"_s)}});
    QVERIFY(!recent());
    const QString id = m_test->registries.files().add(layout.path());
    QTRY_VERIFY(recent());
    QVERIFY2(headline().startsWith(u"Choose a repository"_s), qPrintable(headline()));
    m_test->registries.remove(id);
    QVERIFY2(headline().startsWith(u"Connect"_s), qPrintable(headline()));
    const QSignalSpy requested(m_page.get(), &StartPage::fileRequested);
    QCOMPARE(recent()->text(), u"My Layout"_s);
    QTRY_VERIFY(recent()->isEnabled());
    QTest::mouseClick(recent(), Qt::LeftButton);
    QCOMPARE(requested.value(0).value(0).toString(), layout.path());
}

void TestStartPage::greysFilesThatAreGone()
{
    m_test->settings.addRecentFile(m_test->folder.filePath(u"gone & lost.tar"_s));
    m_page->hide();
    m_page->show();
    QTRY_VERIFY(recent());
    QTRY_VERIFY(!recent()->isEnabled());
    QCOMPARE(recent()->text(), u"gone && lost.tar"_s);
    QTRY_VERIFY2(recent()->toolTip().contains(u"not there any more"_s),
                 qPrintable(recent()->toolTip()));
    QVERIFY(!recent()->isEnabled());
}

void TestStartPage::waitsForNoDisk()
{
    HeldWorkers workers; // As a disk does that nobody answers for.
    QCoreApplication::processEvents();
    m_test->settings.addRecentFile(m_test->folder.path());
    m_page->hide();
    m_page->show();
    QTRY_VERIFY(recent());
    QVERIFY2(!recent()->toolTip().contains(u"not there"_s), qPrintable(recent()->toolTip()));
    workers.release();
    QTRY_VERIFY(recent()->isEnabled());
}

void TestStartPage::forgetsFiles()
{
    m_test->settings.addRecentFile(m_test->folder.path());
    m_page->hide();
    m_page->show();
    QTRY_VERIFY(recent());
    QTRY_VERIFY(recent()->isEnabled());
    press(*m_page, u"forgetFiles"_s);
    QVERIFY(!recent() && child<QWidget>(*m_page, u"recentFiles"_s).isHidden());
    QVERIFY(m_test->settings.recentFiles().isEmpty());
}

void TestStartPage::readsNothingFromOutsideAsMarkup()
{
    m_test->settings.addRecentFile(u"/tmp/<b>bold</b>"_s);
    m_page->hide();
    m_page->show();
    QCOMPARE(WidgetChecks::labelsWithMarkup(*m_page), QStringList());
}

LONGSHORE_UI_TEST(TestStartPage)
#include "tst_startpage.moc"
