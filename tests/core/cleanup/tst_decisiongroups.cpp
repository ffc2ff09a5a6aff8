// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletionplan.h"
#include "core/cleanup/ruletext.h"
#include "support/testinventory.h"

#include <QTest>

using namespace Longshore;
using namespace TestInventory;
using namespace Qt::StringLiterals;

/// Tags that share an image, indexes, and what refers to an image.
class TestDecisionGroups : public QObject
{
    Q_OBJECT

private slots:
    void keepsAnImageThatOneTagKeeps();
    void saysWhatReasonsHaveInCommon();
    void removesOnlyTheTagWhereThatIsWanted();
    void removesSiblingsWhereThatIsWanted();
    void removesNoSiblingThatIsProtected();
    void blocksAPartOfAnIndexThatStays();
    void letsAPartGoWithItsIndex();
    void removesPartsThatNothingElseUses();
    void leavesPartsWhereThatIsWanted();
    void leavesPartsThatCouldNotBeRead();
    void blocksWhatCouldNotBeRead();
    void takesSignaturesWithTheirImage();
    void keepsSignaturesOfWhatStays();
    void keepsWhatASignatureIsAboutThatStays();
    void keepsImagesWithSignaturesWhereThatIsWanted();
    void leavesSignaturesAloneThatAreAboutNothing();
    void takesReferrersByWhatTheySay();
    void takesWhatAListOfReferrersNames();
    void takesReferrersWithoutATagWithTheirImage();
    void takesSignaturesOfPartsWithTheIndex();
    void keepsAPartWithASignatureThatIsProtected();
    void doesNotTakeDatesForSignatures();

private:
    [[nodiscard]] static CleanupDecisions decide(const RepositoryInventory &repository,
                                                 SiblingPolicy siblings = SiblingPolicy::KeepAll,
                                                 const QList<CleanupRule> &more = {})
    {
        CleanupRules rules{{}, {deleteOlder(90), protect(u"latest"_s)}};
        rules.rules += more;
        rules.siblings = siblings;
        return decideCleanup(repository, rules, {now()});
    }
    [[nodiscard]] static QString signature(const QString &image)
    {
        return u"sha256-"_s + digest(image).encoded() + u".sig"_s;
    }
};

void TestDecisionGroups::keepsAnImageThatOneTagKeeps()
{
    const auto decisions = decide(inventory(u"latest:a:100 1.0:a:100 0.9:b:200"_s));
    QCOMPARE(decisionsOf(decisions), u"latest=protected 1.0=keep 0.9=delete"_s);
    QVERIFY(reasonOf(decisions, u"1.0"_s)
                .startsWith(u"shares its image with latest, which is protected; older than"_s));
}

void TestDecisionGroups::saysWhatReasonsHaveInCommon()
{
    RepositoryInventory repository =
        inventory(u"latest:a:100 1.0:a:100 0.9:b:200 7:i:1 amd64:p:100 x:y:1 hand:h:1"_s);
    makeIndex(repository, u"i"_s, {u"p"_s});
    const CleanupChoices choices{now(), false, {{tag(u"hand"_s), CleanupChoices::Override::Keep}}};
    QStringList causes;
    const auto decisions =
        decideCleanup(repository, {{}, {deleteOlder(90), protect(u"latest"_s)}}, choices);
    for (const TagDecision &one : decisions.tags)
        causes.append(one.cause);
    QCOMPARE(causes,
             QStringList({describe(protect(u"latest"_s)),
                          u"shares its image with a tag that stays"_s, describe(deleteOlder(90)),
                          u"no rule speaks about it"_s, u"a part of an index that stays"_s,
                          u"no rule speaks about it"_s, u"kept by hand"_s}));
}

void TestDecisionGroups::removesOnlyTheTagWhereThatIsWanted()
{
    const auto repository = inventory(u"latest:a:100 1.0:a:100 0.9:b:200"_s);
    const auto decisions = decide(repository, SiblingPolicy::Untag);
    QCOMPARE(decisionsOf(decisions), u"latest=protected 1.0=untag 0.9=delete"_s);
    QCOMPARE(decisions.leaving(), QSet<Digest>{digest('b')});
    QCOMPARE(decisions.removedCount(), qsizetype(2));
    const DeletionPlan plan = deletionPlanFor(decisions, repository.snapshot);
    QCOMPARE(plan.groups.size(), qsizetype(1));
    QCOMPARE(plan.groups.first().manifest.digest, digest('b'));
}

void TestDecisionGroups::removesSiblingsWhereThatIsWanted()
{
    const QList<CleanupRule> more{{CleanupRule::Action::Keep, {NameCondition{globsOf(u"keep"_s)}}}};
    const auto decisions = decide(inventory(u"keep:a:100 1.0:a:100 latest:b:1 x:c:1 y:d:1"_s),
                                  SiblingPolicy::DeleteAll, more);
    QCOMPARE(decisionsOf(decisions), u"keep=delete 1.0=delete latest=protected x=left y=left"_s);
    QVERIFY(reasonOf(decisions, u"keep"_s)
                .startsWith(u"shares its image with 1.0, which is deleted"_s));
}

void TestDecisionGroups::removesNoSiblingThatIsProtected()
{
    QCOMPARE(
        decisionsOf(decide(inventory(u"latest:a:100 1.0:a:100 x:b:1"_s), SiblingPolicy::DeleteAll)),
        u"latest=protected 1.0=keep x=left"_s);
    CleanupRules rules{{}, {deleteOlder(90)}};
    rules.siblings = SiblingPolicy::DeleteAll;
    const CleanupChoices choices{now(), false, {{tag(u"2"_s), CleanupChoices::Override::Keep}}};
    QCOMPARE(decisionsOf(decideCleanup(inventory(u"1:a:100 2:a:100 x:b:1"_s), rules, choices)),
             u"1=keep 2=keep x=left"_s);
}

void TestDecisionGroups::blocksAPartOfAnIndexThatStays()
{
    // DEL-11
    RepositoryInventory repository = inventory(u"7:i:1 amd64:p:100 8:j:1"_s);
    makeIndex(repository, u"i"_s, {u"p"_s, u"q"_s});
    const auto decisions = decide(repository);
    QCOMPARE(decisionsOf(decisions), u"7=left amd64=blocked 8=left"_s);
    QVERIFY(reasonOf(decisions, u"amd64"_s).startsWith(u"a part of team/app:7, which stays"_s));
    QVERIFY(decisions.leaving().isEmpty());
}

void TestDecisionGroups::letsAPartGoWithItsIndex()
{
    RepositoryInventory repository = inventory(u"7:i:100 amd64:p:100 8:j:1"_s);
    makeIndex(repository, u"i"_s, {u"p"_s});
    QCOMPARE(decisionsOf(decide(repository)), u"7=delete amd64=delete 8=left"_s);
}

void TestDecisionGroups::removesPartsThatNothingElseUses()
{
    // DEL-12: one part is shared with an index that stays, one has a tag that stays.
    RepositoryInventory repository = inventory(u"7:i:100 8:j:1 tagged:r:1"_s);
    makeIndex(repository, u"i"_s, {u"p"_s, u"q"_s, u"r"_s});
    makeIndex(repository, u"j"_s, {u"q"_s});
    const auto decisions = decide(repository);
    QCOMPARE(decisionsOf(decisions), u"7=delete 8=left tagged=left"_s);
    QCOMPARE(decisions.children.size(), qsizetype(1));
    QCOMPARE(decisions.children.first().manifest.digest, digest('p'));
    QCOMPARE(decisions.children.first().owner, tag(u"7"_s));
}

void TestDecisionGroups::leavesPartsWhereThatIsWanted()
{
    RepositoryInventory repository = inventory(u"7:i:100 8:j:1"_s);
    makeIndex(repository, u"i"_s, {u"p"_s});
    CleanupRules rules{{}, {deleteOlder(90)}};
    rules.removesChildren = false;
    const auto decisions = decideCleanup(repository, rules, {now()});
    QCOMPARE(decisionsOf(decisions), u"7=delete 8=left"_s);
    QVERIFY(decisions.children.isEmpty());
}

void TestDecisionGroups::leavesPartsThatCouldNotBeRead()
{
    // No backup could be made of them.
    RepositoryInventory repository = inventory(u"7:i:100 8:j:1"_s);
    makeIndex(repository, u"i"_s, {u"p"_s, u"q"_s});
    repository.details.remove(digest('p'));
    const auto decisions = decide(repository);
    QCOMPARE(decisions.children.size(), qsizetype(1));
    QCOMPARE(decisions.children.first().manifest.digest, digest('q'));
}

void TestDecisionGroups::blocksWhatCouldNotBeRead()
{
    RepositoryInventory repository = inventory(u"1:a:100 2:b:100 3:c:1"_s);
    repository.details.remove(digest('a'));
    const auto decisions = decide(repository, SiblingPolicy::KeepAll, {deleteNamed(u"1"_s)});
    QCOMPARE(decisionsOf(decisions), u"1=blocked 2=delete 3=left"_s);
    QVERIFY(reasonOf(decisions, u"1"_s).contains(u"could not be read"_s));
}

void TestDecisionGroups::takesSignaturesWithTheirImage()
{
    // DEL-40: the signature is young, and goes all the same.
    const auto decisions =
        decide(inventory(u"1:a:100 %1:s:1 2:b:1 3:c:1"_s.arg(signature(u"a"_s))));
    QCOMPARE(decisionsOf(decisions), u"1=delete %1=delete 2=left 3=left"_s.arg(signature(u"a"_s)));
}

void TestDecisionGroups::keepsSignaturesOfWhatStays()
{
    // However old it is, and whatever it is called.
    const auto decisions = decide(inventory(u"2:b:1 %1:s:900"_s.arg(signature(u"b"_s))),
                                  SiblingPolicy::KeepAll, {deleteNamed(u"sha256-*"_s)});
    QCOMPARE(decisionsOf(decisions), u"2=left %1=keep"_s.arg(signature(u"b"_s)));
    QVERIFY(reasonOf(decisions, signature(u"b"_s)).contains(u"which stays"_s));
}

void TestDecisionGroups::keepsWhatASignatureIsAboutThatStays()
{
    const auto decisions = decide(inventory(u"1:a:100 %1:s:1 2:b:1"_s.arg(signature(u"a"_s))),
                                  SiblingPolicy::KeepAll, {protect(u"*.sig"_s)});
    QCOMPARE(decisionsOf(decisions), u"1=keep %1=protected 2=left"_s.arg(signature(u"a"_s)));
    QVERIFY(reasonOf(decisions, u"1"_s).contains(u"refers to it, and stays"_s));
}

void TestDecisionGroups::keepsImagesWithSignaturesWhereThatIsWanted()
{
    CleanupRules rules{{}, {deleteOlder(90)}};
    rules.removesAttached = false;
    const auto decisions = decideCleanup(
        inventory(u"1:a:100 %1:s:1 2:b:100 3:c:1"_s.arg(signature(u"a"_s))), rules, {now()});
    QCOMPARE(decisionsOf(decisions), u"1=keep %1=keep 2=delete 3=left"_s.arg(signature(u"a"_s)));
}

void TestDecisionGroups::leavesSignaturesAloneThatAreAboutNothing()
{
    // The image may be there without a tag.
    const auto decisions = decide(inventory(u"%1:s:900 2:b:1"_s.arg(signature(u"a"_s))));
    QCOMPARE(decisionsOf(decisions), u"%1=left 2=left"_s.arg(signature(u"a"_s)));
}

void TestDecisionGroups::takesReferrersByWhatTheySay()
{
    RepositoryInventory repository = inventory(u"1:a:100 sbom:s:1 2:b:1 3:c:1"_s);
    repository.details[digest('s')].subject = digest('a');
    QCOMPARE(decisionsOf(decide(repository)), u"1=delete sbom=delete 2=left 3=left"_s);
    repository.details[digest('s')].subject = digest('b');
    QCOMPARE(decisionsOf(decide(repository)), u"1=delete sbom=keep 2=left 3=left"_s);
}

void TestDecisionGroups::takesWhatAListOfReferrersNames()
{
    const QString list = u"sha256-"_s + digest('a').encoded();
    RepositoryInventory repository = inventory(u"1:a:100 %1:l:1 2:b:1 3:c:1"_s.arg(list));
    makeIndex(repository, u"l"_s, {u"s"_s});
    repository.details[digest('s')].subject = digest('a');
    auto decisions = decide(repository);
    QCOMPARE(decisionsOf(decisions), u"1=delete %1=delete 2=left 3=left"_s.arg(list));
    QCOMPARE(decisions.leaving(), (QSet<Digest>{digest('a'), digest('l'), digest('s')}));
    // A list that stays needs none of them.
    RepositoryInventory listed = inventory(u"1:a:1 %1:l:1 old:s:100 2:b:1"_s.arg(list));
    makeIndex(listed, u"l"_s, {u"s"_s});
    QCOMPARE(decisionsOf(decide(listed)), u"1=left %1=keep old=delete 2=left"_s.arg(list));
    decisions = decide(repository, SiblingPolicy::KeepAll, {protect(u"1"_s)});
    QCOMPARE(decisionsOf(decisions), u"1=protected %1=keep 2=left 3=left"_s.arg(list));
    QVERIFY(decisions.leaving().isEmpty());
}

void TestDecisionGroups::takesReferrersWithoutATagWithTheirImage()
{
    // DEL-40
    RepositoryInventory repository = inventory(u"1:a:100 2:b:1 3:c:1"_s);
    repository.referrers.insert(digest('a'), {digest('s')});
    // One that could not be read cannot be saved.
    QCOMPARE(decisionsOf(decide(repository)), u"1=keep 2=left 3=left"_s);
    repository.details.insert(digest('s'), {MediaType::ociManifest(), 10});
    const auto decisions = decide(repository);
    QCOMPARE(decisionsOf(decisions), u"1=delete 2=left 3=left"_s);
    QCOMPARE(decisions.leaving(), (QSet<Digest>{digest('a'), digest('s')}));
    QCOMPARE(decisions.children.first().owner, tag(u"1"_s));
    CleanupRules rules{{}, {deleteOlder(90)}};
    rules.removesAttached = false;
    auto kept = decideCleanup(repository, rules, {now()});
    QCOMPARE(decisionsOf(kept), u"1=keep 2=left 3=left"_s);
    QVERIFY(reasonOf(kept, u"1"_s).startsWith(u"something without a tag refers to it"_s));
    makeIndex(repository, u"b"_s, {u"s"_s}); // It is needed elsewhere.
    QCOMPARE(decisionsOf(decide(repository)), u"1=keep 2=left 3=left"_s);
}

void TestDecisionGroups::takesSignaturesOfPartsWithTheIndex()
{
    RepositoryInventory repository =
        inventory(u"7:i:100 %1:s:1 8:j:1 9:k:1"_s.arg(signature(u"p"_s)));
    makeIndex(repository, u"i"_s, {u"p"_s});
    QCOMPARE(decisionsOf(decide(repository)),
             u"7=delete %1=delete 8=left 9=left"_s.arg(signature(u"p"_s)));
}

void TestDecisionGroups::keepsAPartWithASignatureThatIsProtected()
{
    RepositoryInventory repository = inventory(u"7:i:100 %1:s:1 8:j:1"_s.arg(signature(u"p"_s)));
    makeIndex(repository, u"i"_s, {u"p"_s, u"q"_s});
    const auto decisions = decide(repository, SiblingPolicy::KeepAll, {protect(u"sha256-*"_s)});
    QCOMPARE(decisionsOf(decisions), u"7=delete %1=protected 8=left"_s.arg(signature(u"p"_s)));
    QCOMPARE(decisions.children.size(), qsizetype(1));
    QCOMPARE(decisions.children.first().manifest.digest, digest('q'));
}

void TestDecisionGroups::doesNotTakeDatesForSignatures()
{
    QCOMPARE(decisionsOf(decide(inventory(u"nightly-20240301:a:100 sha256-12:b:100 2:c:1"_s))),
             u"nightly-20240301=delete sha256-12=delete 2=left"_s);
}

QTEST_GUILESS_MAIN(TestDecisionGroups)
#include "tst_decisiongroups.moc"
