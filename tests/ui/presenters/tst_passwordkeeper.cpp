// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/presenters/passwordkeeper.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using SignIn = SavedConnection::SignIn;

/// Where there is no keychain, as on every bus of the tests; tst_passwordkeeper_keyring has one.
class TestPasswordKeeper : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void saysThatAPasswordIsNotKept();
    void looksIntoNoKeychainForThatPasswordAgain();
    void bringsNoConnectionBackThatIsGone();
    void hasNothingToKeep_data();
    void hasNothingToKeep();

private:
    SavedConnection save(SignIn signIn)
    {
        SavedConnection connection{{}, u"lab"_s, u"reg.lab"_s, u"me"_s};
        connection.signIn = signIn;
        return *m_store->save(connection);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<ConnectionStore> m_store;
    std::unique_ptr<PasswordKeeper> m_keeper;
};

void TestPasswordKeeper::init()
{
    QFile::remove(m_folder.filePath(u"connections.json"_s));
    m_store = std::make_unique<ConnectionStore>(m_folder.filePath(u"connections.json"_s));
    m_keeper = std::make_unique<PasswordKeeper>(*m_store);
}

void TestPasswordKeeper::saysThatAPasswordIsNotKept()
{
    QSignalSpy notices(m_keeper.get(), &PasswordKeeper::notKept);
    m_keeper->keep(save(SignIn::Keychain), Secret("CANARY"));
    QTRY_COMPARE(notices.size(), qsizetype(1));
    const QString notice = notices.first().first().toString();
    QVERIFY2(notice.endsWith("It is known until the program ends, and is asked for again then."_L1),
             qPrintable(notice));
    QVERIFY(!notice.contains("CANARY"_L1));
}

void TestPasswordKeeper::looksIntoNoKeychainForThatPasswordAgain()
{
    const QSignalSpy notices(m_keeper.get(), &PasswordKeeper::notKept);
    const SavedConnection connection = save(SignIn::Keychain);
    m_keeper->keep(connection, Secret("secret"));
    QTRY_COMPARE(notices.size(), qsizetype(1));
    const auto saved = m_store->find(connection.id);
    QVERIFY(saved->signIn == SignIn::Session);
    QCOMPARE(saved->user, u"me"_s);
}

void TestPasswordKeeper::bringsNoConnectionBackThatIsGone()
{
    const QSignalSpy notices(m_keeper.get(), &PasswordKeeper::notKept);
    const SavedConnection connection = save(SignIn::Keychain);
    m_keeper->keep(connection, Secret("secret"));
    QVERIFY(m_store->remove(connection.id));
    QTRY_COMPARE(notices.size(), qsizetype(1));
    QVERIFY(m_store->connections().isEmpty());
}

void TestPasswordKeeper::hasNothingToKeep_data()
{
    QTest::addColumn<SignIn>("signIn");
    QTest::addColumn<QByteArray>("password");
    QTest::newRow("for this time") << SignIn::Session << QByteArray("secret");
    QTest::newRow("from Docker") << SignIn::Configuration << QByteArray("secret");
    QTest::newRow("no password") << SignIn::Keychain << QByteArray();
}

void TestPasswordKeeper::hasNothingToKeep()
{
    QFETCH(SignIn, signIn);
    QFETCH(QByteArray, password);
    const QSignalSpy notices(m_keeper.get(), &PasswordKeeper::notKept);
    const SavedConnection connection = save(signIn);
    m_keeper->keep(connection, Secret(password));
    m_keeper->keep(save(SignIn::Keychain), Secret("other")); // By then the first had been heard of.
    QTRY_COMPARE(notices.size(), qsizetype(1));
    QCOMPARE(*m_store->find(connection.id), connection);
}

LONGSHORE_UI_TEST(TestPasswordKeeper)
#include "tst_passwordkeeper.moc"
