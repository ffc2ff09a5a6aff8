// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentialhelper.h"
#include "support/helperfolder.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestCredentialHelper : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void findsAProgramInThePath();
    void refusesNamesThatAreNone_data();
    void refusesNamesThatAreNone();
    void runsNothingThatOthersCanPutThere_data();
    void runsNothingThatOthersCanPutThere();
    void goesOnToTheNextFolder();
    void readsWhatAHelperSays_data();
    void readsWhatAHelperSays();
    void repeatsNoSecretWhenAHelperFails_data();
    void repeatsNoSecretWhenAHelperFails();
    void refusesUsersWithAColon();
    void repeatsWhyAHelperFailed();

private:
    std::unique_ptr<HelperFolder> m_folder;
};

void TestCredentialHelper::init()
{
    m_folder = std::make_unique<HelperFolder>();
}

void TestCredentialHelper::findsAProgramInThePath()
{
    const QString path = m_folder->add(u"a.b_c-1"_s, "true");
    const auto found = findHelperProgram(u"a.b_c-1"_s, "/nowhere:"_L1 + m_folder->path());
    QVERIFY(found);
    QCOMPARE(*found, path);
    const auto missing = findHelperProgram(u"other"_s, m_folder->path());
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, Kind::NotFound);
    QVERIFY(missing.error().message.contains(u"docker-credential-other"_s));
}

void TestCredentialHelper::refusesNamesThatAreNone_data()
{
    // CRED-15.
    QTest::addColumn<QString>("name");
    QTest::newRow("above") << u"../x"_s;
    QTest::newRow("below") << u"a/x"_s;
    QTest::newRow("absolute") << u"/bin/sh"_s;
    QTest::newRow("space") << u"a b"_s;
    QTest::newRow("command") << u"x;rm"_s;
    QTest::newRow("option") << u"-h"_s;
    QTest::newRow("dots") << u".."_s;
    QTest::newRow("empty") << QString();
    QTest::newRow("line break") << u"a\n"_s;
    QTest::newRow("NUL") << QString(u"a"_s + QChar(0));
    QTest::newRow("letters that look alike") << u"p\u0430ss"_s;
    QTest::newRow("a megabyte") << QString(1'000'000, u'a');
}

void TestCredentialHelper::refusesNamesThatAreNone()
{
    QFETCH(QString, name);
    m_folder->add(u"x"_s, "true");
    const auto found = findHelperProgram(name, m_folder->path());
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Kind::Policy);
    QVERIFY(found.error().message.size() < 300);
}

void TestCredentialHelper::runsNothingThatOthersCanPutThere_data()
{
    // CRED-20.
    QTest::addColumn<QString>("searchPath");
    QTest::addColumn<bool>("isFolderOpen");
    QTest::addColumn<bool>("isProgramOpen");
    QTest::newRow("the current folder") << u"."_s << false << false;
    QTest::newRow("a relative folder") << u"./"_s << false << false;
    QTest::newRow("an empty entry") << u":/nowhere:"_s << false << false;
    QTest::newRow("no path at all") << QString() << false << false;
    QTest::newRow("a folder that everybody may write to") << u"@"_s << true << false;
    QTest::newRow("a program that everybody may write to") << u"@"_s << false << true;
}

void TestCredentialHelper::runsNothingThatOthersCanPutThere()
{
    QFETCH(QString, searchPath);
    QFETCH(bool, isFolderOpen);
    QFETCH(bool, isProgramOpen);
    const QString path = m_folder->add(u"x"_s, "true");
    const QString before = QDir::currentPath();
    const auto restore = qScopeGuard([before] { QDir::setCurrent(before); });
    QVERIFY(QDir::setCurrent(m_folder->path()));
    QVERIFY(findHelperProgram(u"x"_s, m_folder->path()));
    const auto everybody = QFile::Permissions(0x7777);
    if (isFolderOpen)
        m_folder->setPermissions(everybody);
    if (isProgramOpen)
        QFile::setPermissions(path, everybody);
    QVERIFY(!findHelperProgram(u"x"_s, searchPath.replace(u'@', m_folder->path())));
}

void TestCredentialHelper::goesOnToTheNextFolder()
{
    HelperFolder open;
    open.add(u"x"_s, "true");
    open.setPermissions(QFile::Permissions(0x7777));
    const QString path = m_folder->add(u"x"_s, "true");
    const auto found = findHelperProgram(u"x"_s, open.path() + u':' + m_folder->path());
    QVERIFY(found);
    QCOMPARE(*found, path);
}

void TestCredentialHelper::readsWhatAHelperSays_data()
{
    QTest::addColumn<int>("exitStatus");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<Credentials>("credentials");
    QTest::newRow("a password")
        << 0
        << QByteArray(R"({"ServerURL":"reg.lab","Username":"me","Secret":"s:\u00e9"})"
                      "\n")
        << Credentials{u"me"_s, Secret("s:\xc3\xa9")};
    QTest::newRow("an identity token") << 0 << QByteArray(R"({"Username":"<token>","Secret":"it"})")
                                       << Credentials{{}, {}, Secret("it")};
    QTest::newRow("nothing known")
        << 1 << QByteArray("credentials not found in native keychain\n") << Credentials();
}

void TestCredentialHelper::readsWhatAHelperSays()
{
    QFETCH(int, exitStatus);
    QFETCH(QByteArray, output);
    QFETCH(Credentials, credentials);
    const auto read = readHelperOutcome(u"docker-credential-x"_s, {exitStatus, output});
    QVERIFY(read);
    QVERIFY(*read == credentials);
}

void TestCredentialHelper::repeatsNoSecretWhenAHelperFails_data()
{
    // CRED-17.
    QTest::addColumn<int>("exitStatus");
    QTest::addColumn<QByteArray>("output");
    QTest::newRow("empty") << 0 << QByteArray();
    QTest::newRow("garbage") << 0 << QByteArray("CANARY");
    QTest::newRow("partial") << 0 << QByteArray(R"({"Username":"me","Secret":"CANARY)");
    QTest::newRow("two answers")
        << 0 << QByteArray(R"({"Username":"me","Secret":"CANARY"}{"Username":"u","Secret":"x"})");
    QTest::newRow("no secret") << 0 << QByteArray(R"({"Username":"CANARY"})");
    QTest::newRow("a list") << 0 << QByteArray(R"(["CANARY"])");
    QTest::newRow("a line break in the secret")
        << 0 << QByteArray(R"({"Username":"me","Secret":"CANARY\nX"})");
    QTest::newRow("NUL in the secret")
        << 0 << QByteArray(R"({"Username":"me","Secret":"CANARY\u0000"})");
    QTest::newRow("a line break in the user")
        << 0 << QByteArray(R"({"Username":"me\r\nX: y","Secret":"CANARY"})");
    QTest::newRow("an answer, and failed")
        << 1 << QByteArray(R"({"Username":"me","Secret":"CANARY"})");
    QTest::newRow("lines, and failed") << 2 << QByteArray("user me\npassword CANARY\n");
    QTest::newRow("not quite the text for nothing known")
        << 1 << QByteArray("credentials not found in native keychain {CANARY}");
}

void TestCredentialHelper::repeatsNoSecretWhenAHelperFails()
{
    QFETCH(int, exitStatus);
    QFETCH(QByteArray, output);
    const auto read = readHelperOutcome(u"docker-credential-x"_s, {exitStatus, output});
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Kind::Unauthorized);
    QVERIFY(read.error().message.contains(u"docker-credential-x"_s));
    QVERIFY(!QString(read.error().message + read.error().detail).contains(u"CANARY"_s));
}

void TestCredentialHelper::refusesUsersWithAColon()
{
    const auto read = readHelperOutcome(u"docker-credential-x"_s,
                                        {0, R"({"Username":"me:CANARY","Secret":"x"})"});
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Kind::InvalidInput);
    QVERIFY(!read.error().message.contains(u"CANARY"_s));
}

void TestCredentialHelper::repeatsWhyAHelperFailed()
{
    const auto read =
        readHelperOutcome(u"docker-credential-x"_s,
                          {1, QByteArray("the keyring is \x1b[31mlocked") + QByteArray(900, '!')});
    QVERIFY(!read);
    QVERIFY(read.error().detail.startsWith(u"the keyring is "_s));
    QVERIFY(!read.error().detail.contains(QChar(0x1b)));
    QVERIFY(read.error().detail.size() < 300);
}

QTEST_GUILESS_MAIN(TestCredentialHelper)
#include "tst_credentialhelper.moc"
