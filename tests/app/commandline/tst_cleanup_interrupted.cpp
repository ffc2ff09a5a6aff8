// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journalstore.h"
#include "support/cleanuprunner.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Ctrl+C while something is being deleted: that is finished and reported, and nothing further begins.
class TestCleanupInterrupted : public QObject
{
    Q_OBJECT

private slots:
    void finishesWhatIsBeingDeleted();
    void changesNothingBeforeThat();
    void finishesTheDeletionOfAManifest();

private:
    /// Runs the program, and asks it to end when it sends the first request of that kind.
    [[nodiscard]] static ProcessResult interruptAt(CleanupRunner &cleanup, const QByteArray &method,
                                                   const QStringList &arguments);
};

ProcessResult TestCleanupInterrupted::interruptAt(CleanupRunner &cleanup, const QByteArray &method,
                                                  const QStringList &arguments)
{
    QProcess *process = nullptr;
    cleanup.registry.intercept(
        [&, isAsked = false](const TestRequest &request, const TestConnection &) mutable {
            if (request.method == method && !std::exchange(isAsked, true))
                process->terminate();
            return false;
        });
    const auto running = cleanup.program.start(arguments);
    process = running.get();
    return ProgramRunner::finish(*running);
}

void TestCleanupInterrupted::finishesWhatIsBeingDeleted()
{
    CleanupRunner cleanup(QStringLiteral(LONGSHORECTL));
    const auto result = interruptAt(cleanup, "DELETE",
                                    {u"cleanup"_s, cleanup.registry.host() + u"/a"_s,
                                     u"--older-than"_s, u"90d"_s, u"--apply"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 6);
    QCOMPARE(cleanup.registry.count("DELETE"), qsizetype(1));
    QCOMPARE(cleanup.registry.tags(u"a"_s).size(), qsizetype(4));
    const QByteArray report = documentOf(result).toJson();
    QVERIFY2(report.contains("\"deleted\"") && report.contains("\"not-tried\""),
             report.constData());
    JournalStore journal(cleanup.program.filePath(u"data/longshore/journal.sqlite"_s));
    const auto unfinished = outcomeOf<QList<JournalRun>>(journal.unfinishedRuns());
    QVERIFY(unfinished && unfinished->isEmpty()); // It has come to an end of its own.
}

void TestCleanupInterrupted::changesNothingBeforeThat()
{
    CleanupRunner cleanup(QStringLiteral(LONGSHORECTL));
    const auto result = interruptAt(cleanup, "GET",
                                    {u"cleanup"_s, cleanup.registry.host() + u"/a"_s,
                                     u"--older-than"_s, u"90d"_s, u"--apply"_s});
    QCOMPARE(result.exitStatus, 130);
    QVERIFY(cleanup.isUntouched());
}

void TestCleanupInterrupted::finishesTheDeletionOfAManifest()
{
    CleanupRunner cleanup(QStringLiteral(LONGSHORECTL));
    const auto result = interruptAt(
        cleanup, "DELETE", {u"manifest"_s, u"delete"_s, cleanup.registry.host() + u"/a:1.0"_s});
    QCOMPARE(result.exitStatus, 0);
    QVERIFY2(result.output.contains("Deleted"), result.output.constData());
    QCOMPARE(cleanup.registry.tags(u"a"_s).size(), qsizetype(4));
}

QTEST_GUILESS_MAIN(TestCleanupInterrupted)
#include "tst_cleanup_interrupted.moc"
