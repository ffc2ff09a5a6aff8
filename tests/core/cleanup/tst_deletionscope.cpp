// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletionscope.h"
#include "support/testinventory.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace TestInventory;

using Kind = TagDecision::Kind;

class TestDeletionScope : public QObject
{
    Q_OBJECT

private slots:
    void differsWhereAnImageIsNeeded();
    void takesEveryTagWithTheImages();
    void keepsImagesThatOtherTagsNeed();
    void keepsImagesThatAnIndexNeeds();
    void keepsThePartsOfAnIndexThatOnlyLosesATag();
    void asksForTheNumberOfWhatGoes();
    void isNothingToChooseWhileSomethingIsUnread();

private:
    /// "latest:untag 1.0:left-alone old:delete".
    [[nodiscard]] static QString decide(const RepositorySnapshot &snapshot,
                                        const QStringList &chosen, DeletionScope scope)
    {
        QStringList words;
        const auto decisions = decisionsFor(plan(snapshot, chosen), snapshot, scope);
        for (const TagDecision &tag : decisions.tags)
            words.append(tag.tag.toString() + u':' + TagDecision::kindName(tag.kind));
        return words.join(u' ');
    }
    [[nodiscard]] static DeletionPlan plan(const RepositorySnapshot &snapshot,
                                           const QStringList &chosen)
    {
        QList<Tag> tags;
        for (const QString &name : chosen)
            tags.append(tag(name));
        return planDeletion(snapshot, tags);
    }
    [[nodiscard]] static RepositorySnapshot snapshot(const QString &tags)
    {
        return inventory(tags).snapshot;
    }
};

void TestDeletionScope::differsWhereAnImageIsNeeded()
{
    RepositorySnapshot now = snapshot(u"latest:a:1 1.0:a:1 old:b:1"_s);
    QVERIFY(hasScopes(plan(now, {u"latest"_s})));
    QVERIFY(!hasScopes(plan(now, {u"old"_s})));
    QVERIFY(!hasScopes(plan(now, {u"latest"_s, u"1.0"_s})));
    now.children = {{digest('a'), {digest('b')}}}; // A part of what stays.
    QVERIFY(hasScopes(plan(now, {u"old"_s})));
}

void TestDeletionScope::takesEveryTagWithTheImages()
{
    const auto now = snapshot(u"latest:a:1 1.0:a:1 old:b:1 new:c:1"_s);
    QCOMPARE(decide(now, {u"latest"_s, u"old"_s}, DeletionScope::WithImages),
             u"latest:delete 1.0:delete old:delete new:left-alone"_s);
}

void TestDeletionScope::keepsImagesThatOtherTagsNeed()
{
    const auto now = snapshot(u"latest:a:1 1.0:a:1 old:b:1 new:c:1"_s);
    QCOMPARE(decide(now, {u"latest"_s, u"old"_s}, DeletionScope::OnlyTags),
             u"latest:untag 1.0:left-alone old:delete new:left-alone"_s);
}

void TestDeletionScope::keepsImagesThatAnIndexNeeds()
{
    RepositorySnapshot now = snapshot(u"multi:a:1 part:b:1"_s);
    now.children = {{digest('a'), {digest('b')}}};
    QCOMPARE(decide(now, {u"part"_s}, DeletionScope::OnlyTags), u"multi:left-alone part:untag"_s);
    QCOMPARE(decide(now, {u"part"_s, u"multi"_s}, DeletionScope::OnlyTags),
             u"multi:delete part:delete"_s);
}

void TestDeletionScope::keepsThePartsOfAnIndexThatOnlyLosesATag()
{
    // "outer" stays for the sake of "other", and with it "inner" and its part.
    RepositorySnapshot now = snapshot(u"part:c:1 inner:b:1 outer:a:1 other:a:1"_s);
    now.children = {{digest('a'), {digest('b'), digest('c')}}, {digest('b'), {digest('c')}}};
    QCOMPARE(decide(now, {u"part"_s, u"inner"_s, u"outer"_s}, DeletionScope::OnlyTags),
             u"part:untag inner:untag outer:untag other:left-alone"_s);
    // Only the inner one knows its part: found in a second round.
    now.children = {{digest('a'), {digest('b')}}, {digest('b'), {digest('c')}}};
    QCOMPARE(decide(now, {u"part"_s, u"inner"_s, u"outer"_s}, DeletionScope::OnlyTags),
             u"part:untag inner:untag outer:untag other:left-alone"_s);
}

void TestDeletionScope::asksForTheNumberOfWhatGoes()
{
    const auto now = snapshot(u"latest:a:1 1.0:a:1 new:c:1"_s);
    const auto decisions = [&](const QStringList &chosen, DeletionScope scope) {
        return decisionsFor(plan(now, chosen), now, scope);
    };
    QVERIFY(!decisions({u"latest"_s}, DeletionScope::OnlyTags).needsConfirmation());
    QVERIFY(decisions({u"latest"_s}, DeletionScope::WithImages).needsConfirmation()); // 2 of 3.
    QVERIFY(!decisions({u"latest"_s}, DeletionScope::WithImages).wouldBeEmpty);
    QVERIFY(decisions({u"latest"_s, u"new"_s}, DeletionScope::WithImages).wouldBeEmpty);
    QCOMPARE(decisions({u"latest"_s, u"new"_s}, DeletionScope::OnlyTags).removedCount(),
             qsizetype(2));
}

void TestDeletionScope::isNothingToChooseWhileSomethingIsUnread()
{
    RepositorySnapshot now = snapshot(u"latest:a:1 1.0:a:1"_s);
    now.incomplete = Error{Error::Kind::Network, u"No server answers."_s};
    QVERIFY(!hasScopes(plan(now, {u"latest"_s})));
    QVERIFY(decisionsFor(plan(now, {u"latest"_s}), now, DeletionScope::OnlyTags).incomplete);
}

QTEST_GUILESS_MAIN(TestDeletionScope)
#include "tst_deletionscope.moc"
