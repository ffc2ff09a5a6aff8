// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletionplan.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

Tag tag(const QString &name)
{
    return *Tag::parse(name);
}

Digest digest(char which)
{
    return Digest::ofBytes(QByteArray(1, which));
}

/// "latest:a 1.0:a 2.0:b" as a snapshot.
RepositorySnapshot snapshot(const QString &tags)
{
    RepositorySnapshot result{*RepositoryName::parse(u"team/app"), {}, {}, {}, {}, {}};
    for (const QString &word : tags.split(u' ')) {
        const QStringList parts = word.split(u':');
        result.tags.append({tag(parts.at(0)),
                            {MediaType::ociManifest(), digest(parts.at(1).at(0).toLatin1()), 10}});
    }
    return result;
}

QStringList names(const QList<Tag> &tags)
{
    QStringList result;
    for (const Tag &one : tags)
        result.append(one.toString());
    return result;
}

} // namespace

class TestDeletionPlan : public QObject
{
    Q_OBJECT

private slots:
    void namesTheSiblingsOfAChosenTag();
    void joinsChosenTagsOfOneImage();
    void isBlockedWhileTheSnapshotIsIncomplete();
    void isBlockedByAnIndexThatStays();
    void letsTheChildGoWithItsIndex();
    void reportsTagsThatAreNotThere();
    void isBlockedWhenThereIsNothingToDelete();
    void takesAManifestThatNoTagPointsTo();
    void takesEveryTagOfAManifestThatIsNamedByItsDigest();
    void isBlockedWhenAnUntaggedManifestIsStillNeeded();
    void namesWhatIsAboutTheImage();
    void takesNoListOfReferrersForAnIndex();
};

void TestDeletionPlan::namesTheSiblingsOfAChosenTag()
{
    const auto plan = planDeletion(snapshot(u"latest:a 1.0:a 2.0:b"_s), {tag(u"1.0"_s)});
    QCOMPARE(plan.groups.size(), qsizetype(1));
    QCOMPARE(names(plan.groups.first().chosen), QStringList{u"1.0"_s});
    QCOMPARE(names(plan.groups.first().siblings), QStringList{u"latest"_s});
    QCOMPARE(plan.chosenCount(), qsizetype(1));
    QVERIFY(!plan.isBlocked());
}

void TestDeletionPlan::joinsChosenTagsOfOneImage()
{
    const auto plan = planDeletion(snapshot(u"latest:a 1.0:a 2.0:b"_s),
                                   {tag(u"1.0"_s), tag(u"latest"_s), tag(u"2.0"_s)});
    QCOMPARE(plan.groups.size(), qsizetype(2));
    QVERIFY(plan.siblings().isEmpty());
    QCOMPARE(plan.chosenCount(), qsizetype(3));
}

void TestDeletionPlan::isBlockedWhileTheSnapshotIsIncomplete()
{
    RepositorySnapshot half = snapshot(u"latest:a 1.0:b"_s);
    half.incomplete = Error{Error::Kind::Network, u"page 2 failed"_s};
    QVERIFY(planDeletion(half, {tag(u"1.0"_s)}).isBlocked());
}

void TestDeletionPlan::isBlockedByAnIndexThatStays()
{
    RepositorySnapshot both = snapshot(u"multi:i amd64:a"_s);
    both.children.insert(digest('i'), {digest('a'), digest('b')});
    const auto plan = planDeletion(both, {tag(u"amd64"_s)});
    QCOMPARE(names(plan.groups.first().usedBy), QStringList{u"multi"_s});
    QVERIFY(plan.isBlocked());
}

void TestDeletionPlan::letsTheChildGoWithItsIndex()
{
    RepositorySnapshot both = snapshot(u"multi:i amd64:a"_s);
    both.children.insert(digest('i'), {digest('a')});
    QVERIFY(!planDeletion(both, {tag(u"amd64"_s), tag(u"multi"_s)}).isBlocked());
}

void TestDeletionPlan::reportsTagsThatAreNotThere()
{
    const auto plan = planDeletion(snapshot(u"a:a"_s), {tag(u"gone"_s), tag(u"a"_s)});
    QCOMPARE(names(plan.unknown), QStringList{u"gone"_s});
    QCOMPARE(plan.groups.size(), qsizetype(1));
}

void TestDeletionPlan::isBlockedWhenThereIsNothingToDelete()
{
    QVERIFY(planDeletion(snapshot(u"a:a"_s), {tag(u"gone"_s)}).isBlocked());
}

void TestDeletionPlan::takesAManifestThatNoTagPointsTo()
{
    const Descriptor loose{MediaType::ociManifest(), digest('x'), 10};
    const auto plan = planManifestDeletion(snapshot(u"a:a"_s), loose);
    QCOMPARE(plan.groups.size(), qsizetype(1));
    QCOMPARE(plan.groups.first().manifest, loose);
    QVERIFY(plan.groups.first().allTags().isEmpty());
    QVERIFY(!plan.isBlocked());
}

void TestDeletionPlan::takesEveryTagOfAManifestThatIsNamedByItsDigest()
{
    const auto plan = planManifestDeletion(snapshot(u"latest:a 1.0:a 2.0:b"_s),
                                           {MediaType::ociManifest(), digest('a'), 10});
    QCOMPARE(plan.groups.size(), qsizetype(1));
    QCOMPARE(names(plan.groups.first().chosen), (QStringList{u"latest"_s, u"1.0"_s}));
    QVERIFY(plan.siblings().isEmpty());
}

void TestDeletionPlan::isBlockedWhenAnUntaggedManifestIsStillNeeded()
{
    RepositorySnapshot index = snapshot(u"multi:i"_s);
    index.children.insert(digest('i'), {digest('x')});
    const auto plan = planManifestDeletion(index, {MediaType::ociManifest(), digest('x'), 10});
    QCOMPARE(names(plan.groups.first().usedBy), QStringList{u"multi"_s});
    QVERIFY(plan.isBlocked());
}

void TestDeletionPlan::namesWhatIsAboutTheImage()
{
    // DEL-40
    const QString name = u"sha256-"_s + digest('a').encoded();
    const RepositorySnapshot signedImage = snapshot(u"1.0:a %1:x %1.sig:y %1x:z 2.0:b"_s.arg(name));
    auto plan = planDeletion(signedImage, {tag(u"1.0"_s)});
    QCOMPARE(names(plan.attached()), QStringList({name, name + u".sig"_s}));
    QVERIFY(!plan.isBlocked());
    plan = planDeletion(signedImage, {tag(u"1.0"_s), tag(name)});
    QCOMPARE(names(plan.attached()), QStringList{name + u".sig"_s});
    plan = planDeletion(signedImage, {tag(u"2.0"_s)});
    QVERIFY(plan.attached().isEmpty());
    const RepositorySnapshot loose = snapshot(u"%1.sig:y"_s.arg(name));
    plan = planManifestDeletion(loose, {MediaType::ociManifest(), digest('a'), 10});
    QCOMPARE(names(plan.attached()), QStringList{name + u".sig"_s});
}

void TestDeletionPlan::takesNoListOfReferrersForAnIndex()
{
    // What refers to an image is listed under a tag, and can go all the same; a namesake of that tag
    // is an index as any other.
    const QString list = u"sha256-"_s + digest('x').encoded();
    RepositorySnapshot listed = snapshot(u"signature:s "_s + list + u":l"_s);
    listed.children.insert(digest('l'), {digest('s')});
    QVERIFY(!planDeletion(listed, {tag(u"signature"_s)}).isBlocked());
    for (const QString &other : {u"1.0"_s, QString(list + u".x"_s), QString(u"a"_s + list)}) {
        RepositorySnapshot used = snapshot(u"signature:s "_s + list + u":l "_s + other + u":l"_s);
        used.children.insert(digest('l'), {digest('s')});
        QCOMPARE(names(planDeletion(used, {tag(u"signature"_s)}).groups.first().usedBy),
                 QStringList{other});
    }
}

QTEST_GUILESS_MAIN(TestDeletionPlan)
#include "tst_deletionplan.moc"
