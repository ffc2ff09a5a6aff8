// SPDX-License-Identifier: Apache-2.0
#include "support/testinventory.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace TestInventory;

/// Decisions about what refers to images without having a tag itself.
class TestDecisionGroupsReferrers : public QObject
{
    Q_OBJECT

private slots:
    void takesWhatAListNamesWithTheImageAlone();
    void followsWhatHasNoTag_data();
    void followsWhatHasNoTag();
    void takesWhatRefersToAPart();
    void isNotMisledByAListOfTwoImages();

private:
    [[nodiscard]] static CleanupDecisions decide(const RepositoryInventory &repository,
                                                 const QList<CleanupRule> &more = {})
    {
        return decideCleanup(repository, {{}, QList{deleteOlder(90)} + more}, {now()});
    }
};

/// Whether or not the parts of indexes go with them.
void TestDecisionGroupsReferrers::takesWhatAListNamesWithTheImageAlone()
{
    const QString list = u"sha256-"_s + digest('a').encoded();
    RepositoryInventory repository = inventory(u"1:a:100 %1:l:1 2:b:1 3:c:1"_s.arg(list));
    makeIndex(repository, u"l"_s, {u"s"_s});
    CleanupRules rules{{}, {deleteOlder(90)}};
    rules.removesChildren = false;
    QCOMPARE(decideCleanup(repository, rules, {now()}).leaving(),
             (QSet<Digest>{digest('a'), digest('l'), digest('s')}));
    makeIndex(repository, u"b"_s, {u"s"_s}); // It is needed elsewhere.
    QCOMPARE(decisionsOf(decide(repository)), u"1=keep %1=keep 2=left 3=left"_s.arg(list));
}

void TestDecisionGroupsReferrers::followsWhatHasNoTag_data()
{
    QTest::addColumn<bool>("isProtected"); // The signature of what has no tag.
    QTest::addColumn<QString>("expected");
    QTest::newRow("goes with it") << false << u"1=delete %1=delete 2=left 3=left"_s;
    QTest::newRow("holds all of them") << true << u"1=keep %1=protected 2=left 3=left"_s;
}

/// A signature under a tag, of something without one that refers to an image.
void TestDecisionGroupsReferrers::followsWhatHasNoTag()
{
    QFETCH(const bool, isProtected);
    QFETCH(const QString, expected);
    const QString name = u"sha256-"_s + digest(u"s"_s).encoded() + u".sig"_s;
    RepositoryInventory repository = inventory(u"1:a:100 %1:t:1 2:b:1 3:c:1"_s.arg(name));
    repository.referrers.insert(digest('a'), {digest('s')});
    repository.details.insert(digest('s'), {MediaType::ociManifest(), 10});
    const QList<CleanupRule> held{protect(u"sha256-*"_s)};
    const auto decisions = decide(repository, isProtected ? held : QList<CleanupRule>());
    QCOMPARE(decisionsOf(decisions), expected.arg(name));
    QCOMPARE(decisions.leaving().contains(digest('s')), !isProtected);
}

/// Of what refers to a part that has no tag.
void TestDecisionGroupsReferrers::takesWhatRefersToAPart()
{
    RepositoryInventory repository = inventory(u"7:i:100 8:j:1 9:k:1"_s);
    makeIndex(repository, u"i"_s, {u"p"_s, u"q"_s});
    repository.referrers.insert(digest('p'), {digest('s')});
    QCOMPARE(decide(repository).leaving(), (QSet<Digest>{digest('i'), digest('q')})); // Unread.
    repository.details.insert(digest('s'), {MediaType::ociManifest(), 10});
    QCOMPARE(decide(repository).leaving(),
             (QSet<Digest>{digest('i'), digest('p'), digest('q'), digest('s')}));
}

/// Anybody who may push can give a list the name of another one.
void TestDecisionGroupsReferrers::isNotMisledByAListOfTwoImages()
{
    const QString tags = u"1:a:100 2:b:1 sha256-%1:l:1 sha256-%2:l:1"_s.arg(digest('a').encoded(),
                                                                            digest('b').encoded());
    RepositoryInventory repository = inventory(tags);
    makeIndex(repository, u"l"_s, {u"s"_s});
    repository.referrers.insert(digest('a'), {digest('s')});
    repository.details.insert(digest('s'), {MediaType::ociManifest(), 10});
    CleanupRules rules{{}, {deleteOlder(90)}};
    rules.siblings = SiblingPolicy::Untag;
    const CleanupDecisions decisions = decideCleanup(repository, rules, {now()});
    QVERIFY(!decisions.leaving().contains(digest('b')));
    QVERIFY(!decisions.leaving().contains(digest('l')));
}

QTEST_GUILESS_MAIN(TestDecisionGroupsReferrers)
#include "tst_decisiongroups_referrers.moc"
