// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/dialogs/deletiontext.h"

#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

class TestDeletionText : public QObject
{
    Q_OBJECT

private slots:
    void namesTagsUpToADozen();
    void saysThatTheImagesAreUsedByNobodyElse();
    void namesTagsThatGoAlong();
    void namesWhatWasSaidAboutAnImageAndStays();
    void namesIndexesThatWouldBreak();
    void saysWhatStaysWhereOnlyTagsGo();
    void saysWhatGoesWhereOnlyTagsGo();
    void namesOnlySomeOfManyParts();
    void saysThatThereIsSomethingToChoose();
    void saysThatNothingIsSafeWhileSomethingIsUnread();
    void saysThatNothingIsLeft();
    void saysWhatBecameOfATag_data();
    void saysWhatBecameOfATag();
    void countsOnlyWhatHappened();
    void countsTagsThatWentAlone();
    void tellsApartWhatWasGoneAlready();
};

static QList<Tag> tags(const QStringList &names)
{
    QList<Tag> result;
    for (const QString &name : names)
        result.append(*Tag::parse(name));
    return result;
}

static DeletionGroup group(const QStringList &chosen)
{
    return {{MediaType::ociManifest(), Digest::ofBytes("x"), 1}, tags(chosen), {}, {}, {}};
}

static DeletionPlan plan(const QList<DeletionGroup> &groups)
{
    DeletionPlan result{*RepositoryName::parse(u"app"_s), {}, groups, {}, {}, {}};
    return result;
}

void TestDeletionText::namesTagsUpToADozen()
{
    QCOMPARE(DeletionText::names(tags({u"latest"_s, u"1.4"_s})), u"latest, 1.4"_s);
    QStringList many;
    for (int i = 1; i <= 12; ++i)
        many.append(u"t%1"_s.arg(i));
    QVERIFY(DeletionText::names(tags(many)).endsWith("t11, t12"_L1));
    many += {u"t13"_s, u"t14"_s};
    QVERIFY(DeletionText::names(tags(many)).endsWith("t12 and 2 more"_L1));
}

void TestDeletionText::saysThatTheImagesAreUsedByNobodyElse()
{
    QCOMPARE(DeletionText::explanation(plan({group({u"1"_s})})),
             u"The images are used by no other tag and will be removed."_s);
    QCOMPARE(DeletionText::effect(group({u"1"_s})), u"is deleted with its image"_s);
}

void TestDeletionText::namesTagsThatGoAlong()
{
    DeletionGroup shared = group({u"1"_s});
    shared.siblings = tags({u"latest"_s, u"1.4"_s});
    QVERIFY(DeletionText::explanation(plan({shared}))
                .endsWith("Also pointing to these images: latest, 1.4."_L1));
    QCOMPARE(DeletionText::effect(shared), u"is deleted with its image and 2 more tags"_s);
    shared.siblings = tags({u"latest"_s});
    QCOMPARE(DeletionText::effect(shared), u"is deleted with its image and 1 more tag"_s);
}

void TestDeletionText::namesWhatWasSaidAboutAnImageAndStays()
{
    DeletionGroup isSigned = group({u"1"_s});
    isSigned.attached = tags({u"sha256-abc.sig"_s});
    QVERIFY(DeletionText::explanation(plan({isSigned}))
                .endsWith("What was signed or said about these images stays: sha256-abc.sig."_L1));
}

void TestDeletionText::namesIndexesThatWouldBreak()
{
    DeletionGroup needed = group({u"1-amd64"_s});
    needed.usedBy = tags({u"1"_s});
    QCOMPARE(DeletionText::explanation(plan({group({u"2"_s}), needed})),
             u"1-amd64 is part of 1, which would be broken. Delete both, or neither."_s);
    QCOMPARE(DeletionText::effect(needed), u"is part of 1"_s);
}

void TestDeletionText::saysWhatStaysWhereOnlyTagsGo()
{
    DeletionGroup shared = group({u"1"_s});
    shared.siblings = tags({u"latest"_s, u"1.4"_s});
    DeletionGroup needed = group({u"1-amd64"_s});
    needed.usedBy = tags({u"multi"_s});
    QCOMPARE(DeletionText::explanation(plan({shared, needed}), DeletionScope::OnlyTags),
             u"Also pointing to these images: latest, 1.4. They stay, and so do "
             "their images.\nThe image of 1-amd64 is part of multi, and stays."_s);
}

void TestDeletionText::saysWhatGoesWhereOnlyTagsGo()
{
    QCOMPARE(DeletionText::unshared(plan({})), QString());
    DeletionGroup alone = group({u"old"_s});
    alone.attached = tags({u"sha256-1.sig"_s});
    QCOMPARE(DeletionText::unshared(plan({alone})),
             u"\nUsed by nothing else, and removed with the image: old."
             "\nWhat was signed or said about these images stays: sha256-1.sig."_s);
}

/// Or the buttons would leave the screen.
void TestDeletionText::namesOnlySomeOfManyParts()
{
    QList<DeletionGroup> parts(9, group({u"1-amd64"_s}));
    for (DeletionGroup &part : parts)
        part.usedBy = tags({u"multi"_s});
    const QString text = DeletionText::whyNotWithImages(plan(parts));
    QCOMPARE(text.count(u'\n'), qsizetype(6));
    QVERIFY(text.endsWith(u"And 3 more."_s));
}

void TestDeletionText::saysThatThereIsSomethingToChoose()
{
    DeletionGroup shared = group({u"1"_s});
    shared.siblings = tags({u"latest"_s});
    QCOMPARE(DeletionText::explanation(plan({shared}), {}),
             u"Also pointing to these images: latest. Choose what shall go."_s);
}

void TestDeletionText::saysThatNothingIsSafeWhileSomethingIsUnread()
{
    DeletionPlan unsafe = plan({group({u"1"_s})});
    unsafe.incomplete = Error{Error::Kind::Network, u"No server answers."_s};
    QVERIFY(DeletionText::explanation(unsafe).endsWith("safely: No server answers."_L1));
}

void TestDeletionText::saysThatNothingIsLeft()
{
    QCOMPARE(DeletionText::explanation(plan({})), u"There is nothing left to delete."_s);
}

void TestDeletionText::saysWhatBecameOfATag_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("text");
    QTest::newRow("deleted") << State::Deleted << u"Deleted"_s;
    QTest::newRow("skipped") << State::Skipped << u"Skipped: why"_s;
    QTest::newRow("failed") << State::Failed << u"Failed: why"_s;
    QTest::newRow("unclear") << State::Unverified << u"Unclear: why"_s;
    QTest::newRow("not tried") << State::NotTried << u"Not tried"_s;
}

void TestDeletionText::saysWhatBecameOfATag()
{
    QFETCH(State, state);
    QFETCH(QString, text);
    const DeletionOutcome outcome{group({u"1"_s}), state, Error{Error::Kind::Changed, u"why"_s}};
    QCOMPARE(DeletionText::outcome(outcome, *Tag::parse(u"1")), text);
}

void TestDeletionText::countsOnlyWhatHappened()
{
    const RepositoryName repository = *RepositoryName::parse(u"app"_s);
    CleanupReport report{repository, {repository, {}, {}}};
    report.deletion.outcomes = {{group({u"1"_s, u"2"_s}), State::Deleted}};
    QCOMPARE(DeletionText::headline(report), u"2 tags deleted."_s);
    report.deletion.outcomes += {{group({u"3"_s}), State::Skipped},
                                 {group({u"4"_s}), State::Failed},
                                 {group({u"5"_s}), State::Unverified},
                                 {group({u"6"_s, u"7"_s, u"8"_s}), State::NotTried}};
    QCOMPARE(DeletionText::headline(report),
             u"2 tags deleted, 1 skipped because something changed, 2 failed, 3 not tried."_s);
}

void TestDeletionText::tellsApartWhatWasGoneAlready()
{
    const RepositoryName repository = *RepositoryName::parse(u"app"_s);
    const Tag gone = *Tag::parse(u"2");
    CleanupReport report{repository, {repository, {}, {}}};
    report.deletion.outcomes = {{group({u"1"_s, u"2"_s}), State::Deleted, {}, {}, {gone}}};
    report.untagged = {{*Tag::parse(u"3"), Digest::ofBytes("x"), UntagOutcome::State::AlreadyGone}};
    QCOMPARE(DeletionText::headline(report), u"1 tag deleted, 2 already gone."_s);
    QCOMPARE(DeletionText::goneTags(report), QStringList({u"1"_s, u"2"_s, u"3"_s}));
    QVERIFY(DeletionText::hasDeleted(report)); // The image.
    QCOMPARE(DeletionText::outcome(report.deletion.outcomes.first(), gone), u"Already gone"_s);
    QCOMPARE(DeletionText::outcome(report.untagged.first()), u"Already gone"_s);
    report.deletion.outcomes.clear();
    QVERIFY(!DeletionText::hasDeleted(report));
}

void TestDeletionText::countsTagsThatWentAlone()
{
    const RepositoryName repository = *RepositoryName::parse(u"app"_s);
    const Digest digest = Digest::ofBytes("x");
    CleanupReport report{repository, {repository, {}, {}}};
    report.deletion.outcomes = {{group({u"1"_s}), State::Deleted}};
    report.untagged = {{*Tag::parse(u"2"), digest, UntagOutcome::State::Removed},
                       {*Tag::parse(u"3"), digest, UntagOutcome::State::Failed},
                       {*Tag::parse(u"4"), digest, UntagOutcome::State::NotTried}};
    QCOMPARE(DeletionText::headline(report), u"2 tags deleted, 1 failed, 1 not tried."_s);
    QCOMPARE(DeletionText::goneTags(report), QStringList({u"1"_s, u"2"_s}));
    QCOMPARE(DeletionText::failedTags(report), QList<Tag>{*Tag::parse(u"3")});
    QCOMPARE(DeletionText::outcome(report.untagged.first()), u"Removed; its image stays"_s);
}

LONGSHORE_UI_TEST(TestDeletionText)
#include "tst_deletiontext.moc"
