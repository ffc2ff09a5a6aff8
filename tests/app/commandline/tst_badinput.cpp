// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testimages.h"

#include <QJsonObject>
#include <QTcpServer>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What goes wrong outside: each has one line, a kind and an exit status, and leaves nothing.
class TestBadInput : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void nobodyAnswers();
    void aWebPageAnswers();
    void thePasswordIsWrong_data();
    void thePasswordIsWrong();
    void nobodyHasSignedIn();
    void theCatalogueIsRefused_data();
    void theCatalogueIsRefused();
    void theBodyIsTruncated();
    void theDigestIsWrong_data();
    void theDigestIsWrong();
    void theNameIsNoName_data();
    void theNameIsNoName();
    void theServerTalksToTheTerminal();
    void theResultCannotBeWritten();

private:
    /// Runs a command that must fail, and checks what every failure has to keep.
    void expectFailure(const QStringList &arguments, int exitStatus, const QString &kind,
                       const QByteArray &input = {})
    {
        m_result = m_program->run(arguments + QStringList{u"--json"_s}, input);
        QVERIFY2(isOneCleanLine(m_result.errors), m_result.errors.constData());
        QCOMPARE(errorKindOf(m_result), kind);
        QCOMPARE(m_result.exitStatus, exitStatus);
        const QJsonObject error = documentOf(m_result)[u"error"_s].toObject();
        QCOMPARE(error.keys(), (QStringList{u"detail"_s, u"kind"_s, u"message"_s, u"status"_s}));
        QVERIFY(!error.value(u"message"_s).toString().isEmpty());
        QStringList left = m_program->files();
        // What a broken connection leaves is hidden, and gone on with the next time.
        left.removeIf([](const QString &name) { return name.startsWith(u'.'); });
        QCOMPARE(left, QStringList());
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    ProcessResult m_result;
};

void TestBadInput::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
}

void TestBadInput::nobodyAnswers()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QString host = u"127.0.0.1:%1"_s.arg(server.serverPort());
    server.close();
    expectFailure({u"ping"_s, host}, 1, u"network"_s);
    QVERIFY(m_result.errors.contains(QByteArray("No server answers at " + host.toUtf8())));
    expectFailure({u"blob"_s, u"get"_s, host + u"/a@"_s + Digest::ofBytes("x").toString(), u"-o"_s,
                   u"file"_s},
                  1, u"network"_s);
}

void TestBadInput::aWebPageAnswers()
{
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &connection) {
        connection.answer({200, "<html><title>Router</title>", {{"Content-Type", "text/html"}}});
    });
    for (const QStringList &command :
         {QStringList{u"ping"_s, server.host()}, QStringList{u"repos"_s, server.host()},
          QStringList{u"tags"_s, server.host() + u"/a"_s}}) {
        expectFailure(command, 1, u"protocol"_s);
        QVERIFY(m_result.errors.contains("not a registry"));
    }
}

void TestBadInput::thePasswordIsWrong_data()
{
    QTest::addColumn<FakeRegistry::SignIn>("signIn");
    QTest::newRow("basic") << FakeRegistry::SignIn::Basic;
    QTest::newRow("bearer") << FakeRegistry::SignIn::Bearer;
}

void TestBadInput::thePasswordIsWrong()
{
    QFETCH(const FakeRegistry::SignIn, signIn);
    m_registry->behaviour.signIn = signIn;
    m_registry->addRepository(u"a"_s);
    const QStringList command{u"repos"_s, m_registry->host(), u"--username"_s, u"user"_s,
                              u"--password-stdin"_s};
    expectFailure(command, 3, u"unauthorized"_s, "wrong-word");
    QVERIFY2(m_result.errors.contains("rejected the sign-in for user user"),
             m_result.errors.constData());
    QVERIFY(!m_result.errors.contains("wrong-word") && !m_result.output.contains("wrong-word"));
    QCOMPARE(m_program->run(command, "secret\r\n").exitStatus, 0);
}

void TestBadInput::nobodyHasSignedIn()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Basic;
    expectFailure({u"repos"_s, m_registry->host(), u"--anonymous"_s}, 3, u"unauthorized"_s);
    QVERIFY(m_result.errors.contains("--username"));
}

void TestBadInput::theCatalogueIsRefused_data()
{
    QTest::addColumn<int>("httpStatus");
    QTest::addColumn<int>("exitStatus");
    QTest::addColumn<QString>("kind");
    QTest::newRow("not allowed") << 403 << 3 << u"forbidden"_s;
    QTest::newRow("not there") << 404 << 1 << u"unsupported"_s;
    QTest::newRow("turned off") << 405 << 1 << u"unsupported"_s;
}

void TestBadInput::theCatalogueIsRefused()
{
    QFETCH(const int, httpStatus);
    QFETCH(const int, exitStatus);
    QFETCH(const QString, kind);
    m_registry->behaviour.catalogStatus = httpStatus;
    expectFailure({u"repos"_s, m_registry->host()}, exitStatus, kind);
    QVERIFY(m_result.errors.contains("does not list its repositories. Name the ones you use."));
    QCOMPARE(documentOf(m_result)[u"error"_s][u"status"_s].toInt(), httpStatus);
}

void TestBadInput::theBodyIsTruncated()
{
    m_registry->intercept([](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().contains(u"/blobs/"_s))
            return false;
        connection.answer({200, QByteArray(1000, 'x'), {{"Content-Length", "2000"}}});
        connection.close();
        return true;
    });
    const QString blob = m_registry->host() + u"/a@"_s + Digest::ofBytes("x").toString();
    expectFailure({u"blob"_s, u"get"_s, blob, u"-o"_s, u"file"_s}, 1, u"network"_s);
    QVERIFY2(m_result.errors.contains("in the middle of the answer"), m_result.errors.constData());
}

void TestBadInput::theDigestIsWrong_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QStringList>("command");
    const QString digest = Digest::ofBytes("right").toString();
    QTest::newRow("blob") << u"/blobs/"_s
                          << QStringList{u"blob"_s, u"get"_s, u"/a@"_s + digest, u"-o"_s,
                                         u"file"_s};
    QTest::newRow("manifest") << u"/manifests/"_s
                              << QStringList{u"manifest"_s, u"get"_s, u"/a@"_s + digest};
    QTest::newRow("inspect") << u"/manifests/"_s << QStringList{u"inspect"_s, u"/a@"_s + digest};
}

void TestBadInput::theDigestIsWrong()
{
    QFETCH(const QString, path);
    QFETCH(QStringList, command);
    const QByteArray manifest = TestImages::image(*m_registry, u"a"_s);
    m_registry->failNext(
        "GET", path,
        {200, manifest, {{"Content-Type", MediaType::ociManifest().toString().toLatin1()}}}, 9);
    command.replaceInStrings(u"/a@"_s, m_registry->host() + u"/a@"_s);
    expectFailure(command, 5, u"digest-mismatch"_s);
    QVERIFY(m_result.errors.contains("does not match its digest"));
}

void TestBadInput::theNameIsNoName_data()
{
    QTest::addColumn<QStringList>("command");
    const QString digest = Digest::ofBytes("x").toString();
    QTest::newRow("control characters") << QStringList{u"tags"_s, u"host/\u001b[31m\n"_s};
    QTest::newRow("markup") << QStringList{u"digest"_s, u"host/<b>a</b>:1"_s};
    QTest::newRow("direction mark") << QStringList{u"digest"_s, u"host/a:\u202egpj"_s};
    QTest::newRow("upper case") << QStringList{u"tags"_s, u"host/Team/App"_s};
    QTest::newRow("way up") << QStringList{u"tags"_s, u"host.lab/../../etc"_s};
    QTest::newRow("digest too short") << QStringList{u"digest"_s, u"host/a@sha256:12"_s};
    QTest::newRow("blob without digest") << QStringList{u"blob"_s, u"exists"_s, u"host.lab/a:1"_s};
    QTest::newRow("tag where none may be") << QStringList{u"tags"_s, u"host.lab/a:1"_s};
    QTest::newRow("image where a host is meant") << QStringList{u"repos"_s, u"host.lab/a"_s};
    QTest::newRow("password in the address") << QStringList{u"ping"_s, u"me:word@host"_s};
    QTest::newRow("foreign scheme") << QStringList{u"ping"_s, u"file:///etc/passwd"_s};
    QTest::newRow("order") << QStringList{u"tags"_s, u"host.lab/a"_s, u"--sort=size"_s};
}

void TestBadInput::theNameIsNoName()
{
    QFETCH(const QStringList, command);
    expectFailure(command, 2, u"invalid-input"_s);
}

void TestBadInput::theServerTalksToTheTerminal()
{
    m_registry->addRepository(u"a"_s);
    m_registry->failNext("GET", u"/tags/list"_s,
                         {400, R"({"errors":[{"code":"\u001b[2J","message":"<b>\u009b31m\nno"}]})"},
                         9);
    expectFailure({u"tags"_s, m_registry->host() + u"/a"_s}, 1, u"protocol"_s);
    QVERIFY2(m_result.errors.contains("(\\u{1B}[2J: <b>\\u{9B}31m\\u{A}no)"),
             m_result.errors.constData());
}

void TestBadInput::theResultCannotBeWritten()
{
    if (!QFile::exists(u"/dev/full"_s))
        QSKIP("there is no /dev/full here");
    m_registry->addRepository(u"a"_s);
    const ProgramRunner shell(u"sh"_s);
    const auto result = shell.run({u"-c"_s, u"exec \"$0\" \"$@\" > /dev/full"_s,
                                   m_program->program(), u"repos"_s, m_registry->host()});
    QCOMPARE(result.exitStatus, 1);
    QVERIFY2(isOneCleanLine(result.errors), result.errors.constData());
    QVERIFY(result.errors.contains("Cannot write the result"));
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
