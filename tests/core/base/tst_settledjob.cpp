// SPDX-License-Identifier: Apache-2.0
#include "core/base/settledjob.h"
#include "support/outcome.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestSettledJob : public QObject
{
    Q_OBJECT

private slots:
    void endsWithWhatWasKnown();
    void saysNothingBeforeItsStartReturns();
};

void TestSettledJob::endsWithWhatWasKnown()
{
    QCOMPARE(*outcomeOf(new SettledJob<int>(7)), 7);
    const auto failed = outcomeOf(new SettledJob<int>(Error{Error::Kind::Policy, u"Not here."_s}));
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, Error::Kind::Policy);
    QCOMPARE(failed.error().message, u"Not here."_s);
}

void TestSettledJob::saysNothingBeforeItsStartReturns()
{
    bool isHeard = false;
    auto *job = new SettledJob<int>(7);
    job->then(this, [&isHeard](const Result<int> &) { isHeard = true; });
    job->start();
    QVERIFY(!isHeard);
    QTRY_VERIFY(isHeard);
}

QTEST_GUILESS_MAIN(TestSettledJob)
#include "tst_settledjob.moc"
