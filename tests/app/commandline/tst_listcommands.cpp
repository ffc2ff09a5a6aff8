// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl ping, repos, tags.
class TestListCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void pingTellsHowToSignIn_data();
    void pingTellsHowToSignIn();
    void pingChecksTheCredentials();
    void asksABusyRegistryAgain();
    void speaksPlainHttpOnlyWhereItIsAllowed();
    void reposFollowsThePages();
    void reposPrintsNamesLineByLine();
    void tagsComeInTheOrderThatIsAskedFor_data();
    void tagsComeInTheOrderThatIsAskedFor();
    void detailsTellWhatTagsPointTo();
    void detailsKeepTheOrderAndNameWhatFailed();
    void saysThatAListIsNotComplete();
    void leavesOutWhatIsNoName();
    void printsAnEmptyListForAnEmptyRepository();
    void saysWhyItWaits();
    void saysWhatTheRegistryWarnsOf();

private:
    [[nodiscard]] QString repository() const { return m_registry->host() + u"/a"_s; }

    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    std::unique_ptr<FakeRegistry> m_registry;
};

void TestListCommands::init()
{
    m_registry = std::make_unique<FakeRegistry>();
}

void TestListCommands::pingTellsHowToSignIn_data()
{
    QTest::addColumn<FakeRegistry::SignIn>("signIn");
    QTest::addColumn<QString>("name");
    QTest::newRow("none") << FakeRegistry::SignIn::None << u"none"_s;
    QTest::newRow("basic") << FakeRegistry::SignIn::Basic << u"basic"_s;
    QTest::newRow("bearer") << FakeRegistry::SignIn::Bearer << u"bearer"_s;
}

void TestListCommands::pingTellsHowToSignIn()
{
    QFETCH(const FakeRegistry::SignIn, signIn);
    QFETCH(const QString, name);
    m_registry->behaviour.signIn = signIn;
    const auto result = m_program.run({u"ping"_s, m_registry->host(), u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    const QJsonObject answer = documentOf(result).object();
    QCOMPARE(answer.value(u"host"_s).toString(), m_registry->host());
    QCOMPARE(answer.value(u"reachable"_s).toBool(), true);
    QCOMPARE(answer.value(u"auth"_s).toString(), name);
    QVERIFY(answer.contains(u"apiVersion"_s));
    QVERIFY(m_program.run({u"ping"_s, m_registry->host()}).output.contains(name.toUtf8()));
}

void TestListCommands::pingChecksTheCredentials()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Basic;
    const QStringList arguments{u"ping"_s, m_registry->host(),    u"--username"_s,
                                u"user"_s, u"--password-stdin"_s, u"--verbose"_s};
    const auto good = m_program.run(arguments, "secret\n");
    QCOMPARE(good.exitStatus, 0);
    const auto wrong = m_program.run(arguments, "not-the-password\n");
    QCOMPARE(wrong.exitStatus, 3);
    QVERIFY(wrong.errors.contains("rejected the sign-in for user user"));
    for (const auto &result : {good, wrong}) {
        QVERIFY(result.errors.contains("longshore.http: GET http://"));
        QVERIFY(!result.errors.contains("secret") && !result.errors.contains("not-the-password"));
        QVERIFY(!result.errors.contains(QByteArray("user:secret").toBase64()));
    }
    QCOMPARE(m_program.run(arguments, {}).exitStatus, 2);
}

void TestListCommands::asksABusyRegistryAgain()
{
    m_registry->failNext("GET", u"/v2/"_s, {503, {}, {{"Retry-After", "0"}}}, 2);
    QCOMPARE(m_program.run({u"ping"_s, m_registry->host()}).exitStatus, 0);
    m_registry->failNext("GET", u"/v2/"_s, {503, {}, {{"Retry-After", "0"}}}, 99);
    QCOMPARE(m_program.run({u"ping"_s, m_registry->host()}).exitStatus, 1);
}

void TestListCommands::speaksPlainHttpOnlyWhereItIsAllowed()
{
    // Nothing is sent in the open to a name that may be another machine.
    const QString host = u"longshore.invalid:"_s + QString::number(m_registry->port());
    QCOMPARE(m_program.run({u"ping"_s, host, u"--timeout"_s, u"5"_s}).exitStatus, 1);
    QVERIFY(m_registry->requests().isEmpty());
    QCOMPARE(m_program.run({u"ping"_s, m_registry->host(), u"--plain-http"_s}).exitStatus, 0);
    QCOMPARE(m_registry->requestLines(), QStringList{u"GET /v2/"_s});
}

void TestListCommands::reposFollowsThePages()
{
    m_registry->behaviour.pageSize = 2;
    for (const QString &name : {u"a"_s, u"b/c"_s, u"d"_s, u"e"_s, u"f"_s})
        m_registry->addRepository(name);
    const auto result = m_program.run({u"--json"_s, u"repos"_s, m_registry->host()});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(documentOf(result).array(), (QJsonArray{u"a"_s, u"b/c"_s, u"d"_s, u"e"_s, u"f"_s}));
    QCOMPARE(m_registry->count("GET", u"_catalog"_s), 3);
}

void TestListCommands::reposPrintsNamesLineByLine()
{
    m_registry->addRepository(u"a"_s);
    m_registry->addRepository(u"b/c"_s);
    const auto result = m_program.run({u"repos"_s, m_registry->host()});
    QCOMPARE(result.output, "a\nb/c\n");
    QCOMPARE(result.errors, "");
}

void TestListCommands::tagsComeInTheOrderThatIsAskedFor_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("of the server") << QStringList{} << QByteArray("v9\nv10\nv1\n");
    QTest::newRow("name") << QStringList{u"--sort"_s, u"name"_s} << QByteArray("v1\nv10\nv9\n");
    QTest::newRow("version") << QStringList{u"--sort=version"_s} << QByteArray("v1\nv9\nv10\n");
}

void TestListCommands::tagsComeInTheOrderThatIsAskedFor()
{
    QFETCH(const QStringList, options);
    QFETCH(const QByteArray, expected);
    m_registry->failNext("GET", u"/tags/list"_s, {200, R"({"tags":["v9","v10","v1"]})"});
    const auto result = m_program.run(QStringList{u"tags"_s, repository()} + options);
    QCOMPARE(result.output, expected);
    QCOMPARE(result.exitStatus, 0);
}

void TestListCommands::detailsTellWhatTagsPointTo()
{
    const Digest one = TestImages::addImage(*m_registry, u"a"_s, u"one"_s);
    TestImages::addIndex(*m_registry, u"a"_s, u"two"_s);
    const auto result = m_program.run({u"tags"_s, repository(), u"--details"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    const QJsonArray tags = documentOf(result).array();
    QCOMPARE(tags.size(), 2);
    const QJsonObject first = tags.first().toObject();
    QCOMPARE(first.value(u"tag"_s).toString(), u"one"_s);
    QCOMPARE(first.value(u"digest"_s).toString(), one.toString());
    QCOMPARE(first.value(u"mediaType"_s).toString(), MediaType::ociManifest().toString());
    QCOMPARE(first.value(u"created"_s).toString(), u"2025-03-01T12:00:00Z"_s);
    QCOMPARE(first.value(u"platforms"_s).toArray(), QJsonArray{u"linux/amd64"_s});
    QVERIFY(first.value(u"size"_s).toInteger() > 18); // Two layers and a configuration.
    QCOMPARE(tags.last()[u"platforms"_s].toArray(),
             (QJsonArray{u"linux/amd64"_s, u"linux/arm64"_s}));
}

void TestListCommands::detailsKeepTheOrderAndNameWhatFailed()
{
    for (const QString &tag : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
        TestImages::addImage(*m_registry, u"a"_s, tag, {.layers = {tag.toUtf8()}});
    m_registry->failNext("GET", u"/manifests/b"_s, {404, {}});
    const auto result = m_program.run({u"tags"_s, repository(), u"--details"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 6);
    QVERIFY(isOneCleanLine(result.errors));
    const QJsonArray tags = documentOf(result).array();
    QStringList names;
    for (const auto &tag : tags)
        names.append(tag.toObject().value(u"tag"_s).toString());
    QCOMPARE(names, (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    QCOMPARE(tags.at(1)[u"error"_s][u"kind"_s].toString(), u"not-found"_s);
    QVERIFY(!tags.at(1).toObject().contains(u"digest"_s));
}

void TestListCommands::saysThatAListIsNotComplete()
{
    m_registry->behaviour.pageSize = 1;
    for (const QString &tag : {u"1"_s, u"2"_s, u"3"_s})
        TestImages::addImage(*m_registry, u"a"_s, tag);
    m_registry->intercept([](const TestRequest &request, const TestConnection &connection) {
        if (request.query(u"last"_s) != "1"_L1)
            return false;
        connection.answer({403, "{}"});
        return true;
    });
    const auto result = m_program.run({u"tags"_s, repository(), u"--json"_s});
    QCOMPARE(result.exitStatus, 6);
    QCOMPARE(documentOf(result).array(), QJsonArray{u"1"_s});
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(result.errors.contains("not complete"));
}

void TestListCommands::leavesOutWhatIsNoName()
{
    m_registry->failNext("GET", u"/tags/list"_s,
                         {200, R"({"tags":["good","\u001b[2J","<b>bold</b>","../up","x\ny"]})"}, 2);
    const auto result = m_program.run({u"tags"_s, repository()});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, "good\n");
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(result.errors.contains("not valid names: 4"));
    QVERIFY(result.errors.contains("../up") && result.errors.contains("\\u{1B}[2J"));
    QCOMPARE(m_program.run({u"tags"_s, repository(), u"--quiet"_s}).errors, "");
}

void TestListCommands::printsAnEmptyListForAnEmptyRepository()
{
    m_registry->addRepository(u"a"_s);
    const auto result = m_program.run({u"tags"_s, repository(), u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, "[]\n");
}

void TestListCommands::saysWhyItWaits()
{
    m_registry->failNext("GET", u"/tags/list"_s, {429, {}, {{"Retry-After", "900"}}});
    const auto process = m_program.start({u"tags"_s, repository()});
    QByteArray errors;
    QTRY_VERIFY((errors += process->readAllStandardError()).endsWith('\n'));
    QVERIFY(isOneCleanLine(errors));
    QVERIFY2(errors.contains("in 900 s"), errors.constData());
    process->terminate();
    QCOMPARE(ProgramRunner::finish(*process).exitStatus, 130);
}

void TestListCommands::saysWhatTheRegistryWarnsOf()
{
    // SRV-41: of the first request and of later ones, once each.
    m_registry->intercept([](const TestRequest &request, const TestConnection &connection) {
        QByteArray warnings = "299 - \"closed on <b>Monday</b>\", 299 - \"red \x1b[31m\"";
        if (request.path().endsWith(u"/list"_s))
            warnings += R"(, 299 - "the image is old")";
        const QByteArray body = R"({"tags":["1"]})";
        connection.answer({200, body, {{"Warning", warnings}, {"Content-Type", "a/b"}}});
        return true;
    });
    const auto result = m_program.run({u"tags"_s, repository()});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, "1\n");
    QCOMPARE(result.errors.count('\n'), 2);
    QVERIFY2(result.errors.contains(" warns: closed on <b>Monday</b>\n"),
             result.errors.constData());
    QVERIFY2(result.errors.contains(" warns: the image is old\n"), result.errors.constData());
    QCOMPARE(m_program.run({u"tags"_s, repository(), u"--quiet"_s}).errors, "");
}

QTEST_GUILESS_MAIN(TestListCommands)
#include "tst_listcommands.moc"
