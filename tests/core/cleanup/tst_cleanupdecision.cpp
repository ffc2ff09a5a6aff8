// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletionplan.h"
#include "support/testinventory.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace Longshore;
using namespace TestInventory;
using namespace Qt::StringLiterals;

using Action = CleanupRule::Action;
using Kind = TagDecision::Kind;
using Override = CleanupChoices::Override;

class TestCleanupDecision : public QObject
{
    Q_OBJECT

private slots:
    void takesProtectedBeforeKeptBeforeDeleted();
    void doesNotMindTheOrderOfTheRules();
    void leavesAloneWhatNoRuleSpeaksAbout();
    void looksAtNoRuleThatIsTurnedOff();
    void saysWhyWithWhatWasMeasured();
    void deletesNothingByAgeThatHasNoDate();
    void deletesNothingThatMightBeKept();
    void deletesNothingByAnExpressionThatTakesTooLong();
    void deletesNothingByRulesThatAreWrong();
    void followsAPersonBeforeTheRules();
    void deletesNothingFromARepositoryThatIsIncomplete();
    void emptiesNoRepositoryUnasked();
    void asksToConfirmWhatIsMuch_data();
    void asksToConfirmWhatIsMuch();
    void isAlwaysTheSame();
    void givesThePlanOfWhatIsDeleted();

private:
    [[nodiscard]] static CleanupDecisions decide(const QString &tags,
                                                 const QList<CleanupRule> &rules,
                                                 const CleanupChoices &choices = {now()})
    {
        return decideCleanup(inventory(tags), {{}, rules}, choices);
    }
};

void TestCleanupDecision::takesProtectedBeforeKeptBeforeDeleted()
{
    // DEL-39
    const auto decisions =
        decide(u"latest:a:100 new:b:100 pr-1:c:200 pr-2:d:300"_s,
               {protect(u"latest"_s), keepNewest(2), deleteOlder(90), deleteNamed(u"*"_s)});
    QCOMPARE(decisionsOf(decisions), u"latest=protected new=keep pr-1=delete pr-2=delete"_s);
}

void TestCleanupDecision::doesNotMindTheOrderOfTheRules()
{
    QList<CleanupRule> rules{protect(u"latest"_s), keepNewest(2), deleteOlder(90),
                             deleteNamed(u"pr-*"_s)};
    const QString tags = u"latest:a:100 new:b:100 pr-1:c:200 old:d:300"_s;
    const QString expected = decisionsOf(decide(tags, rules));
    std::reverse(rules.begin(), rules.end());
    QCOMPARE(decisionsOf(decide(tags, rules)), expected);
}

void TestCleanupDecision::leavesAloneWhatNoRuleSpeaksAbout()
{
    const auto decisions = decide(u"1:a:5 2:b:100"_s, {deleteOlder(90)});
    QCOMPARE(decisionsOf(decisions), u"1=left 2=delete"_s);
    QCOMPARE(reasonOf(decisions, u"1"_s), u"no rule speaks about it"_s);
    QCOMPARE(decisionsOf(decide(u"1:a:5"_s, {})), u"1=left"_s);
}

void TestCleanupDecision::looksAtNoRuleThatIsTurnedOff()
{
    CleanupRule off = deleteNamed(u"*"_s);
    off.isEnabled = false;
    QCOMPARE(decisionsOf(decide(u"1:a:5 2:b:5"_s, {off})), u"1=left 2=left"_s);
}

void TestCleanupDecision::saysWhyWithWhatWasMeasured()
{
    const auto decisions = decide(u"latest:a:1 1:b:2 2:c:212"_s,
                                  {protect(u"la*, stable"_s), keepNewest(2), deleteOlder(90)});
    QCOMPARE(reasonOf(decisions, u"latest"_s), u"matching la*"_s);
    QCOMPARE(reasonOf(decisions, u"1"_s), u"among the newest 2 by date: number 2"_s);
    QCOMPARE(reasonOf(decisions, u"2"_s), u"older than 90 day(s): 212 day(s); "
                                          "not among the newest 2 by date: number 3"_s);
}

void TestCleanupDecision::deletesNothingByAgeThatHasNoDate()
{
    // DEL-36
    const auto decisions = decide(u"odd:a:? old:b:100 new:c:1"_s, {deleteOlder(90)});
    QCOMPARE(decisionsOf(decisions), u"odd=left old=delete new=left"_s);
    QVERIFY(reasonOf(decisions, u"odd"_s).startsWith(u"no usable date"_s));
    CleanupRules rules{{}, {deleteOlder(90)}};
    rules.undated.kind = UndatedPolicy::Kind::TreatAsOld;
    const auto told = decideCleanup(inventory(u"odd:a:? new:c:1"_s), rules, {now()});
    QCOMPARE(decisionsOf(told), u"odd=delete new=left"_s);
    QVERIFY(reasonOf(told, u"odd"_s).contains(u"no usable date"_s));
}

void TestCleanupDecision::deletesNothingThatMightBeKept()
{
    // It may be the newest of all: nobody knows.
    const auto decisions =
        decide(u"pr-1:a:? pr-2:b:9 pr-3:c:8"_s, {keepNewest(1), deleteNamed(u"pr-*"_s)});
    QCOMPARE(decisionsOf(decisions), u"pr-1=left pr-2=delete pr-3=keep"_s);
    const auto rest = decide(u"a:a:? b:b:9 c:c:8"_s, {keepNewest(1), deleteTheRest()});
    QCOMPARE(decisionsOf(rest), u"a=left b=delete c=keep"_s);
    // What protects it by its name needs no date.
    const auto named =
        decide(u"latest:a:? b:b:9 c:c:8"_s, {keepNewest(1), protect(u"latest"_s), deleteTheRest()});
    QCOMPARE(decisionsOf(named), u"latest=protected b=delete c=keep"_s);
}

void TestCleanupDecision::deletesNothingByAnExpressionThatTakesTooLong()
{
    const QString worst(100, u'a');
    const NameCondition hostile{{TagPattern(u"(a+)+$"_s, TagPattern::Syntax::RegularExpression)}};
    const QString tags = worst + u"_:a:100 b:b:100 c:c:1"_s;
    auto decisions = decide(tags, {{Action::Delete, {hostile}}, deleteNamed(u"b"_s)});
    QCOMPARE(decisionsOf(decisions), worst + u"_=left b=delete c=left"_s);
    QCOMPARE(decisions.expensiveRules, QList<qsizetype>{0});
    // What it might protect stays.
    decisions = decide(tags, {deleteOlder(90), {Action::Protect, {hostile}}});
    QCOMPARE(decisions.removedCount(), qsizetype(0));
    QVERIFY(reasonOf(decisions, u"b"_s).contains(u"takes too long"_s));
    QCOMPARE(decisions.expensiveRules, QList<qsizetype>{1});
    // The same where it takes long only for what is about an image.
    const NameCondition onlySignatures{
        {TagPattern(u"sha256-([0-9a-f]+)+[^0-9a-f]"_s, TagPattern::Syntax::RegularExpression)}};
    const QString signature = u"sha256-"_s + digest('a').encoded();
    decisions = decide(u"a:a:100 %1:s:1 c:c:1"_s.arg(signature),
                       {deleteOlder(90), {Action::Protect, {onlySignatures}}});
    QCOMPARE(decisionsOf(decisions), u"a=keep %1=left c=left"_s.arg(signature));
}

void TestCleanupDecision::deletesNothingByRulesThatAreWrong()
{
    // DEL-38
    const auto decisions =
        decide(u"a:a:100 b:b:1"_s, {deleteOlder(90), deleteNamed(QString()), protect(u"[x"_s)});
    QCOMPARE(decisions.removedCount(), qsizetype(0));
    const auto deleting = decide(u"a:a:100 b:b:1"_s, {deleteOlder(90), deleteNamed(u"[x"_s)});
    QCOMPARE(decisionsOf(deleting), u"a=blocked b=left"_s);
}

void TestCleanupDecision::followsAPersonBeforeTheRules()
{
    CleanupChoices choices{now()};
    choices.overrides = {{tag(u"old"_s), Override::Keep}, {tag(u"latest"_s), Override::Delete}};
    const auto decisions = decide(u"latest:a:1 old:b:100 older:c:200 1:d:1 2:e:1 3:f:1"_s,
                                  {protect(u"latest"_s), deleteOlder(90)}, choices);
    QCOMPARE(decisionsOf(decisions), u"latest=delete old=keep older=delete 1=left 2=left 3=left"_s);
    QVERIFY(decisions.tags.at(0).overridesProtection);
    QVERIFY(decisions.tags.at(1).isOverridden && !decisions.tags.at(1).overridesProtection);
    QVERIFY(!decisions.tags.at(2).isOverridden);
    QVERIFY(decisions.needsConfirmation());
}

void TestCleanupDecision::deletesNothingFromARepositoryThatIsIncomplete()
{
    // DEL-25
    RepositoryInventory half = inventory(u"a:a:100 b:b:1"_s);
    makeIndex(half, u"a"_s, {u"part"_s});
    half.snapshot.incomplete = Error{Error::Kind::Network, u"page 2 failed"_s};
    for (const SiblingPolicy policy : {SiblingPolicy::KeepAll, SiblingPolicy::Untag}) {
        CleanupRules rules{{}, {deleteOlder(90)}};
        rules.siblings = policy;
        const auto decisions = decideCleanup(half, rules, {now()});
        QCOMPARE(decisionsOf(decisions), u"a=blocked b=left"_s);
        QVERIFY(reasonOf(decisions, u"a"_s).startsWith(u"the list of tags is incomplete"_s));
        QVERIFY(deletionPlanFor(decisions, half.snapshot).isBlocked());
        QVERIFY(decisions.leaving().isEmpty());
    }
}

void TestCleanupDecision::emptiesNoRepositoryUnasked()
{
    const QString tags = u"a:a:100 b:b:200"_s;
    const auto refused = decide(tags, {deleteOlder(90)});
    QCOMPARE(decisionsOf(refused), u"a=blocked b=blocked"_s);
    QVERIFY(refused.wouldBeEmpty);
    const auto asked = decide(tags, {deleteOlder(90)}, {now(), true});
    QCOMPARE(decisionsOf(asked), u"a=delete b=delete"_s);
    QVERIFY(asked.wouldBeEmpty);
    QVERIFY(asked.needsConfirmation());
    QVERIFY(!decide(u"a:a:1"_s, {deleteOlder(90)}).wouldBeEmpty);
    // A signature of something else is no image.
    const QString signature = u" sha256-"_s + digest('x').encoded() + u".sig:s:1"_s;
    QVERIFY(decide(tags + signature, {deleteOlder(90)}).wouldBeEmpty);
}

void TestCleanupDecision::asksToConfirmWhatIsMuch_data()
{
    QTest::addColumn<int>("old");
    QTest::addColumn<int>("young");
    QTest::addColumn<bool>("asks");
    QTest::newRow("nothing") << 0 << 3 << false;
    QTest::newRow("half") << 2 << 2 << false;
    QTest::newRow("DEL-26 more than half") << 3 << 2 << true;
    QTest::newRow("a hundred") << 100 << 200 << false;
    QTest::newRow("DEL-26 more than a hundred") << 101 << 200 << true;
}

void TestCleanupDecision::asksToConfirmWhatIsMuch()
{
    QFETCH(const int, old);
    QFETCH(const int, young);
    QString tags;
    for (int i = 0; i < old + young; ++i)
        tags += u"t%1:i%1:%2 "_s.arg(QString::number(i), i < old ? u"100"_s : u"1"_s);
    QFETCH(const bool, asks);
    QCOMPARE(decide(tags, {deleteOlder(90)}).needsConfirmation(), asks);
}

void TestCleanupDecision::isAlwaysTheSame()
{
    std::mt19937 random(7);
    QString tags;
    for (int i = 0; i < 300; ++i)
        tags += u"%1.%2.%3:i%4:%5 "_s.arg(random() % 3)
                    .arg(random() % 5)
                    .arg(i)
                    .arg(random() % 150)
                    .arg(random() % 200);
    const CleanupRules rules{
        {},
        {keepNewest(20),
         {Action::Keep,
          {NewestCondition{2, NewestCondition::Order::Version, TagLine::MinorVersion}}},
         deleteOlder(50)}};
    const RepositoryInventory all = inventory(tags);
    const auto first = decideCleanup(all, rules, {now()});
    QVERIFY(first.count(Kind::Delete) > 0);
    // Hashes have another order in every copy.
    RepositoryInventory copy = all;
    copy.details = {};
    copy.details.reserve(5000);
    for (auto entry = all.details.begin(); entry != all.details.end(); ++entry)
        copy.details.insert(entry.key(), *entry);
    const auto second = decideCleanup(copy, rules, {now()});
    QCOMPARE(second.tags, first.tags);
    QCOMPARE(second.children, first.children);
}

void TestCleanupDecision::givesThePlanOfWhatIsDeleted()
{
    RepositoryInventory all = inventory(u"1:a:100 2:b:100 multi:i:100 latest:c:1 x:d:1 y:e:1"_s);
    makeIndex(all, u"i"_s, {u"p"_s, u"q"_s});
    const auto decisions = decideCleanup(all, {{}, {deleteOlder(90)}}, {now()});
    const DeletionPlan plan = deletionPlanFor(decisions, all.snapshot);
    QVERIFY(!plan.isBlocked());
    QCOMPARE(plan.chosenCount(), qsizetype(3));
    QVERIFY(plan.siblings().isEmpty());
    QSet<Digest> deleted;
    for (const DeletionGroup &group : plan.groups)
        deleted.insert(group.manifest.digest);
    QCOMPARE(deleted, decisions.leaving());
    QCOMPARE(deleted,
             (QSet<Digest>{digest('a'), digest('b'), digest('i'), digest('p'), digest('q')}));
}

QTEST_GUILESS_MAIN(TestCleanupDecision)
#include "tst_cleanupdecision.moc"
