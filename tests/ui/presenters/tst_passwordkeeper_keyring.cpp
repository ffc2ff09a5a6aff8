// SPDX-License-Identifier: Apache-2.0
#include "core/auth/keychainjob.h"
#include "core/settings/connectioncredentials.h"
#include "support/outcome.h"
#include "support/uitest.h"
#include "ui/presenters/passwordkeeper.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Against a real gnome-keyring, which with-keyring.sh starts.
class TestPasswordKeeperKeyring : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void keepsAndForgets();
    void leavesWhatAnotherConnectionNeeds();
    void takesNothingOfOthersAway();

private:
    SavedConnection save(const QString &address, const QString &user)
    {
        SavedConnection connection{{}, u"lab"_s, address, user};
        connection.signIn = SavedConnection::SignIn::Keychain;
        return *m_store.save(connection);
    }
    /// The service answers in order, so that what was asked before is done.
    [[nodiscard]] static QByteArray kept(const SavedConnection &connection)
    {
        auto *job = KeychainJob::read(keychainKeyOf(connection));
        job->setTimeLimit(30s);
        const auto secret = outcomeOf(job);
        return secret ? secret->reveal() : QByteArray("no answer");
    }

    QTemporaryDir m_folder;
    ConnectionStore m_store{m_folder.filePath(u"connections.json"_s)};
    PasswordKeeper m_keeper{m_store};
};

void TestPasswordKeeperKeyring::initTestCase()
{
    const QString reason = qEnvironmentVariable("LONGSHORE_NO_KEYRING");
    if (!reason.isEmpty())
        QSKIP(qPrintable(reason));
}

void TestPasswordKeeperKeyring::keepsAndForgets()
{
    const SavedConnection connection = save(u"https://reg.lab:5000/v2/"_s, u"me"_s);
    m_keeper.keep(connection, Secret("secret"));
    QCOMPARE(kept(connection), "secret");
    m_keeper.keep(connection, {}); // Nothing new was typed.
    QCOMPARE(kept(connection), "secret");
    m_keeper.forget(connection); // It is still in the list.
    QCOMPARE(kept(connection), "secret");
    QVERIFY(m_store.remove(connection.id));
    m_keeper.forget(connection);
    QTRY_COMPARE(kept(connection), QByteArray());
}

void TestPasswordKeeperKeyring::leavesWhatAnotherConnectionNeeds()
{
    const SavedConnection one = save(u"reg.lab"_s, u"me"_s);
    const SavedConnection two = save(u"reg.lab/team/app"_s, u"me"_s);
    m_keeper.keep(one, Secret("secret"));
    QVERIFY(m_store.remove(one.id));
    m_keeper.forget(one);
    QCOMPARE(kept(two), "secret");
    QVERIFY(m_store.remove(two.id));
    m_keeper.forget(two);
    QTRY_COMPARE(kept(two), QByteArray());
}

void TestPasswordKeeperKeyring::takesNothingOfOthersAway()
{
    const SavedConnection mine = save(u"reg.lab"_s, u"me"_s);
    const SavedConnection hers = save(u"reg.lab"_s, u"her"_s);
    m_keeper.keep(mine, Secret("one"));
    m_keeper.keep(hers, Secret("two"));
    QVERIFY(m_store.remove(mine.id));
    m_keeper.forget(mine);
    QTRY_COMPARE(kept(mine), QByteArray());
    QCOMPARE(kept(hers), "two");
}

LONGSHORE_UI_TEST(TestPasswordKeeperKeyring)
#include "tst_passwordkeeper_keyring.moc"
