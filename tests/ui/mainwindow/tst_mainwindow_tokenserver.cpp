// SPDX-License-Identifier: Apache-2.0
#include "core/settings/tokenserverstore.h"
#include "support/testwindow.h"
#include "support/uitest.h"

#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// A registry that sends its people to a token server under another name (CRED-02).
class TestMainWindowTokenServer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_test.reset(); }
    void namesBothAndSendsNothingWhenRefused();
    void asksOnceAndRemembers();

private:
    void signIn();
    [[nodiscard]] QString tokenServer() const { return u"localhost:%1"_s.arg(m_registry->port()); }
    [[nodiscard]] qsizetype tokenRequests() const { return m_registry->count("GET", u"/token"_s); }
    [[nodiscard]] bool hasRepository() const
    {
        const QAbstractItemModel &model = *m_test->registries().model();
        return !model
                    .match(model.index(0, 0), Qt::DisplayRole, u"app"_s, 1,
                           Qt::MatchExactly | Qt::MatchRecursive)
                    .isEmpty();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowTokenServer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QFile::remove(TokenServerStore::defaultPath());
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"app"_s);
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Bearer;
    m_registry->behaviour.realm = QUrl(u"http://%1/token"_s.arg(tokenServer()));
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestMainWindowTokenServer::signIn()
{
    m_test->window.actions().connectTo->trigger();
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    fillIn(dialog, u"address"_s, m_registry->host());
    fillIn(dialog, u"user"_s, u"user"_s);
    fillIn(dialog, u"password"_s, u"secret"_s);
    press(dialog, u"connect"_s);
    awaitNoDialog(u"connectDialog"_s);
}

void TestMainWindowTokenServer::namesBothAndSendsNothingWhenRefused()
{
    signIn();
    QDialog &question = awaitDialog(u"tokenServerDialog"_s);
    const QString text = qobject_cast<QMessageBox *>(&question)->text();
    QVERIFY(text.contains(m_registry->host()) && text.contains(tokenServer()));
    QCOMPARE(tokenRequests(), 0);
    QTest::keyClick(&question, Qt::Key_Escape);
    awaitNoDialog(u"tokenServerDialog"_s);
    m_test->waitUntilSettled();
    QCOMPARE(tokenRequests(), 0);
    QVERIFY(!hasRepository());
}

void TestMainWindowTokenServer::asksOnceAndRemembers()
{
    signIn();
    press(awaitDialog(u"tokenServerDialog"_s), u"send"_s);
    QTRY_VERIFY(hasRepository());
    QCOMPARE(tokenRequests(), 1);
    QCOMPARE(openDialogs(u"tokenServerDialog"_s), 0);
    // And not when the same account comes again.
    signIn();
    QTRY_VERIFY(tokenRequests() > 1);
    QCOMPARE(openDialogs(u"tokenServerDialog"_s), 0);
}

LONGSHORE_UI_TEST(TestMainWindowTokenServer)
#include "tst_mainwindow_tokenserver.moc"
