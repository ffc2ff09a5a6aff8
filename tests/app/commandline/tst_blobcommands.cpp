// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/smallfilesystem.h"
#include "support/testimages.h"

#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl blob exists, blob get.
class TestBlobCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void existsAnswersWithItsExitStatus();
    void getWritesAVerifiedFile();
    void getTellsItsProgress();
    void getGoesOnWhereTheConnectionBroke();
    void getKeepsAFileThatIsThere();
    void getWantsAFile();
    void getIsCompletedWhenItWasInterrupted_data();
    void getIsCompletedWhenItWasInterrupted();
    void getSaysWhenItHadToStartOver();
    void getLeavesNothingBehindOnAFullDisk();
    void getSurvivesALimitOnTheSizeOfFiles();

private:
    [[nodiscard]] QString blob() const
    {
        return m_registry->host() + u"/a@"_s + m_blob->digest.toString();
    }
    [[nodiscard]] QStringList get(const QString &file) const
    {
        return {u"blob"_s, u"get"_s, blob(), u"-o"_s, file};
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    const QByteArray m_bytes = QByteArray(1'000'000, 'a') + QByteArray(1'000'000, 'b');
    std::optional<Descriptor> m_blob;
};

void TestBlobCommands::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_blob = m_registry->addBlob(u"a"_s, m_bytes);
}

void TestBlobCommands::existsAnswersWithItsExitStatus()
{
    const auto there = m_program->run({u"blob"_s, u"exists"_s, blob(), u"--json"_s});
    QCOMPARE(there.exitStatus, 0);
    QCOMPARE(documentOf(there).object(),
             (QJsonObject{{u"exists"_s, true}, {u"size"_s, m_bytes.size()}}));
    const QString other = m_registry->host() + u"/a@"_s + Digest::ofBytes("no").toString();
    const auto missing = m_program->run({u"blob"_s, u"exists"_s, other, u"--json"_s});
    QCOMPARE(missing.exitStatus, 4);
    QCOMPARE(documentOf(missing).object(), (QJsonObject{{u"exists"_s, false}}));
    QCOMPARE(missing.errors, ""); // It is an answer, not a failure.
    QCOMPARE(m_registry->count("GET", u"/blobs/"_s), 0);
}

void TestBlobCommands::getWritesAVerifiedFile()
{
    const auto result = m_program->run(get(u"layer"_s) + QStringList{u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.errors, "");
    QCOMPARE(m_program->content(u"layer"_s), m_bytes);
    QCOMPARE(documentOf(result).object(), (QJsonObject{{u"digest"_s, m_blob->digest.toString()},
                                                       {u"size"_s, m_bytes.size()},
                                                       {u"file"_s, u"layer"_s}}));
    QCOMPARE(m_program->files(), QStringList{u"layer"_s});
}

void TestBlobCommands::getTellsItsProgress()
{
    const auto result = m_program->run(get(u"layer"_s) + QStringList{u"--progress=json"_s});
    const QByteArrayList lines = result.errors.trimmed().split('\n');
    const QJsonObject last = QJsonDocument::fromJson(lines.last()).object();
    QCOMPARE(last, (QJsonObject{{u"done"_s, m_bytes.size()}, {u"total"_s, m_bytes.size()}}));
}

void TestBlobCommands::getGoesOnWhereTheConnectionBroke()
{
    m_registry->intercept([this, isFirst = std::make_shared<bool>(true)](
                              const TestRequest &request, const TestConnection &connection) {
        if (!request.path().contains(u"/blobs/"_s) || !std::exchange(*isFirst, false))
            return false;
        connection.answer({200, m_bytes.left(700'000), {{"Content-Length", "2000000"}}});
        connection.close();
        return true;
    });
    QCOMPARE(m_program->run(get(u"layer"_s)).exitStatus, 0);
    QCOMPARE(m_program->content(u"layer"_s), m_bytes);
    QCOMPARE(m_registry->requests().last().header("range"), "bytes=700000-");
}

void TestBlobCommands::getKeepsAFileThatIsThere()
{
    QFile file(m_program->filePath(u"layer"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    const auto result = m_program->run(get(u"layer"_s) + QStringList{u"--json"_s});
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(errorKindOf(result), u"local-file"_s);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_program->content(u"layer"_s), "precious");
}

void TestBlobCommands::getWantsAFile()
{
    QCOMPARE(m_program->run({u"blob"_s, u"get"_s, blob()}).exitStatus, 2);
    // What has been printed cannot be taken back when the digest turns out to be wrong.
    QCOMPARE(m_program->run(get(u"-"_s)).exitStatus, 2);
    QVERIFY(m_registry->requests().isEmpty());
}

void TestBlobCommands::getIsCompletedWhenItWasInterrupted_data()
{
    QTest::addColumn<QList<int>>("signalNumbers");
    QTest::newRow("Ctrl+C") << QList<int>{SIGINT};
    QTest::newRow("request to end") << QList<int>{SIGTERM};
    // timeout(1) sends its signal to the program, and then to the whole group.
    QTest::newRow("twice at once") << QList<int>{SIGINT, SIGINT};
}

void TestBlobCommands::getIsCompletedWhenItWasInterrupted()
{
    QFETCH(const QList<int>, signalNumbers);
    bool isAsked = false;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().contains(u"/blobs/"_s) || isAsked)
            return false;
        connection.answer({200, m_bytes.left(1'500'000), {{"Content-Length", "2000000"}}});
        isAsked = true;
        return true; // And never the rest.
    });
    const auto process = m_program->start(get(u"layer"_s) + QStringList{u"--json"_s});
    // Until some of it is on the disk.
    const auto part = [this] {
        const QStringList files = m_program->files();
        return files.isEmpty() ? QString() : m_program->filePath(files.constFirst());
    };
    QTRY_VERIFY(isAsked && QFileInfo(part()).size() > 0);
    for (const int number : signalNumbers)
        ::kill(static_cast<pid_t>(process->processId()), number);
    const auto result = ProgramRunner::finish(*process);
    QCOMPARE(result.exitStatus, 130);
    QCOMPARE(errorKindOf(result), u"cancelled"_s);
    QVERIFY(!m_program->files().contains(u"layer"_s));
    QCOMPARE(m_program->run(get(u"layer"_s)).exitStatus, 0);
    QVERIFY(m_registry->requests().last().header("range").startsWith("bytes="));
    QCOMPARE(m_program->content(u"layer"_s), m_bytes);
    QCOMPARE(m_program->files(), QStringList{u"layer"_s});
}

void TestBlobCommands::getSaysWhenItHadToStartOver()
{
    m_registry->behaviour.knowsRange = false;
    QFile part(m_program->filePath(u".layer.%1.kept"_s.arg(m_blob->digest.encoded().left(32))));
    QVERIFY(part.open(QIODevice::WriteOnly));
    QCOMPARE(part.write(m_bytes.first(1000)), 1000);
    part.close();
    const auto result = m_program->run(get(u"layer"_s) + QStringList{u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QVERIFY2(result.errors.contains("1 blob had to be brought from the start again"),
             result.errors.constData());
    QCOMPARE(documentOf(result).object().value("startedOver"_L1).toInt(), 1);
    QCOMPARE(m_program->content(u"layer"_s), m_bytes);
}

void TestBlobCommands::getLeavesNothingBehindOnAFullDisk()
{
    const SmallFileSystem disk;
    if (!disk.isMounted())
        QSKIP("mounting a small file system needs root");
    const auto result = m_program->run(get(disk.filePath(u"layer"_s)) + QStringList{u"--json"_s});
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(errorKindOf(result), u"local-file"_s);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY2(result.errors.contains("not enough space"), result.errors.constData());
    QCOMPARE(QDir(disk.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList());
}

void TestBlobCommands::getSurvivesALimitOnTheSizeOfFiles()
{
    const ProgramRunner shell(u"sh"_s);
    const auto result =
        shell.run(QStringList{u"-c"_s, u"ulimit -f 100; exec \"$0\" \"$@\""_s, m_program->program()}
                  + get(u"layer"_s) + QStringList{u"--json"_s});
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(errorKindOf(result), u"local-file"_s);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(shell.files(), QStringList());
}

QTEST_GUILESS_MAIN(TestBlobCommands)
#include "tst_blobcommands.moc"
