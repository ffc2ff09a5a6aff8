// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/runcleanupjob.h"
#include "support/fakeconnection.h"
#include "support/uitest.h"
#include "ui/presenters/runwatch.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Stage = RunProgress::Stage;

/// What is said of a run, here of jobs that are never started.
class TestRunWatch : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void saysWhatIsDone_data();
    void saysWhatIsDone();
    void addsUpWhatSeveralJobsCameTo();
    void standsStillWhilePaused();
    void saysThatAPauseIsComing();
    void saysThatItStops();
    void leavesPausesOutOfTheTime();
    void pausesNothingThatDoesNotRun();

private:
    [[nodiscard]] RunCleanupJob *follow();

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QObject> m_owner; ///< Of the jobs.
    std::unique_ptr<RunWatch> m_watch;
};

void TestRunWatch::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_owner = std::make_unique<QObject>();
    m_watch = std::make_unique<RunWatch>();
    m_watch->begin();
}

void TestRunWatch::cleanup()
{
    m_owner.reset();
    m_watch.reset();
    m_connection.reset();
}

RunCleanupJob *TestRunWatch::follow()
{
    const auto name = *RepositoryName::parse(u"app");
    const CleanupRun run{{name}, {name, {}, {}, {}, {}, {}}, {}};
    auto *job = new RunCleanupJob(m_connection->session, run, m_owner.get());
    m_watch->follow(job);
    return job;
}

void TestRunWatch::saysWhatIsDone_data()
{
    QTest::addColumn<int>("stage");
    QTest::addColumn<QStringList>("tags");
    QTest::addColumn<QString>("text");
    const QStringList few{u"1"_s, u"2"_s};
    const QStringList many{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s};
    QTest::newRow("backup") << int(Stage::Backup) << QStringList() << u"Saving the backup\u2026"_s;
    QTest::newRow("look") << int(Stage::Check) << QStringList()
                          << u"Checking what is there now\u2026"_s;
    QTest::newRow("check") << int(Stage::Check) << few << u"Checking 1, 2\u2026"_s;
    QTest::newRow("delete") << int(Stage::Delete) << many << u"Deleting 1, 2, 3 and 2 more\u2026"_s;
    QTest::newRow("no tag") << int(Stage::Delete) << QStringList()
                            << u"Deleting an image without a tag\u2026"_s;
    QTest::newRow("verify") << int(Stage::Verify) << few
                            << u"Verifying the deletion of 1, 2\u2026"_s;
}

void TestRunWatch::saysWhatIsDone()
{
    QFETCH(const int, stage);
    QFETCH(const QStringList, tags);
    QFETCH(const QString, text);
    RunProgress progress{static_cast<Stage>(stage)};
    for (const QString &tag : tags)
        progress.tags.append(*Tag::parse(tag));
    emit follow()->stepped(progress);
    QCOMPARE(m_watch->step(), text);
}

void TestRunWatch::addsUpWhatSeveralJobsCameTo()
{
    emit follow()->stepped({Stage::Check, {}, 1, 2, 3});
    emit follow()->stepped({Stage::Check, {}, 10, 20, 30});
    QVERIFY2(m_watch->counts().startsWith("11 deleted, 22 skipped, 33 failed, "_L1),
             qPrintable(m_watch->counts()));
}

void TestRunWatch::standsStillWhilePaused()
{
    emit follow()->stepped({Stage::Check});
    m_watch->pause();
    emit follow()->stepped({Stage::Paused});
    QVERIFY(m_watch->isPaused() && m_watch->isRunning());
    QVERIFY(m_watch->step().startsWith("Paused."_L1));
    const auto time = m_watch->sinceBackup();
    QVERIFY(time);
    QCOMPARE(m_watch->sinceBackup(), time);
    m_watch->resume();
    QVERIFY(!m_watch->isPaused());
    QVERIFY(m_watch->sinceBackup() > time);
}

void TestRunWatch::saysThatAPauseIsComing()
{
    emit follow()->stepped({Stage::Delete, {*Tag::parse(u"1")}});
    m_watch->pause();
    QCOMPARE(m_watch->step(), u"Pausing behind what is being dealt with\u2026"_s);
    m_watch->resume();
    QCOMPARE(m_watch->step(), u"Deleting 1\u2026"_s);
}

void TestRunWatch::saysThatItStops()
{
    emit follow()->stepped({Stage::Delete, {*Tag::parse(u"1")}});
    m_watch->pause();
    const QSignalSpy changed(m_watch.get(), &RunWatch::changed);
    QVERIFY(!m_watch->isStopping());
    m_watch->stop();
    QCOMPARE(changed.size(), qsizetype(1)); // Nobody has to wait for the next step to see it.
    QVERIFY(m_watch->isStopping() && !m_watch->isPaused());
    QCOMPARE(m_watch->step(), u"Stopping behind what is being dealt with\u2026"_s);
    m_watch->end();
    QVERIFY(!m_watch->isStopping());
}

void TestRunWatch::leavesPausesOutOfTheTime()
{
    RunClock clock;
    QCOMPARE(clock.elapsed().count(), std::chrono::nanoseconds::rep(0));
    clock.start();
    clock.pause();
    const auto time = clock.elapsed();
    QVERIFY(!clock.isRunning());
    QCOMPARE(clock.elapsed(), time);
    clock.resume();
    QVERIFY(clock.elapsed() > time);
}

void TestRunWatch::pausesNothingThatDoesNotRun()
{
    m_watch->end();
    m_watch->pause();
    QVERIFY(!m_watch->isPaused());
    m_watch->begin();
    m_watch->stop();
    m_watch->pause(); // It is over in a moment.
    QVERIFY(!m_watch->isPaused());
}

LONGSHORE_UI_TEST(TestRunWatch)
#include "tst_runwatch.moc"
