// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testserver.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

/// CRED-28: what a crash leaves behind.
class TestCoreDumps : public QObject
{
    Q_OBJECT

private slots:
    void areForbidden();
};

void TestCoreDumps::areForbidden()
{
#ifndef Q_OS_LINUX
    QSKIP("only Linux tells the limits of another process");
#endif
    TestServer silent;
    const ProgramRunner runner(QStringLiteral(LONGSHORECTL));
    const auto process = runner.start({u"ping"_s, u"http://"_s + silent.host()});
    QTRY_VERIFY(!silent.requests().isEmpty());
    QFile limits(u"/proc/%1/limits"_s.arg(process->processId()));
    QVERIFY(limits.open(QIODevice::ReadOnly));
    const QString text = QString::fromLatin1(limits.readAll());
    static const QRegularExpression none(u"Max core file size +0 +0 "_s);
    QVERIFY2(text.contains(none), qPrintable(text));
    process->kill();
    (void)ProgramRunner::finish(*process);
}

QTEST_GUILESS_MAIN(TestCoreDumps)
#include "tst_coredumps.moc"
