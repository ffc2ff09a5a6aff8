// SPDX-License-Identifier: Apache-2.0
#include "support/testinventory.h"

#include <QTest>

using namespace Longshore;
using namespace TestInventory;
using namespace Qt::StringLiterals;

using Override = CleanupChoices::Override;

/// Decisions where only some tags may go, because they are tried again.
class TestCleanupDecisionRetry : public QObject
{
    Q_OBJECT

private slots:
    void leavesOutWhatIsNotTried();
    void takesASignatureWithItsImage();
    void leavesATagThatMovedSince();
    void takesNoSiblingAlong();
    void followsAPersonAllTheSame();

private:
    [[nodiscard]] static CleanupChoices only(const QHash<Tag, Digest> &tried)
    {
        CleanupChoices choices{now()};
        choices.only = tried;
        return choices;
    }
    [[nodiscard]] static CleanupDecisions decide(const QString &tags, const CleanupChoices &choices)
    {
        return decideCleanup(inventory(tags), {{}, {deleteOlder(90), protect(u"p*"_s)}}, choices);
    }
};

void TestCleanupDecisionRetry::leavesOutWhatIsNotTried()
{
    const auto decisions =
        decide(u"a:a:200 b:b:200 c:c:5 p:p:200"_s, only({{tag(u"a"_s), digest('a')}}));
    QCOMPARE(decisionsOf(decisions), u"a=delete b=keep c=keep p=protected"_s);
    QCOMPARE(reasonOf(decisions, u"b"_s), u"not part of this try"_s);
    for (const TagDecision &one : decisions.tags)
        QVERIFY(!one.isOverridden); // Nobody has decided that by hand.
    QCOMPARE(decisionsOf(decide(u"a:a:200 b:b:5"_s, only({}))), u"a=keep b=keep"_s);
}

void TestCleanupDecisionRetry::takesASignatureWithItsImage()
{
    const QString ofA = u"sha256-"_s + digest('a').encoded() + u".sig"_s;
    const QString ofB = u"sha256-"_s + digest('b').encoded() + u".sig"_s;
    const QString tags = u"a:a:200 %1:s:200 b:b:200 %2:t:200 c:c:5"_s.arg(ofA, ofB);
    const auto decisions = decide(tags, only({{tag(u"a"_s), digest('a')}}));
    QCOMPARE(decisionsOf(decisions), u"a=delete %1=delete b=keep %2=keep c=keep"_s.arg(ofA, ofB));
}

void TestCleanupDecisionRetry::leavesATagThatMovedSince()
{
    const auto decisions = decide(u"a:n:200 b:b:200 c:c:5"_s,
                                  only({{tag(u"a"_s), digest('a')}, {tag(u"b"_s), digest('b')}}));
    QCOMPARE(decisionsOf(decisions), u"a=keep b=delete c=keep"_s);
    QCOMPARE(reasonOf(decisions, u"a"_s), u"not part of this try"_s);
}

void TestCleanupDecisionRetry::takesNoSiblingAlong()
{
    CleanupRules rules{{}, {deleteOlder(90)}};
    const auto choices = only({{tag(u"a"_s), digest('a')}});
    for (const auto policy : {SiblingPolicy::KeepAll, SiblingPolicy::DeleteAll}) {
        rules.siblings = policy;
        const auto decisions = decideCleanup(inventory(u"a:a:200 b:a:200 c:c:5"_s), rules, choices);
        QCOMPARE(decisionsOf(decisions), u"a=keep b=keep c=keep"_s);
    }
    rules.siblings = SiblingPolicy::Untag;
    const auto decisions = decideCleanup(inventory(u"a:a:200 b:a:200 c:c:5"_s), rules, choices);
    QCOMPARE(decisionsOf(decisions), u"a=untag b=keep c=keep"_s);
}

void TestCleanupDecisionRetry::followsAPersonAllTheSame()
{
    auto choices = only({{tag(u"a"_s), digest('a')}});
    choices.overrides = {{tag(u"a"_s), Override::Keep}, {tag(u"b"_s), Override::Delete}};
    const auto decisions = decide(u"a:a:200 b:b:5 c:c:5"_s, choices);
    QCOMPARE(decisionsOf(decisions), u"a=keep b=delete c=keep"_s);
    QCOMPARE(reasonOf(decisions, u"a"_s), u"kept by hand"_s);
    QVERIFY(decisions.tags.at(0).isOverridden && decisions.tags.at(1).isOverridden);
    QVERIFY(!decisions.tags.at(2).isOverridden);
}

QTEST_GUILESS_MAIN(TestCleanupDecisionRetry)
#include "tst_cleanupdecision_retry.moc"
