// SPDX-License-Identifier: Apache-2.0
#include "core/auth/authfile.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestAuthFile : public QObject
{
    Q_OBJECT

private slots:
    void readsAnEntry_data();
    void readsAnEntry();
    void readsAReadyToken();
    void saysWhatIsWrongWithAnEntry_data();
    void saysWhatIsWrongWithAnEntry();
    void refusesUsersWithAColon();
    void refusesWhatIsNoSuchFile_data();
    void refusesWhatIsNoSuchFile();
    void findsTheRegistryAndNoOther_data();
    void findsTheRegistryAndNoOther();
    void choosesTheLongestPath_data();
    void choosesTheLongestPath();
    void knowsTheNamesOfDockerHub_data();
    void knowsTheNamesOfDockerHub();
    void readsWhichHelperIsWanted();
    void listsEveryRegistryOnce();
};

namespace {

QByteArray base64(const QByteArray &pair)
{
    return pair.toBase64();
}

/// {"auths":{"KEY":{"auth":"..."}}} with the key as the user's name.
AuthFile withKeys(const QStringList &keys)
{
    QByteArrayList entries;
    for (const QString &key : keys)
        entries.append('"' + key.toUtf8() + R"(":{"auth":")" + base64("u:" + key.toUtf8())
                       + R"("})");
    return *AuthFile::parse(R"({"auths":{)" + entries.join(',') + "}}");
}

/// The key of what was found; empty for nothing.
QString keyFor(const AuthFile &file, const QString &host, const QString &repository = {})
{
    const AuthFile::Entry *entry = file.find(host, repository);
    return entry ? entry->key : QString();
}

Result<Credentials> entryOf(const QByteArray &entry)
{
    const auto file = AuthFile::parse(R"({"auths":{"reg.lab":)" + entry + "}}");
    const AuthFile::Entry *found = file ? file->find(u"reg.lab"_s) : nullptr;
    return found ? found->credentials
                 : Result<Credentials>(Error{Error::Kind::NotFound, u"no entry"_s});
}

} // namespace

void TestAuthFile::readsAnEntry_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("identityToken");
    const auto auth = [](const QByteArray &pair) {
        return QByteArray(R"({"auth":")" + base64(pair) + R"("})");
    };
    const QByteArray none;
    QTest::newRow("usual") << auth("me:secret") << u"me"_s << QByteArray("secret") << none;
    QTest::newRow("a password with colons")
        << auth("me:a:b:") << u"me"_s << QByteArray("a:b:") << none;
    QTest::newRow("UTF-8") << auth("j\xc3\xbcrgen:\xe2\x82\xac") << u"j\u00fcrgen"_s
                           << QByteArray("\xe2\x82\xac") << none;
    QTest::newRow("an empty password") << auth("me:") << u"me"_s << none << none;
    QTest::newRow("NULs behind it")
        << auth(QByteArray("me:secret\0\0", 11)) << u"me"_s << QByteArray("secret") << none;
    QTest::newRow("plain members")
        << QByteArray(R"({"username":"me","password":"p"})") << u"me"_s << QByteArray("p") << none;
    QTest::newRow("an identity token")
        << QByteArray(R"({"identitytoken":"it"})") << QString() << none << QByteArray("it");
    QTest::newRow("an identity token and a user")
        << QByteArray(R"({"auth":"bWU6","identitytoken":"it"})") << u"me"_s << none
        << QByteArray("it");
    QTest::newRow("an identity token and no user that could be read")
        << QByteArray(R"({"auth":"Og==","identitytoken":"it"})") << QString() << none
        << QByteArray("it");
    QTest::newRow("kept by a helper") << QByteArray("{}") << QString() << none << none;
    QTest::newRow("unknown members") << QByteArray(R"({"auth":"bWU6cA==","email":"x","n":[1]})")
                                     << u"me"_s << QByteArray("p") << none;
}

void TestAuthFile::readsAnEntry()
{
    QFETCH(QByteArray, entry);
    const auto credentials = entryOf(entry);
    QVERIFY(credentials);
    QTEST(credentials->user, "user");
    QTEST(credentials->password.reveal(), "password");
    QTEST(credentials->identityToken.reveal(), "identityToken");
}

void TestAuthFile::readsAReadyToken()
{
    for (const char *entry : {R"({"registrytoken":"rt"})", R"({"auth":"?","registrytoken":"rt"})",
                              R"({"auth":"bWU6cA==","registrytoken":"rt"})"}) {
        const auto credentials = entryOf(entry);
        QVERIFY(credentials && !credentials->isEmpty());
        QCOMPARE(credentials->registryToken.reveal(), "rt");
    }
}

void TestAuthFile::saysWhatIsWrongWithAnEntry_data()
{
    QTest::addColumn<QByteArray>("auth");
    QTest::newRow("not Base64") << QByteArray("CANARY!!");
    QTest::newRow("cut off") << QByteArray("bWU6c2VjcmV");
    QTest::newRow("no colon") << base64("CANARY");
    QTest::newRow("no user") << base64(":CANARY");
    QTest::newRow("a line break in the user") << base64("me\n:CANARY");
    QTest::newRow("a user that is no UTF-8") << base64("\xff\xfe:CANARY");
}

void TestAuthFile::saysWhatIsWrongWithAnEntry()
{
    QFETCH(QByteArray, auth);
    const auto credentials = entryOf(R"({"auth":")" + auth + R"("})");
    QVERIFY(!credentials && !credentials.error().message.isEmpty());
    QVERIFY(!credentials.error().message.contains(u"CANARY"_s));
    QVERIFY(!credentials.error().message.contains(QString::fromLatin1(auth)));
}

void TestAuthFile::refusesUsersWithAColon()
{
    const auto credentials = entryOf(R"({"username":"me:CANARY","password":"p"})");
    QVERIFY(!credentials && credentials.error().kind == Error::Kind::InvalidInput);
    QVERIFY(!credentials.error().message.contains(u"CANARY"_s));
}

void TestAuthFile::refusesWhatIsNoSuchFile_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("secret");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("cut off") << QByteArray(R"({"auths":{"a":{"auth":"bWU6)");
    QTest::newRow("deep") << QByteArray(5000, '[');
    QTest::newRow("two documents") << QByteArray("{}{}");
}

void TestAuthFile::refusesWhatIsNoSuchFile()
{
    QFETCH(QByteArray, bytes);
    const auto file = AuthFile::parse(bytes);
    QVERIFY(!file);
    QVERIFY(!file.error().message.isEmpty());
}

void TestAuthFile::findsTheRegistryAndNoOther_data()
{
    // CRED-13.
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isMeant");
    QTest::newRow("itself") << u"reg.lab:5000"_s << u"reg.lab:5000"_s << true;
    QTest::newRow("in capitals") << u"REG.lab:5000"_s << u"reg.LAB:5000"_s << true;
    QTest::newRow("as it once was written") << u"https://reg.lab/v1/"_s << u"reg.lab"_s << true;
    QTest::newRow("with http") << u"http://reg.lab/v2/"_s << u"reg.lab"_s << true;
    QTest::newRow("with a scheme and a port")
        << u"https://reg.lab:5000"_s << u"reg.lab:5000"_s << true;
    QTest::newRow("a port that is not asked for") << u"reg.lab:443"_s << u"reg.lab"_s << false;
    QTest::newRow("no port where one is asked for") << u"reg.lab"_s << u"reg.lab:5000"_s << false;
    QTest::newRow("another port") << u"reg.lab:5001"_s << u"reg.lab:5000"_s << false;
    QTest::newRow("a part of the registry") << u"reg.lab/team"_s << u"reg.lab"_s << false;
    QTest::newRow("a pattern") << u"*.reg.lab"_s << u"a.reg.lab"_s << false;
    QTest::newRow("everything") << u"*"_s << u"reg.lab"_s << false;
    QTest::newRow("a longer name") << u"evil-reg.lab"_s << u"reg.lab"_s << false;
    QTest::newRow("a name behind it") << u"reg.lab.evil"_s << u"reg.lab"_s << false;
    QTest::newRow("a name before it") << u"reg.lab"_s << u"reg.lab.evil"_s << false;
    QTest::newRow("as the user of another") << u"https://reg.lab@evil"_s << u"reg.lab"_s << false;
    QTest::newRow("as the path of another") << u"https://evil/reg.lab"_s << u"reg.lab"_s << false;
    QTest::newRow("another scheme") << u"ftp://reg.lab"_s << u"reg.lab"_s << false;
    QTest::newRow("Docker Hub is no other")
        << u"https://index.docker.io/v1/"_s << u"reg.lab"_s << false;
    QTest::newRow("empty") << QString() << u"reg.lab"_s << false;
}

void TestAuthFile::findsTheRegistryAndNoOther()
{
    QFETCH(QString, key);
    QFETCH(QString, host);
    QFETCH(bool, isMeant);
    QCOMPARE(withKeys({key}).find(host) != nullptr, isMeant);
}

void TestAuthFile::choosesTheLongestPath_data()
{
    QTest::addColumn<QStringList>("keys");
    QTest::addColumn<QString>("repository");
    QTest::addColumn<QString>("found");
    const QString host = u"reg.lab:5000"_s;
    const QStringList keys{host, host + u"/ns", host + u"/ns/app"};
    QTest::newRow("the repository") << keys << u"ns/app"_s << u"reg.lab:5000/ns/app"_s;
    QTest::newRow("below it") << keys << u"ns/app/x"_s << u"reg.lab:5000/ns/app"_s;
    QTest::newRow("the folder") << keys << u"ns/other"_s << u"reg.lab:5000/ns"_s;
    QTest::newRow("not a part of a name") << keys << u"ns2/app"_s << host;
    QTest::newRow("the registry") << keys << QString() << host;
    QTest::newRow("nothing for others") << QStringList{host + u"/ns"} << u"ns2"_s << QString();
    QTest::newRow("no tag") << QStringList{host + u"/ns:1"} << u"ns"_s << QString();
    QTest::newRow("the old form last")
        << QStringList{u"https://reg.lab:5000/v1/"_s, host} << u"ns"_s << host;
}

void TestAuthFile::choosesTheLongestPath()
{
    QFETCH(QStringList, keys);
    QFETCH(QString, repository);
    QTEST(keyFor(withKeys(keys), u"reg.lab:5000"_s, repository), "found");
}

void TestAuthFile::knowsTheNamesOfDockerHub_data()
{
    QTest::addColumn<QString>("key");
    for (const char *key : {"docker.io", "index.docker.io", "registry-1.docker.io",
                            "registry.hub.docker.com", "https://registry.hub.docker.com/v2/",
                            "https://index.docker.io/v1/", "https://registry-1.docker.io/v2/"})
        QTest::newRow(key) << QString::fromLatin1(key);
}

void TestAuthFile::knowsTheNamesOfDockerHub()
{
    QFETCH(QString, key);
    QCOMPARE(keyFor(withKeys({key}), u"docker.io"_s), key);
    QCOMPARE(keyFor(withKeys({key}), u"docker.io"_s, u"library/debian"_s), key);
    QVERIFY(!withKeys({key}).find(u"auth.docker.io"_s));
    QCOMPARE(keyFor(withKeys({key, u"https://index.docker.io/v1/"_s}), u"docker.io"_s),
             u"https://index.docker.io/v1/"_s);
}

void TestAuthFile::readsWhichHelperIsWanted()
{
    const auto file = AuthFile::parse(R"({"credsStore":"pass","credHelpers":{
        "reg.lab:5000":"one","https://index.docker.io/v1/":"two","other":7}})");
    QVERIFY(file);
    QCOMPARE(file->store, u"pass"_s);
    QCOMPARE(file->helperFor(u"reg.lab:5000"_s), u"one"_s);
    QCOMPARE(file->helperFor(u"docker.io"_s), u"two"_s);
    QCOMPARE(file->helperFor(u"reg.lab"_s), QString());
    QCOMPARE(file->helperFor(u"other"_s), QString());
    QCOMPARE(helperKeysOf(u"reg.lab:5000"_s), QStringList{u"reg.lab:5000"_s});
    QCOMPARE(helperKeysOf(u"docker.io"_s),
             (QStringList{u"https://index.docker.io/v1/"_s, u"docker.io"_s}));
}

void TestAuthFile::listsEveryRegistryOnce()
{
    const auto file = AuthFile::parse(R"({"auths":{"https://index.docker.io/v1/":{},
        "reg.lab:5000":{},"reg.lab:5000/ns":{},"docker.io":{}},"credHelpers":{"b.lab":"x"}})");
    QVERIFY(file);
    const QStringList hosts = file->hosts();
    QCOMPARE(QSet<QString>(hosts.begin(), hosts.end()),
             (QSet<QString>{u"b.lab"_s, u"docker.io"_s, u"reg.lab:5000"_s}));
    QCOMPARE(hosts.size(), qsizetype(3));
}

QTEST_GUILESS_MAIN(TestAuthFile)
#include "tst_authfile.moc"
