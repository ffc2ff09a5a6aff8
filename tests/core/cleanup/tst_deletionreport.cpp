// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletionreport.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

class TestDeletionReport : public QObject
{
    Q_OBJECT

private slots:
    void countsTagsWhateverTheManifests();
    void countsApartWhatWasGoneAlready();
    void isCompleteOnlyWhenEveryImageWasSeenToBeGone_data();
    void isCompleteOnlyWhenEveryImageWasSeenToBeGone();
    void withholdsWhatDidNotGo();

private:
    static DeletionOutcome outcome(State state, const QStringList &chosen,
                                   const QStringList &siblings = {})
    {
        const auto tags = [](const QStringList &names) {
            QList<Tag> result;
            for (const QString &name : names)
                result.append(*Tag::parse(name));
            return result;
        };
        const Descriptor manifest{MediaType::ociManifest(), Digest::ofBytes("x"), 1};
        return {{manifest, tags(chosen), tags(siblings), {}}, state};
    }
};

void TestDeletionReport::countsTagsWhateverTheManifests()
{
    const DeletionReport report{*RepositoryName::parse(u"a"),
                                {},
                                {outcome(State::Deleted, {u"1"_s}, {u"latest"_s, u"stable"_s}),
                                 outcome(State::Failed, {u"2"_s}),
                                 outcome(State::Deleted, {u"3"_s, u"4"_s})}};
    QCOMPARE(report.count(State::Deleted), qsizetype(5));
    QCOMPARE(report.count(State::Failed), qsizetype(1));
    QCOMPARE(report.count(State::Skipped), qsizetype(0));
}

void TestDeletionReport::countsApartWhatWasGoneAlready()
{
    DeletionOutcome deleted = outcome(State::Deleted, {u"1"_s}, {u"latest"_s});
    deleted.goneTags = {*Tag::parse(u"latest")};
    const DeletionReport report{*RepositoryName::parse(u"a"), {}, {deleted}};
    QCOMPARE(report.count(State::Deleted), qsizetype(1));
    QCOMPARE(report.goneCount(), qsizetype(1));
    QVERIFY(report.isComplete());
}

void TestDeletionReport::isCompleteOnlyWhenEveryImageWasSeenToBeGone_data()
{
    QTest::addColumn<State>("last");
    QTest::addColumn<bool>("isComplete");
    QTest::newRow("deleted") << State::Deleted << true;
    QTest::newRow("skipped") << State::Skipped << false;
    QTest::newRow("failed") << State::Failed << false;
    QTest::newRow("unverified") << State::Unverified << false;
    QTest::newRow("not tried") << State::NotTried << false;
}

void TestDeletionReport::isCompleteOnlyWhenEveryImageWasSeenToBeGone()
{
    QFETCH(const State, last);
    const DeletionReport report{*RepositoryName::parse(u"a"),
                                {},
                                {outcome(State::Deleted, {u"1"_s}), outcome(last, {u"2"_s})}};
    QTEST(report.isComplete(), "isComplete");
}

/// What is about an image that was to go and did not is none of what goes later.
void TestDeletionReport::withholdsWhatDidNotGo()
{
    DeletionPlan plan{*RepositoryName::parse(u"a"), {}, {}, {}, {}, {}};
    DeletionReport report{plan.repository, {}, {}};
    for (const State state :
         {State::Deleted, State::Skipped, State::Failed, State::Unverified, State::NotTried}) {
        DeletionOutcome one = outcome(state, {u"1"_s});
        one.group.manifest.digest = Digest::ofBytes(DeletionOutcome::stateName(state).toLatin1());
        plan.groups.append(one.group);
        report.outcomes.append(one);
    }
    const DeletionPlan rest = report.rest(plan);
    QCOMPARE(rest.groups.size(), qsizetype(1));
    QCOMPARE(rest.withheld, (QSet<Digest>{Digest::ofBytes("skipped"), Digest::ofBytes("failed"),
                                          Digest::ofBytes("unverified")}));
}

QTEST_GUILESS_MAIN(TestDeletionReport)
#include "tst_deletionreport.moc"
