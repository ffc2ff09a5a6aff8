// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentialplaces.h"
#include "support/testhome.h"

#include <QTest>

#include <sys/stat.h>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Owner = CredentialPlace::Owner;

class TestCredentialPlaces : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void looksInTheKnownPlacesInTheirOrder();
    void looksInTheFoldersOfThePersonWithoutVariables();
    void takesNoRelativeFolder();
    void looksNowhereButInTheFileThatIsNamed();
    void findsThePartsBeforeTheWholeOfAFile();
    void saysNothingOfFilesThatAreNotThere();
    void saysWhatIsWrongWithAFile_data();
    void saysWhatIsWrongWithAFile();
    void followsALink();
    void readsBehindAByteOrderMark();
    void findsTheFirstThatKnowsTheRegistry();
    void leavesTheStoreToDocker();
    void looksAtNoPasswordWhereAHelperIsNamed();
    void asksHelpersByTheNameThatTheOwnerGives();
    void warnsOfPasswordsThatOthersCanRead();
    void goesOnAfterABrokenFile();
    void readsTheVariable();
    void listsWhatIsKnown();

private:
    [[nodiscard]] CredentialCandidates candidates(const QString &host,
                                                  const QString &repository = {}) const
    {
        return candidatesInFiles(host, repository, m_home->environment());
    }

    std::unique_ptr<TestHome> m_home;
};

void TestCredentialPlaces::init()
{
    m_home = std::make_unique<TestHome>();
}

void TestCredentialPlaces::looksInTheKnownPlacesInTheirOrder()
{
    m_home->set("DOCKER_CONFIG", m_home->filePath(u"dc"_s));
    const QList<CredentialPlace> expected{
        {Owner::Podman, m_home->filePath(u"run/containers/auth.json"_s)},
        {Owner::Podman, m_home->filePath(u"config/containers/auth.json"_s)},
        {Owner::Docker, m_home->filePath(u"dc/config.json"_s)},
        {Owner::Legacy, m_home->filePath({}) + "/.dockercfg"_L1},
    };
    QVERIFY(credentialPlaces(m_home->environment()) == expected);
}

void TestCredentialPlaces::looksInTheFoldersOfThePersonWithoutVariables()
{
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, u"/home/me"_s);
    const auto places = credentialPlaces(environment);
    QVERIFY(places.at(0).path.startsWith(u"/run/containers/"_s));
    QCOMPARE(places.at(1).path, u"/home/me/.config/containers/auth.json"_s);
    QCOMPARE(places.at(2).path, u"/home/me/.docker/config.json"_s);
    QCOMPARE(places.at(3).path, u"/home/me/.dockercfg"_s);
}

void TestCredentialPlaces::takesNoRelativeFolder()
{
    for (const char *variable : {"XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "DOCKER_CONFIG"})
        m_home->set(variable, u"here"_s);
    const auto places = credentialPlaces(m_home->environment());
    for (const CredentialPlace &place : places)
        QVERIFY2(QDir::isAbsolutePath(place.path) && !place.path.contains(u"here"_s),
                 qPrintable(place.path));
}

void TestCredentialPlaces::looksNowhereButInTheFileThatIsNamed()
{
    m_home->writeAuth(u"config/containers/auth.json"_s, u"reg.lab"_s, "podman");
    QCOMPARE(candidates(u"reg.lab"_s).candidates.value(0).credentials.user, u"podman"_s);
    m_home->set("REGISTRY_AUTH_FILE", m_home->writeAuth(u"named"_s, u"b.lab"_s, "named"));
    QVERIFY(candidates(u"reg.lab"_s).candidates.isEmpty());
    QCOMPARE(candidates(u"b.lab"_s).candidates.value(0).credentials.user, u"named"_s);
    m_home->writeAuth(u".docker/config.json"_s, u"reg.lab"_s, "docker");
    m_home->write(u".dockercfg"_s, R"({"reg.lab":{"auth":"b2xkOnA="}})");
    QVERIFY(candidates(u"reg.lab"_s).candidates.isEmpty());
    m_home->set("REGISTRY_AUTH_FILE", m_home->filePath(u"missing"_s));
    QVERIFY(candidates(u"reg.lab"_s).candidates.isEmpty());
    QVERIFY(knownRegistries(m_home->environment()).isEmpty());
    // What Docker sends along has nothing to do with sign-ins.
    QCOMPARE(dockerPlace(m_home->environment()).path, m_home->filePath(u".docker/config.json"_s));
}

void TestCredentialPlaces::findsThePartsBeforeTheWholeOfAFile()
{
    m_home->write(u"run/containers/auth.json"_s,
                  R"({"auths":{"reg.lab/team":{"auth":"YTpw"},"reg.lab/team/app":{"auth":"Yjpw"},
                      "reg.lab2/team":{"auth":"Yzpw"},"reg.lab/broken":{"auth":"!"}}})");
    m_home->writeAuth(u"config/containers/auth.json"_s, u"reg.lab"_s, "whole");
    const auto described = [this](const QString &repository) {
        QStringList lines;
        const auto found = candidates(u"reg.lab"_s, repository);
        for (const CredentialCandidate &candidate : found.candidates)
            lines.append(candidate.prefix + u'=' + candidate.credentials.user);
        return lines;
    };
    QCOMPARE(described({}), (QStringList{u"team=a"_s, u"team/app=b"_s, u"=whole"_s}));
    QCOMPARE(candidates(u"reg.lab"_s).notices.size(), 1); // Of the broken one.
    QCOMPARE(described(u"team/other"_s), (QStringList{u"team=a"_s, u"=whole"_s}));
    QCOMPARE(described(u"team/app"_s), (QStringList{u"team/app=b"_s, u"=whole"_s}));
    QCOMPARE(described(u"team2"_s), QStringList{u"=whole"_s});
}

void TestCredentialPlaces::saysNothingOfFilesThatAreNotThere()
{
    const auto found = candidates(u"reg.lab"_s);
    QVERIFY(found.candidates.isEmpty());
    QCOMPARE(found.notices, QStringList());
}

void TestCredentialPlaces::saysWhatIsWrongWithAFile_data()
{
    // CRED-14.
    QTest::addColumn<QString>("make");
    for (const char *name :
         {"broken", "a pipe", "a folder", "far too large", "a link in a circle", "a broken entry"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestCredentialPlaces::saysWhatIsWrongWithAFile()
{
    QFETCH(QString, make);
    const QString path = m_home->write(u".docker/config.json"_s, "CANARY");
    if (make == "a pipe"_L1) {
        QFile::remove(path);
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    } else if (make == "a folder"_L1) {
        QFile::remove(path);
        QVERIFY(QDir().mkpath(path));
    } else if (make == "far too large"_L1) {
        QVERIFY(QFile::resize(path, 100 * 1024 * 1024));
    } else if (make == "a link in a circle"_L1) {
        QFile::remove(path);
        QVERIFY(QFile::link(path, path));
    } else if (make == "a broken entry"_L1) {
        m_home->write(u".docker/config.json"_s, R"({"auths":{"reg.lab":{"auth":"CANARY!"}}})");
    }
    const auto found = candidates(u"reg.lab"_s);
    QVERIFY(found.candidates.isEmpty());
    QCOMPARE(found.notices.size(), 1);
    QVERIFY2(found.notices.first().contains(path), qPrintable(found.notices.first()));
    QVERIFY(!found.notices.first().contains(u"CANARY"_s));
}

void TestCredentialPlaces::followsALink()
{
    const QString path = m_home->writeAuth(u"elsewhere"_s, u"reg.lab"_s, "me");
    QVERIFY(QDir().mkpath(m_home->filePath(u".docker"_s)));
    QVERIFY(QFile::link(path, m_home->filePath(u".docker/config.json"_s)));
    QCOMPARE(candidates(u"reg.lab"_s).candidates.value(0).credentials.user, u"me"_s);
}

void TestCredentialPlaces::readsBehindAByteOrderMark()
{
    m_home->write(u".docker/config.json"_s,
                  "\xef\xbb\xbf{\"auths\":{\"reg.lab\":{\"auth\":\"bWU6cA==\"}}}");
    QCOMPARE(candidates(u"reg.lab"_s).candidates.value(0).credentials.user, u"me"_s);
}

void TestCredentialPlaces::findsTheFirstThatKnowsTheRegistry()
{
    m_home->write(u".dockercfg"_s, R"({"reg.lab":{"auth":"b2xkOnA="}})");
    QCOMPARE(candidates(u"reg.lab"_s).candidates.value(0).credentials.user, u"old"_s);
    const QString docker = m_home->writeAuth(u".docker/config.json"_s, u"reg.lab"_s, "docker");
    const auto found = candidates(u"reg.lab"_s).candidates;
    QCOMPARE(found.value(0).credentials.user, u"docker"_s);
    QCOMPARE(found.value(0).source.path, docker);
    QVERIFY(found.value(0).source.toString().contains(u".docker/config.json"_s));
    m_home->writeAuth(u"config/containers/auth.json"_s, u"reg.lab/team"_s, "podman");
    QCOMPARE(candidates(u"reg.lab"_s).candidates.value(1).credentials.user, u"docker"_s);
    QCOMPARE(candidates(u"reg.lab"_s, u"team/app"_s).candidates.value(0).credentials.user,
             u"podman"_s);
    m_home->writeAuth(u"run/containers/auth.json"_s, u"reg.lab"_s, "first");
    QCOMPARE(candidates(u"reg.lab"_s).candidates.value(0).credentials.user, u"first"_s);
}

void TestCredentialPlaces::leavesTheStoreToDocker()
{
    const QByteArray store = R"({"credsStore":"pass"})";
    m_home->write(u"config/containers/auth.json"_s, store);
    QVERIFY(candidates(u"reg.lab"_s).candidates.isEmpty());
    m_home->write(u".docker/config.json"_s, store);
    QCOMPARE(candidates(u"reg.lab"_s).candidates.value(0).helper, u"pass"_s);
}

void TestCredentialPlaces::looksAtNoPasswordWhereAHelperIsNamed()
{
    m_home->write(u".docker/config.json"_s, R"({"credHelpers":{"reg.lab":"one"},"credsStore":"two",
        "auths":{"reg.lab":{"auth":"bWU6cA=="},"b.lab":{"auth":"bWU6cA=="}}})");
    const auto found = candidates(u"reg.lab"_s).candidates;
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().helper, u"one"_s);
    QVERIFY(found.first().credentials.isEmpty());
    QCOMPARE(candidates(u"b.lab"_s).candidates.value(0).helper, u"two"_s);
}

void TestCredentialPlaces::asksHelpersByTheNameThatTheOwnerGives()
{
    const QByteArray helper = R"({"credHelpers":{"docker.io":"x"}})";
    m_home->write(u"run/containers/auth.json"_s, helper);
    m_home->write(u".docker/config.json"_s, helper);
    const auto found = candidates(u"docker.io"_s).candidates;
    QCOMPARE(found.size(), 2);
    QCOMPARE(found.at(0).helperKeys.first(), u"docker.io"_s);
    QCOMPARE(found.at(1).helperKeys.first(), u"https://index.docker.io/v1/"_s);
}

void TestCredentialPlaces::warnsOfPasswordsThatOthersCanRead()
{
    const QString path = m_home->writeAuth(u".docker/config.json"_s, u"reg.lab"_s, "me");
    QVERIFY(candidates(u"reg.lab"_s).notices.isEmpty());
    QFile::setPermissions(path, QFile::Permissions(0x6666));
    QCOMPARE(candidates(u"reg.lab"_s).notices.size(), 1);
    QVERIFY(candidates(u"b.lab"_s).notices.isEmpty());
}

void TestCredentialPlaces::goesOnAfterABrokenFile()
{
    m_home->write(u"config/containers/auth.json"_s, "{");
    m_home->writeAuth(u".docker/config.json"_s, u"reg.lab"_s, "docker");
    const auto found = candidates(u"reg.lab"_s);
    QCOMPARE(found.candidates.value(0).credentials.user, u"docker"_s);
    QCOMPARE(found.notices.size(), 1);
}

void TestCredentialPlaces::readsTheVariable()
{
    const auto read = [this] {
        return candidatesInVariable(u"reg.lab"_s, u"team/app"_s, m_home->environment());
    };
    QVERIFY(read().candidates.isEmpty() && read().notices.isEmpty());
    m_home->set("DOCKER_AUTH_CONFIG", uR"({"auths":{"reg.lab":{"auth":"bWU6cA=="}}})"_s);
    QCOMPARE(read().candidates.value(0).credentials.user, u"me"_s);
    QVERIFY(read().candidates.value(0).source.toString().contains(u"$DOCKER_AUTH_CONFIG"_s));
    m_home->set("DOCKER_AUTH_CONFIG", u"CANARY"_s);
    QVERIFY(read().candidates.isEmpty());
    QCOMPARE(read().notices.size(), 1);
    QVERIFY(!read().notices.first().contains(u"CANARY"_s));
}

void TestCredentialPlaces::listsWhatIsKnown()
{
    m_home->write(u".docker/config.json"_s,
                  R"({"credsStore":"pass","auths":{"https://index.docker.io/v1/":{},"a.lab":{}}})");
    m_home->write(u"run/containers/auth.json"_s,
                  R"({"auths":{"a.lab/team":{}},"credHelpers":{"b.lab":"x"}})");
    const auto known = knownRegistries(m_home->environment());
    QStringList lines;
    for (const KnownRegistry &registry : known)
        lines.append(registry.host + u' ' + registry.source.helper);
    QCOMPARE(lines, (QStringList{u"a.lab "_s, u"b.lab docker-credential-x"_s,
                                 u"docker.io docker-credential-pass"_s}));
}

QTEST_GUILESS_MAIN(TestCredentialPlaces)
#include "tst_credentialplaces.moc"
