// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/repositorycleanup.h"
#include "support/testinventory.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace TestInventory;

class TestRepositoryCleanup : public QObject
{
    Q_OBJECT

private slots:
    void countsWhatEachRuleMeans();
    void weighsEachKnowingTheOthers();
    void asksForTheNumberOfAllTogether();
    void knowsHowLargeTheLayersAre();
    void knowsAboutHowManyRequestsItTakes();
    void knowsAboutHowLongItTakes();
    void knowsHowMuchTimeIsLeft();
    void hasARowForEachTag();
    void saysWhatBecameOfEachTag();
    void saysWhoDidItByWhichRules();
    void addsUpHowLongItTook();

private:
    static RepositoryCleanup cleanup(const QString &tags, const CleanupRules &rules)
    {
        RepositoryCleanup result{inventory(tags), {{*RepositoryName::parse(u"team/app"_s)}}};
        result.decisions = decideCleanup(result.inventory, rules, {now(), false, {}});
        return result;
    }

    const CleanupRules m_rules{u"mine"_s, {protect(u"latest"_s), deleteOlder(30)}};
};

void TestRepositoryCleanup::countsWhatEachRuleMeans()
{
    CleanupRules rules = m_rules;
    rules.rules.append(deleteTheRest());
    rules.rules.last().isEnabled = false;
    const auto decisions = cleanup(u"latest:a:50 1.0:b:40 1.1:c:5"_s, rules).decisions;
    QCOMPARE(decisions.ruleCounts, QList<qsizetype>({1, 2, 0}));
}

void TestRepositoryCleanup::weighsEachKnowingTheOthers()
{
    QList<RepositoryCleanup> both{cleanup(u"latest:a:5 1.0:b:40"_s, m_rules),
                                  cleanup(u"latest:c:5 2.0:b:40"_s, m_rules)};
    weighCleanups(both);
    QCOMPARE(both.first().freed.most, 100);
    QCOMPARE(both.first().freed.least, 0); // The other one has that layer, too.
}

void TestRepositoryCleanup::asksForTheNumberOfAllTogether()
{
    QString tags;
    for (int i = 0; i < 60; ++i)
        tags += u"old%1:o%1:40 new%1:n%1:1 and%1:m%1:1 "_s.arg(i);
    const RepositoryCleanup one = cleanup(tags, m_rules);
    QCOMPARE(removedCount({one}), 60);
    QVERIFY(!needsConfirmation({one}));
    QCOMPARE(removedCount({one, one}), 120);
    QVERIFY(needsConfirmation({one, one})); // Though neither does alone.
}

void TestRepositoryCleanup::knowsHowLargeTheLayersAre()
{
    RepositoryInventory some = inventory(u"latest:a:5 old:b:40 index:c:40 alone:d:40 also:d:40"_s);
    makeIndex(some, u"c"_s, {u"e"_s, u"f"_s});
    some.details[digest(u"e"_s)].blobs = some.details[digest(u"f"_s)].blobs; // It counts once.
    CleanupRules rules = m_rules;
    rules.rules.append(protect(u"also"_s));
    rules.siblings = SiblingPolicy::Untag;
    const RepositoryCleanup one{some, decideCleanup(some, rules, {now(), false, {}})};
    QCOMPARE(decisionsOf(one.decisions),
             u"latest=protected old=delete index=delete alone=untag also=protected"_s);
    QCOMPARE(layerBytesOf({one}), 300); // "old", the parts of the index, and "alone".
    QCOMPARE(layerBytesOf({one, one}), 600);
}

void TestRepositoryCleanup::knowsAboutHowManyRequestsItTakes()
{
    const RepositoryCleanup none = cleanup(u"latest:a:5 1.0:b:5"_s, m_rules);
    QCOMPARE(requestsFor({none}), 0);
    const RepositoryCleanup one = cleanup(u"latest:a:5 1.0:b:40 1.1:c:5"_s, m_rules);
    QCOMPARE(requestsFor({one}), 3 + 2 + 1 + 2);
    QCOMPARE(requestsFor({none, one, one}), 16);
}

void TestRepositoryCleanup::knowsAboutHowLongItTakes()
{
    RepositoryCleanup none = cleanup(u"latest:a:5 1.0:b:5"_s, m_rules);
    RepositoryCleanup one = cleanup(u"latest:a:5 1.0:b:40 1.1:c:5"_s, m_rules);
    const RunEffort effort = effortFor({none, one, one});
    QCOMPARE(effort.together, qsizetype(2 * (3 + 2)));
    QCOMPARE(effort.inBatches, qsizetype(2 * (1 + 2)));
    QCOMPARE(effort.inTurn, qsizetype(0));
    QVERIFY(!estimatedTimeFor({one})); // Nobody has measured anything.
    none.inventory.snapshot.pace = {6, std::chrono::seconds(6)};
    QVERIFY(!estimatedTimeFor({none})); // Nothing goes.
    QCOMPARE(estimatedTimeFor({none, one})->count(), 10); // Five, and three at a quarter of six.
}

void TestRepositoryCleanup::knowsHowMuchTimeIsLeft()
{
    using namespace std::chrono_literals;
    const RepositoryCleanup none = cleanup(u"latest:a:5"_s, m_rules);
    const RepositoryCleanup one = cleanup(u"latest:a:5 1.0:b:40 1.1:c:40"_s, m_rules);
    const QList<RepositoryCleanup> all{one, none, one};
    QVERIFY(!timeLeftFor(all, 0, 0, 10s));
    QCOMPARE(timeLeftFor(all, 0, 1, 10s)->count(), 30);
    QCOMPARE(timeLeftFor(all, 2, 0, 10s)->count(), 10);
    QVERIFY(!timeLeftFor(all, 2, 2, 10s)); // It is over.
}

void TestRepositoryCleanup::hasARowForEachTag()
{
    const ReportTable table = cleanupTable({cleanup(u"latest:a:5 1.0:b:40 1.1:c:5"_s, m_rules)});
    QCOMPARE(table.rows.size(), 3);
    QVERIFY(table.facts.isEmpty());
    QCOMPARE(table.rows.at(1).at(1), u"1.0"_s);
    QCOMPARE(table.rows.at(1).at(2), digest('b').toString());
    QCOMPARE(table.rows.at(1).at(5), u"delete"_s);
    QCOMPARE(table.rows.at(1).at(6), u"older than 30 day(s): 40 day(s)"_s);
    QCOMPARE(table.rows.at(1).at(7), QString());
}

void TestRepositoryCleanup::saysWhatBecameOfEachTag()
{
    RepositoryCleanup done = cleanup(u"latest:a:5 1.0:b:40 1.1:c:40"_s, m_rules);
    CleanupReport report{done.decisions.repository, {done.decisions.repository, {}, {}}};
    const auto outcome = [](char image, DeletionOutcome::State state) {
        return DeletionOutcome{{{MediaType::ociManifest(), digest(image), 10}, {}, {}, {}}, state};
    };
    report.deletion.outcomes = {outcome('b', DeletionOutcome::State::Deleted),
                                outcome('c', DeletionOutcome::State::Failed)};
    report.deletion.outcomes.last().error = Error{Error::Kind::Forbidden, u"No."_s};
    done.report = report;
    const ReportTable table = cleanupTable({done});
    QCOMPARE(table.rows.at(0).at(7), QString());
    QCOMPARE(table.rows.at(1).at(7), u"deleted"_s);
    QCOMPARE(table.rows.at(2).at(7), u"failed"_s);
    QCOMPARE(table.rows.at(2).at(8), u"No."_s);
}

void TestRepositoryCleanup::saysWhoDidItByWhichRules()
{
    CleanupRules rules = m_rules;
    rules.rules.append(deleteTheRest());
    rules.rules.last().isEnabled = false;
    const ReportTable table = cleanupTable({cleanup(u"latest:a:5 1.0:b:40"_s, m_rules)},
                                           {u"registry.lab:5000"_s, u"ci"_s, now(), rules});
    QHash<QString, QString> facts;
    for (const ReportTable::Fact &fact : table.facts)
        facts.insert(fact.name.key, fact.value);
    QCOMPARE(facts.value(u"registry"_s), u"registry.lab:5000"_s);
    QCOMPARE(facts.value(u"user"_s), u"ci"_s);
    QCOMPARE(facts.value(u"time"_s), u"2026-03-01T12:00:00Z"_s);
    QCOMPARE(facts.value(u"rules"_s), u"Protect: matching latest\nDelete: older than 30 day(s)"_s);
    QCOMPARE(facts.value(u"removed"_s), u"1"_s);
}

void TestRepositoryCleanup::addsUpHowLongItTook()
{
    using namespace std::chrono_literals;
    RepositoryCleanup one = cleanup(u"1.0:b:40"_s, m_rules);
    one.report = CleanupReport{one.decisions.repository, {one.decisions.repository, {}, {}}};
    one.report->deletion.times.deletions = 1s;
    one.report->deletion.times.whole = 1500ms;
    const RepositoryCleanup planned = cleanup(u"1.0:b:40"_s, m_rules);
    const ReportTable table =
        cleanupTable({one, planned, one}, {u"registry.lab:5000"_s, u"ci"_s, now(), m_rules});
    QHash<QString, QString> facts;
    for (const ReportTable::Fact &fact : table.facts)
        facts.insert(fact.name.key, fact.value);
    QCOMPARE(facts.value(u"deletionSeconds"_s), u"2.000"_s);
    QCOMPARE(facts.value(u"wholeSeconds"_s), u"3.000"_s);
}

QTEST_GUILESS_MAIN(TestRepositoryCleanup)

#include "tst_repositorycleanup.moc"
