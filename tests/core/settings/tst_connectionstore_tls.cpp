// SPDX-License-Identifier: Apache-2.0
#include "core/settings/connectionstore.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// ConnectionStore: whom each connection trusts.
class TestConnectionStoreTls : public QObject
{
    Q_OBJECT

private slots:
    void remembersTheChoice_data();
    void remembersTheChoice();
    void knowsPassphrasesUntilTheEndOnly();
    void keepsEachConnectionsOwn();
    void verifiesUnlessClearlyToldNotTo_data();
    void verifiesUnlessClearlyToldNotTo();
    void refusesAPinThatWasDamaged();

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(u"connections.json"_s); }
    [[nodiscard]] TlsChoice written(const QByteArray &tls) const;

    QTemporaryDir m_folder;
};

TlsChoice TestConnectionStoreTls::written(const QByteArray &tls) const
{
    QFile file(path());
    const QByteArray content =
        R"({"version":1,"connections":[{"id":"1","name":"lab","address":"reg.lab")" + tls + "}]}";
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write");
    file.close();
    return ConnectionStore(path()).connections().first().tls;
}

void TestConnectionStoreTls::remembersTheChoice_data()
{
    QTest::addColumn<TlsChoice>("choice");
    QTest::newRow("none") << TlsChoice();
    QTest::newRow("authority") << TlsChoice{.authorities = u"/etc/ssl/ca.pem"_s};
    QTest::newRow("own certificate")
        << TlsChoice{.certificate = u"/home/me/\u00fc.pem"_s, .key = u"/home/me/k.pem"_s};
    QTest::newRow("pin") << TlsChoice{.pin = QString(64, u'a')};
    QTest::newRow("not verified") << TlsChoice{.isVerified = false};
}

void TestConnectionStoreTls::remembersTheChoice()
{
    QFETCH(const TlsChoice, choice);
    SavedConnection connection{{}, u"lab"_s, u"reg.lab"_s};
    connection.tls = choice;
    const QString id = ConnectionStore(path()).save(connection)->id;
    const auto again = ConnectionStore(path()).find(id);
    QVERIFY(again);
    QVERIFY(again->tls == choice);
}

void TestConnectionStoreTls::knowsPassphrasesUntilTheEndOnly()
{
    SavedConnection connection{{}, u"lab"_s, u"reg.lab"_s};
    connection.tls = {.key = u"/home/me/k.pem"_s, .passphrase = Secret("CANARY")};
    ConnectionStore store(path());
    const QString id = store.save(connection)->id;
    QVERIFY(store.find(id)->tls.passphrase == Secret("CANARY"));
    QVERIFY(ConnectionStore(path()).find(id)->tls.passphrase.isEmpty());
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("CANARY"));
}

void TestConnectionStoreTls::keepsEachConnectionsOwn()
{
    QFile::remove(path());
    ConnectionStore store(path());
    SavedConnection first{{}, u"lab"_s, u"reg.lab"_s};
    first.tls.isVerified = false;
    QVERIFY(store.save(first));
    QVERIFY(store.save({{}, u"production"_s, u"reg.example"_s}));
    const ConnectionStore again(path());
    QVERIFY(!again.connections().first().tls.isVerified);
    QVERIFY(again.connections().last().tls == TlsChoice());
}

void TestConnectionStoreTls::verifiesUnlessClearlyToldNotTo_data()
{
    QTest::addColumn<QByteArray>("tls");
    QTest::addColumn<bool>("isVerified");
    QTest::newRow("of an older version") << QByteArray() << true;
    QTest::newRow("no object") << QByteArray(R"(,"tls":false)") << true;
    QTest::newRow("no word") << QByteArray(R"(,"tls":{})") << true;
    QTest::newRow("another word") << QByteArray(R"(,"tls":{"verified":"false"})") << true;
    QTest::newRow("told not to") << QByteArray(R"(,"tls":{"verified":false})") << false;
}

void TestConnectionStoreTls::verifiesUnlessClearlyToldNotTo()
{
    QFETCH(const QByteArray, tls);
    QFETCH(const bool, isVerified);
    QCOMPARE(written(tls), TlsChoice{.isVerified = isVerified});
}

void TestConnectionStoreTls::refusesAPinThatWasDamaged()
{
    const TlsChoice choice = written(R"(,"tls":{"pinnedSha256":"abc","verified":false})");
    QVERIFY(!readTlsChoice(choice)); // Rather than to trust more than one certificate.
}

QTEST_GUILESS_MAIN(TestConnectionStoreTls)
#include "tst_connectionstore_tls.moc"
