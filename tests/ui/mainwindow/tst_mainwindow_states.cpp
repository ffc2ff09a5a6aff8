// SPDX-License-Identifier: Apache-2.0
#include "support/heldrequests.h"
#include "support/modeltext.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/pages/imagepage.h"
#include "ui/pages/repositorypage.h"

#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What the window says while something is missing, and the way out of it.
class TestMainWindowStates : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void asksAgainAfterAWrongPassword();
    void asksForASignInWhereOneIsNeeded();
    void offersToAddRepositoriesThatTheServerDoesNotList();
    void saysThatARegistryIsEmpty();
    void saysThatARepositoryIsEmpty();
    void saysThatARepositoryIsUnknown();
    void saysThatNoServerAnswers();
    void saysWhatItReadsAndStops();
    void saysThatAListIsNotComplete();
    void triesAFailedListAgain();
    void offersASignInWhereReadingIsRefused();
    void saysThatATagHasNoManifest();
    void showsAnImageWithoutItsConfiguration();
    void keepsTheMessageUntilItIsClosed();

private:
    [[nodiscard]] QString tree() const
    {
        return treeText(*m_test->registries().model()).replace(m_registry->host(), u"host"_s);
    }
    [[nodiscard]] QString headline() const
    {
        return child<QLabel>(*m_test->page<Page>(), u"placeholderHeadline"_s).text();
    }
    /// Of the bar above the page, or above all pages.
    [[nodiscard]] static QString message(const QWidget &parent)
    {
        return child<QLabel>(parent, u"messageText"_s).text();
    }
    [[nodiscard]] QString app() const { return m_registry->host() + "/app"_L1; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowStates::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestMainWindowStates::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestMainWindowStates::asksAgainAfterAWrongPassword()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Basic;
    TestImages::addImage(*m_registry, u"app"_s, u"1"_s);
    m_test->window.actions().connectTo->trigger();
    QDialog &first = awaitDialog(u"connectDialog"_s);
    fillIn(first, u"address"_s, m_registry->host());
    fillIn(first, u"user"_s, u"user"_s);
    fillIn(first, u"password"_s, u"wrong"_s);
    press(first, u"connect"_s);
    QTRY_VERIFY(openDialogs(u"connectDialog"_s) == 1 && &awaitDialog(u"connectDialog"_s) != &first);
    QDialog &again = awaitDialog(u"connectDialog"_s);
    const QString reason = child<QLabel>(again, u"reason"_s).text();
    QVERIFY2(reason.contains("rejected the sign-in"_L1) && reason.contains("user"_L1),
             qPrintable(reason));
    QCOMPARE(child<QLineEdit>(again, u"user"_s).text(), u"user"_s);
    QVERIFY(child<QLineEdit>(again, u"password"_s).text().isEmpty());
    fillIn(again, u"password"_s, u"secret"_s);
    QTest::keyClick(&child<QLineEdit>(again, u"password"_s), Qt::Key_Return);
    QTRY_COMPARE(tree(), u"host\n  app"_s);
    QCOMPARE(m_test->connections.connections().size(), qsizetype(1));
}

void TestMainWindowStates::asksForASignInWhereOneIsNeeded()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Basic;
    TestImages::addImage(*m_registry, u"app"_s, u"1"_s);
    m_test->window.openText(app());
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    QVERIFY(child<QLabel>(dialog, u"reason"_s).isVisible());
    fillIn(dialog, u"user"_s, u"user"_s);
    fillIn(dialog, u"password"_s, u"secret"_s);
    press(dialog, u"connect"_s);
    QTRY_COMPARE(tree(), u"host\n  app"_s);
}

void TestMainWindowStates::offersToAddRepositoriesThatTheServerDoesNotList()
{
    m_registry->behaviour.catalogStatus = 404;
    TestImages::addImage(*m_registry, u"team/app"_s, u"1"_s);
    m_test->connectTo(*m_registry);
    QCOMPARE(tree(),
             u"host\n  This server does not list its repositories. Add the ones you use."_s);
    m_test->window.actions().addRepository->trigger();
    QDialog &dialog = awaitDialog(u"addRepositoryDialog"_s);
    auto *line = dialog.findChild<QLineEdit *>();
    QTest::keyClicks(line, u"team/app"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(m_test->page<RepositoryPage>());
    m_test->waitUntilSettled();
    QCOMPARE(m_test->tags().model()->rowCount(), 1);
    QVERIFY(tree().endsWith("team\n    app"_L1));
    QCOMPARE(m_test->connections.connections().first().repositories, QStringList{u"team/app"_s});
}

void TestMainWindowStates::saysThatARegistryIsEmpty()
{
    m_test->connectTo(*m_registry);
    QCOMPARE(tree(), u"host\n  This registry lists no repositories. You may not have the right to "
                     "see any."_s);
}

void TestMainWindowStates::saysThatARepositoryIsEmpty()
{
    m_registry->addRepository(u"app"_s);
    m_test->open(app());
    QCOMPARE(headline(), u"No tags."_s);
    QVERIFY(child<QLabel>(*m_test->page<Page>(), u"placeholderText"_s).isVisible());
}

void TestMainWindowStates::saysThatARepositoryIsUnknown()
{
    m_test->open(app());
    QCOMPARE(headline(), u"\u2068app\u2069 does not exist here, or you may not see it."_s);
}

void TestMainWindowStates::saysThatNoServerAnswers()
{
    const QString host = m_registry->host();
    m_registry.reset();
    m_test->open(host);
    m_registry = std::make_unique<FakeRegistry>();
    const auto &bar = *m_test->window.centralWidget();
    QTRY_VERIFY(message(bar).startsWith(u"No server answers at \u2068%1\u2069"_s.arg(host)));
    QVERIFY(treeText(*m_test->registries().model()).contains("No server answers"_L1));
    press(bar, u"closeMessage"_s);
    QVERIFY(!child<QWidget>(bar, u"messageText"_s).isVisible());
}

void TestMainWindowStates::saysWhatItReadsAndStops()
{
    TestImages::addImage(*m_registry, u"app"_s, u"1"_s);
    HeldRequests held(*m_registry, "GET", u"/tags/list"_s);
    m_test->window.openText(app());
    QTRY_COMPARE(held.count(), qsizetype(1));
    QCOMPARE(headline(), u"Reading the tags of \u2068app\u2069\u2026"_s);
    QVERIFY(!m_test->window.isSettled());
    press(*m_test->page<Page>(), u"stopListingButton"_s);
    QTRY_VERIFY(m_test->window.isSettled());
    QCOMPARE(headline(), u"Stopped before the first tag came."_s);
    held.release();
    press(*m_test->page<Page>(), u"retryButton"_s);
    QTRY_COMPARE(m_test->tags().model()->rowCount(), 1);
}

void TestMainWindowStates::saysThatAListIsNotComplete()
{
    for (int i = 0; i < 6; ++i)
        TestImages::addImage(*m_registry, u"app"_s, u"v%1"_s.arg(i));
    m_registry->behaviour.pageSize = 4;
    m_registry->intercept([](const TestRequest &request, const TestConnection &connection) {
        if (request.query(u"last"_s).isEmpty())
            return false;
        connection.answer({403, {}, {}});
        return true;
    });
    m_test->open(app());
    QCOMPARE(m_test->tags().model()->rowCount(), 4);
    QVERIFY(message(*m_test->page<Page>()).startsWith("The list of tags is not complete: "_L1));
}

void TestMainWindowStates::triesAFailedListAgain()
{
    TestImages::addImage(*m_registry, u"app"_s, u"1"_s);
    m_registry->failNext("GET", u"/tags/list"_s, {404, {}, {}});
    m_test->open(app());
    QVERIFY(!headline().isEmpty());
    press(*m_test->page<Page>(), u"retryButton"_s);
    m_test->waitUntilSettled();
    QCOMPARE(m_test->tags().model()->rowCount(), 1);
}

void TestMainWindowStates::offersASignInWhereReadingIsRefused()
{
    TestImages::addImage(*m_registry, u"app"_s, u"1"_s);
    m_registry->failNext("GET", u"/tags/list"_s, {403, {}, {}});
    m_test->open(app());
    press(*m_test->page<Page>(), u"signInButton"_s);
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    QCOMPARE(child<QLineEdit>(dialog, u"address"_s).text(), m_registry->host());
    press(dialog, u"connect"_s);
    awaitNoDialog(u"connectDialog"_s);
    // The page goes on with the new session.
    QTRY_COMPARE(m_test->tags().model()->rowCount(), 1);
}

void TestMainWindowStates::saysThatATagHasNoManifest()
{
    TestImages::addImage(*m_registry, u"app"_s, u"1"_s);
    m_registry->setTag(u"app"_s, u"lost"_s, Digest::ofBytes("nothing"));
    m_test->open(app() + ":lost"_L1);
    QCOMPARE(headline(), u"The tag exists no more, or its manifest is missing."_s);
    m_test->open(app());
    const QModelIndex row = rowOf(m_test->tags(), u"lost"_s);
    QCOMPARE(row.siblingAtColumn(1).data().toString(), u"!"_s);
    QVERIFY(!row.data(Qt::ToolTipRole).toString().isEmpty());
}

void TestMainWindowStates::showsAnImageWithoutItsConfiguration()
{
    TestImages::addImage(*m_registry, u"app"_s, u"1"_s);
    m_registry->failNext("GET", u"/blobs/"_s, {404, {}, {}});
    m_test->open(app() + ":1"_L1);
    QVERIFY(message(*m_test->page<Page>()).startsWith("The configuration could not be read: "_L1));
    QCOMPARE(child<QAbstractItemView>(*m_test->page<Page>(), u"layers"_s).model()->rowCount(), 2);
}

void TestMainWindowStates::keepsTheMessageUntilItIsClosed()
{
    m_test->window.openText(u"not a reference"_s);
    const auto &bar = child<QWidget>(*m_test->window.centralWidget(), u"messageBar"_s);
    QVERIFY(bar.isVisible());
    m_test->connectTo(*m_registry);
    QVERIFY(bar.isVisible());
    press(bar, u"closeMessage"_s);
    QVERIFY(!bar.isVisible());
}

LONGSHORE_UI_TEST(TestMainWindowStates)
#include "tst_mainwindow_states.moc"
