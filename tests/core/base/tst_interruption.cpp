// SPDX-License-Identifier: Apache-2.0
#include "core/base/interruption.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Longshore;

/// Signals belong to the process, so that it can be interrupted once; tst_manifestput and others
/// show what becomes of a program.
class TestInterruption : public QObject
{
    Q_OBJECT

private slots:
    void becomesOneSignalHoweverOftenItComes();
};

void TestInterruption::becomesOneSignalHoweverOftenItComes()
{
#ifdef Q_OS_UNIX
    std::signal(SIGHUP, SIG_IGN); // As nohup does.
    const Interruption interruption;
    const QSignalSpy interrupted(&interruption, &Interruption::interrupted);
    std::raise(SIGHUP);
    std::raise(SIGXFSZ); // A file has become too large: no reason to end.
    QCoreApplication::processEvents();
    QCOMPARE(interrupted.size(), qsizetype(0));
    std::raise(SIGTERM);
    std::raise(SIGINT); // Some send it twice at once.
    QCOMPARE(interrupted.size(), qsizetype(0)); // Only from the event loop.
    QTRY_COMPARE(interrupted.size(), qsizetype(1));
    QCoreApplication::processEvents();
    QCOMPARE(interrupted.size(), qsizetype(1));
#else
    QSKIP("there are no such signals");
#endif
}

QTEST_GUILESS_MAIN(TestInterruption)
#include "tst_interruption.moc"
