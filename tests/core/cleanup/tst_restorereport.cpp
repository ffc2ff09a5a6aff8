// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/restorereport.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = RestoreOutcome::State;

class TestRestoreReport : public QObject
{
    Q_OBJECT

private slots:
    void isCompleteWhenEverythingIsThere_data();
    void isCompleteWhenEverythingIsThere();
    void countsEachState();

private:
    [[nodiscard]] static RestoreReport report(const QList<State> &states)
    {
        RestoreReport report{*RepositoryName::parse(u"a"), {}};
        for (const State state : states)
            report.outcomes.append(
                {{{MediaType::ociManifest(), Digest::ofBytes("x"), 1}, {}}, state});
        return report;
    }
};

void TestRestoreReport::isCompleteWhenEverythingIsThere_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("isComplete");
    QTest::newRow("restored") << static_cast<int>(State::Restored) << true;
    QTest::newRow("was there") << static_cast<int>(State::AlreadyThere) << true;
    QTest::newRow("conflict") << static_cast<int>(State::Conflict) << false;
    QTest::newRow("lost") << static_cast<int>(State::Lost) << false;
    QTest::newRow("failed") << static_cast<int>(State::Failed) << false;
    QTest::newRow("not tried") << static_cast<int>(State::NotTried) << false;
}

void TestRestoreReport::isCompleteWhenEverythingIsThere()
{
    QFETCH(const int, state);
    QFETCH(const bool, isComplete);
    QCOMPARE(report({State::Restored, static_cast<State>(state)}).isComplete(), isComplete);
}

void TestRestoreReport::countsEachState()
{
    const RestoreReport counted = report({State::Restored, State::Lost, State::Restored});
    QCOMPARE(counted.count(State::Restored), qsizetype(2));
    QCOMPARE(counted.count(State::Lost), qsizetype(1));
    QCOMPARE(counted.count(State::Failed), qsizetype(0));
}

QTEST_GUILESS_MAIN(TestRestoreReport)
#include "tst_restorereport.moc"
