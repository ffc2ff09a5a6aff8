// SPDX-License-Identifier: Apache-2.0
#include "core/settings/connectionstore.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestConnectionStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void isEmptyAtFirst();
    void keepsEverythingForTheNextStart();
    void givesEachConnectionAnId();
    void replacesTheConnectionWithTheSameId();
    void removesAConnection();
    void tellsOfEveryChange();
    void writesNoSecret();
    void setsAsideWhatItCannotRead_data();
    void setsAsideWhatItCannotRead();
    void neverOverwritesWhatItCouldNotSetAside();
    void saysWhenItCannotWrite();
    void livesBesideTheOtherSettings();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"connections.json"_s); }
    [[nodiscard]] static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void put(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
    }

    SavedConnection m_lab{{},        u"Lab"_s, u"http://reg.lab:5000"_s,
                          u"demo"_s, true,     {u"team/app"_s, u"b"_s}};
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestConnectionStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestConnectionStore::isEmptyAtFirst()
{
    const ConnectionStore store(path());
    QVERIFY(store.connections().isEmpty());
    QVERIFY(store.notice().isEmpty());
    QCOMPARE(files(), QStringList());
}

void TestConnectionStore::keepsEverythingForTheNextStart()
{
    const QString deep = m_folder->filePath(u"not/there/yet/connections.json"_s);
    QList<SavedConnection> saved;
    {
        ConnectionStore store(deep);
        m_lab.mayLeadInwards = true;
        QVERIFY(store.save(m_lab));
        QVERIFY(store.save({{}, u"Größe \"1\"\n"_s, u"docker.io"_s}));
        saved = store.connections();
    }
    const ConnectionStore again(deep);
    QCOMPARE(again.connections(), saved);
    QVERIFY(again.notice().isEmpty());
    SavedConnection expected = m_lab;
    expected.id = saved.first().id;
    QCOMPARE(again.connections().first(), expected);
}

void TestConnectionStore::givesEachConnectionAnId()
{
    ConnectionStore store(path());
    const auto one = store.save(m_lab);
    const auto two = store.save(m_lab);
    QVERIFY(one && two);
    QVERIFY(!one->id.isEmpty());
    QVERIFY(one->id != two->id);
    QCOMPARE(store.find(two->id), *two);
    QVERIFY(!store.find(u"another"_s));
    QVERIFY(!store.find({}));
}

void TestConnectionStore::replacesTheConnectionWithTheSameId()
{
    ConnectionStore store(path());
    auto lab = *store.save(m_lab);
    QVERIFY(store.save({{}, u"Other"_s, u"other.lab"_s}));
    lab.name = u"Workshop"_s;
    QVERIFY(store.save(lab));
    const ConnectionStore again(path());
    QCOMPARE(again.connections().size(), qsizetype(2));
    QCOMPARE(again.connections().first(), lab); // In its old place.
}

void TestConnectionStore::removesAConnection()
{
    ConnectionStore store(path());
    const auto lab = store.save(m_lab);
    QVERIFY(store.save({{}, u"Other"_s, u"other.lab"_s}));
    QVERIFY(store.remove(lab->id));
    QVERIFY(store.remove(u"unknown"_s));
    const ConnectionStore again(path());
    QCOMPARE(again.connections().size(), qsizetype(1));
    QCOMPARE(again.connections().first().name, u"Other"_s);
}

void TestConnectionStore::tellsOfEveryChange()
{
    ConnectionStore store(path());
    const QSignalSpy changed(&store, &ConnectionStore::changed);
    const auto lab = store.save(m_lab);
    QCOMPARE(changed.size(), qsizetype(1));
    QVERIFY(store.remove(lab->id));
    QCOMPARE(changed.size(), qsizetype(2));
}

void TestConnectionStore::writesNoSecret()
{
    ConnectionStore store(path());
    QVERIFY(store.save(m_lab));
    const QJsonDocument document = QJsonDocument::fromJson(content(path()));
    QCOMPARE(document.object().keys(), (QStringList{u"connections"_s, u"version"_s}));
    // Who adds a member here has to ask whether it may be read by everybody.
    QCOMPARE(document["connections"_L1][0].toObject().keys(),
             (QStringList{u"address"_s, u"id"_s, u"leadsInwards"_s, u"name"_s, u"production"_s,
                          u"readOnly"_s, u"repositories"_s, u"signIn"_s, u"tls"_s, u"user"_s}));
    // Of files only where they are; of a pin what every server shows.
    QCOMPARE(document["connections"_L1][0]["tls"_L1].toObject().keys(),
             (QStringList{u"authorities"_s, u"certificate"_s, u"key"_s, u"pinnedSha256"_s,
                          u"verified"_s}));
    QCOMPARE(files(), QStringList{u"connections.json"_s});
}

void TestConnectionStore::setsAsideWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("bytes"); // DSK-19
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("[General]\nname=x\n");
    QTest::newRow("cut short") << QByteArray(R"({"version":1,"connections":[{"id":"1")");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no version") << QByteArray(R"({"connections":[]})");
    QTest::newRow("of the future") << QByteArray(R"({"version":2,"connections":[]})");
    QTest::newRow("no list") << QByteArray(R"({"version":1,"connections":{"a":1}})");
    QTest::newRow("huge") << R"({"version":1,"connections":[]})" + QByteArray(5'000'000, ' ');
    QTest::newRow("deep") << QByteArray(100'000, '[');
}

void TestConnectionStore::setsAsideWhatItCannotRead()
{
    QFETCH(const QByteArray, bytes);
    put(path(), bytes);
    ConnectionStore store(path());
    QVERIFY(store.connections().isEmpty());
    QCOMPARE(files().size(), qsizetype(1));
    const QString aside = files().first();
    QVERIFY(aside.startsWith(u"connections.json.unreadable-"_s));
    QVERIFY2(store.notice().contains(aside), qPrintable(store.notice()));
    QVERIFY(store.save(m_lab));
    QCOMPARE(content(m_folder->filePath(aside)), bytes);
    QCOMPARE(ConnectionStore(path()).connections().size(), qsizetype(1));
}

void TestConnectionStore::neverOverwritesWhatItCouldNotSetAside()
{
    // So long a name has no room for what would be added to it.
    const QString longPath = m_folder->filePath(QString(250, u'c'));
    put(longPath, "precious");
    ConnectionStore store(longPath);
    QVERIFY(!store.notice().isEmpty());
    const auto saved = store.save(m_lab);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, Error::Kind::LocalFile);
    QVERIFY(!store.remove(u"x"_s));
    QCOMPARE(content(longPath), "precious");
    QCOMPARE(store.connections().size(), qsizetype(1)); // It goes on without the file.
}

void TestConnectionStore::saysWhenItCannotWrite()
{
    put(m_folder->filePath(u"file"_s), "x");
    ConnectionStore store(m_folder->filePath(u"file/connections.json"_s));
    const auto saved = store.save(m_lab);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, Error::Kind::LocalFile);
    QCOMPARE(store.connections().size(), qsizetype(1));
}

void TestConnectionStore::livesBesideTheOtherSettings()
{
    QStandardPaths::setTestModeEnabled(true);
    const QFileInfo file(ConnectionStore::defaultPath());
    QCOMPARE(file.fileName(), u"connections.json"_s);
    QCOMPARE(file.absolutePath(),
             QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation));
}

QTEST_GUILESS_MAIN(TestConnectionStore)
#include "tst_connectionstore.moc"
