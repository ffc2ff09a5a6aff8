// SPDX-License-Identifier: Apache-2.0
#include "core/settings/connectionstore.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using SignIn = SavedConnection::SignIn;

/// ConnectionStore: how each connection signs in.
class TestConnectionStoreSignIn : public QObject
{
    Q_OBJECT

private slots:
    void remembersTheChoice_data();
    void remembersTheChoice();
    void understandsConnectionsWithoutAChoice();
    void isReadWithoutBeingChanged();
    void knowsWhosePasswordIsInTheKeychain_data();
    void knowsWhosePasswordIsInTheKeychain();

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(u"connections.json"_s); }
    void write(const QByteArray &content) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }

    QTemporaryDir m_folder;
};

void TestConnectionStoreSignIn::remembersTheChoice_data()
{
    QTest::addColumn<int>("signIn");
    QTest::newRow("anonymous") << static_cast<int>(SignIn::Anonymous);
    QTest::newRow("session") << static_cast<int>(SignIn::Session);
    QTest::newRow("keychain") << static_cast<int>(SignIn::Keychain);
    QTest::newRow("configuration") << static_cast<int>(SignIn::Configuration);
}

void TestConnectionStoreSignIn::remembersTheChoice()
{
    QFETCH(int, signIn);
    SavedConnection connection{{}, u"lab"_s, u"reg.lab"_s, u"me"_s};
    connection.signIn = static_cast<SignIn>(signIn);
    QString id;
    {
        ConnectionStore store(path());
        id = store.save(connection)->id;
    }
    const auto again = ConnectionStore(path()).find(id);
    QVERIFY(again);
    QVERIFY(again->signIn == connection.signIn);
}

void TestConnectionStoreSignIn::understandsConnectionsWithoutAChoice()
{
    write(R"({"version":1,"connections":[{"id":"a","address":"a.lab","user":"me"},
        {"id":"b","address":"b.lab"},{"id":"c","address":"c.lab","signIn":"by magic"}]})");
    const ConnectionStore store(path());
    QVERIFY(store.find(u"a"_s)->signIn == SignIn::Session);
    QVERIFY(store.find(u"b"_s)->signIn == SignIn::Anonymous);
    QVERIFY(store.find(u"c"_s)->signIn == SignIn::Anonymous);
}

void TestConnectionStoreSignIn::isReadWithoutBeingChanged()
{
    write("broken");
    QVERIFY(!ConnectionStore::read(path()));
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), QStringList{u"connections.json"_s});
    write(R"({"version":1,"connections":[{"id":"a","address":"a.lab"}]})");
    QCOMPARE(ConnectionStore::read(path())->size(), 1);
    const auto missing = ConnectionStore::read(m_folder.filePath(u"missing"_s));
    QVERIFY(missing && missing->isEmpty());
}

void TestConnectionStoreSignIn::knowsWhosePasswordIsInTheKeychain_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("user");
    QTest::newRow("in the list") << u"reg.lab:5000"_s << u"kept"_s;
    QTest::newRow("with a scheme and a repository") << u"b.lab"_s << u"second"_s;
    QTest::newRow("another port") << u"reg.lab"_s << QString();
    QTest::newRow("not in the list") << u"c.lab"_s << QString();
}

void TestConnectionStoreSignIn::knowsWhosePasswordIsInTheKeychain()
{
    QFETCH(QString, host);
    const auto connection = [](const QString &address, const QString &user, SignIn signIn) {
        SavedConnection made{{}, {}, address, user};
        made.signIn = signIn;
        return made;
    };
    const QList<SavedConnection> connections{
        connection(u"reg.lab:5000"_s, u"typed"_s, SignIn::Session),
        connection(u"reg.lab:5000"_s, u"kept"_s, SignIn::Keychain),
        connection(u"reg.lab:5000"_s, u"later"_s, SignIn::Keychain),
        connection(u"https://b.lab/team/app"_s, u"second"_s, SignIn::Keychain),
        connection(u"not an address"_s, u"third"_s, SignIn::Keychain)};
    QTEST(keychainUserFor(connections, host), "user");
}

QTEST_GUILESS_MAIN(TestConnectionStoreSignIn)
#include "tst_connectionstore_signin.moc"
