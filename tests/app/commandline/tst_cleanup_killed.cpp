// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journalstore.h"
#include "support/cleanuprunner.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// A clean-up that is killed: wherever that is, nothing is lost that was not planned, and it can be
/// undone or gone on with.
class TestCleanupKilled : public QObject
{
    Q_OBJECT

private slots:
    void losesNothingThatWasNotPlanned_data();
    void losesNothingThatWasNotPlanned();
};

namespace {

/// Kills a run at one of its requests, and undoes what it did or goes on.
void killAt(qsizetype request, bool isUndone)
{
    CleanupRunner cleanup(QStringLiteral(LONGSHORECTL));
    QProcess *process = nullptr;
    cleanup.registry.intercept([&, count = 0](const TestRequest &, const TestConnection &) mutable {
        if (++count == request)
            process->kill();
        return false; // What is on its way is carried out all the same.
    });
    const QStringList apply{u"cleanup"_s,      cleanup.registry.host() + u"/a"_s,
                            u"--older-than"_s, u"90d"_s,
                            u"--apply"_s,      u"--backup"_s};
    const auto running = cleanup.program.start(apply + QStringList{u"saved"_s});
    process = running.get();
    const auto result = ProgramRunner::finish(*running);
    const QStringList left = cleanup.registry.tags(u"a"_s);
    for (const QString &tag : {u"2.0"_s, u"2.1"_s, u"latest"_s})
        QVERIFY2(left.contains(tag), qPrintable(left.join(u' ')));
    JournalStore journal(cleanup.program.filePath(u"data/longshore/journal.sqlite"_s));
    const auto unfinished = outcomeOf<QList<JournalRun>>(journal.unfinishedRuns());
    QVERIFY2(unfinished, unfinished ? "" : qPrintable(unfinished.error().message));
    if (left.size() < 5 && result.exitStatus != 0)
        QCOMPARE(unfinished->size(), qsizetype(1));
    if (isUndone && left.size() < 5)
        QCOMPARE(cleanup.program.run({u"restore"_s, u"saved"_s}).exitStatus, 0);
    if (isUndone)
        QCOMPARE(cleanup.registry.tags(u"a"_s).size(), qsizetype(5));
    else
        QCOMPARE(cleanup.program.run(apply + QStringList{u"again"_s}).exitStatus, 0);
    if (!isUndone)
        QCOMPARE(cleanup.registry.tags(u"a"_s).size(), qsizetype(3));
}

} // namespace

void TestCleanupKilled::losesNothingThatWasNotPlanned_data()
{
    QTest::addColumn<qsizetype>("first");
    QTest::addColumn<qsizetype>("step");
    QTest::newRow("while it looks and saves") << qsizetype(3) << qsizetype(5);
    QTest::newRow("while it deletes") << qsizetype(0) << qsizetype(1);
}

void TestCleanupKilled::losesNothingThatWasNotPlanned()
{
    QFETCH(const qsizetype, first);
    QFETCH(const qsizetype, step);
    CleanupRunner whole(QStringLiteral(LONGSHORECTL));
    QCOMPARE(whole.run({u"--older-than"_s, u"90d"_s, u"--apply"_s}).exitStatus, 0);
    const QStringList lines = whole.registry.requestLines();
    const auto deletion = std::find_if(lines.begin(), lines.end(), [](const QString &line) {
        return line.startsWith("DELETE"_L1);
    });
    const qsizetype firstDeletion = deletion - lines.begin();
    const qsizetype begin = first > 0 ? first : firstDeletion;
    const qsizetype end = first > 0 ? firstDeletion : lines.size();
    for (qsizetype request = begin; request <= end; request += step) {
        qInfo("killed at request %d of %d", int(request), int(lines.size()));
        killAt(request, request % 2 != 0);
        if (QTest::currentTestFailed())
            return;
    }
}

QTEST_GUILESS_MAIN(TestCleanupKilled)
#include "tst_cleanup_killed.moc"
