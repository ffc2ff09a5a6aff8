// SPDX-License-Identifier: Apache-2.0
#include "support/testinventory.h"
#include "ui/presenters/cleanupdeciding.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace TestInventory;

class TestCleanupDeciding : public QObject
{
    Q_OBJECT

private slots:
    void decidesAboutEveryRepository();
    void letsAPersonDecide();
    void showsAChoiceThatSomethingHoldsBack();
    void readsTheListsOfImagesInUse();
    void deletesNothingWithoutAListThatIsAskedFor_data();
    void deletesNothingWithoutAListThatIsAskedFor();
    void letsOnlyGoWhatIsTriedAgain();
    void saysWhatBecameOfEachTag();
    void takesASignatureAsFailedWithItsImage();

private:
    [[nodiscard]] static CleanupInput input(const QString &tags, const QList<CleanupRule> &rules);
    [[nodiscard]] static QString decisionsOf(const CleanupPlan &plan);
    [[nodiscard]] static CleanupRule protectInUse(const QString &file);
};

CleanupInput TestCleanupDeciding::input(const QString &tags, const QList<CleanupRule> &rules)
{
    CleanupInput result;
    result.inventories = {inventory(tags)};
    result.rules.rules = rules;
    result.now = now();
    return result;
}

/// "team/app:old=Delete", a word for each row.
QString TestCleanupDeciding::decisionsOf(const CleanupPlan &plan)
{
    QStringList words;
    for (const CleanupRow &row : plan.rows)
        words.append(QString(row.repository + u':' + row.tag + u'='
                             + CleanupTableModel::nameOf(row.decision)));
    return words.join(u' ');
}

CleanupRule TestCleanupDeciding::protectInUse(const QString &file)
{
    return {CleanupRule::Action::Protect, {InUseCondition{file}}};
}

void TestCleanupDeciding::decidesAboutEveryRepository()
{
    CleanupInput both = input(u"new:a:5 old:b:200 also:b:200"_s, {deleteOlder(90)});
    RepositoryInventory other = inventory(u"old:c:300"_s);
    other.snapshot.repository = *RepositoryName::parse(u"team/other");
    both.inventories.append(other);
    const CleanupPlan plan = decideAll(both);
    QCOMPARE(decisionsOf(plan), u"team/app:new=Left alone team/app:old=Delete team/app:also=Delete "
                                "team/other:old=Blocked"_s);
    QCOMPARE(plan.ruleCounts, QList<qsizetype>{3});
    QCOMPARE(plan.rows.at(1).siblings, QStringList({u"old"_s, u"also"_s}));
    QCOMPARE(plan.rows.at(1).size, qint64(100));
    QVERIFY(plan.repositories.last().decisions.wouldBeEmpty);

    both.choices[other.snapshot.repository].mayEmpty = true;
    QVERIFY(decisionsOf(decideAll(both)).endsWith("team/other:old=Delete"_L1));
}

void TestCleanupDeciding::letsAPersonDecide()
{
    CleanupInput some = input(u"a:a:5 b:b:200 c:c:5"_s, {deleteOlder(90)});
    auto &choices = some.choices[*RepositoryName::parse(u"team/app")];
    choices.overrides = {{tag(u"a"_s), CleanupChoices::Override::Delete},
                         {tag(u"b"_s), CleanupChoices::Override::Keep}};
    const CleanupPlan plan = decideAll(some);
    QCOMPARE(decisionsOf(plan), u"team/app:a=Delete team/app:b=Keep team/app:c=Left alone"_s);
    QCOMPARE(plan.rows.at(0).choice, CleanupRow::Choice::Delete);
    QCOMPARE(plan.rows.at(1).choice, CleanupRow::Choice::Keep);
    QCOMPARE(plan.rows.at(2).choice, CleanupRow::Choice::ByRules);
}

/// What a person chose is what the column shows, whatever became of it.
void TestCleanupDeciding::showsAChoiceThatSomethingHoldsBack()
{
    CleanupInput some = input(u"a:a:5 b:a:5"_s, {deleteOlder(90)});
    some.choices[*RepositoryName::parse(u"team/app")].overrides = {
        {tag(u"a"_s), CleanupChoices::Override::Delete}};
    const CleanupPlan plan = decideAll(some);
    QCOMPARE(plan.rows.at(0).decision, CleanupRow::Decision::Keep); // Its image has another tag.
    QCOMPARE(plan.rows.at(0).choice, CleanupRow::Choice::Delete);
}

void TestCleanupDeciding::readsTheListsOfImagesInUse()
{
    const QTemporaryDir folder;
    QFile list(folder.filePath(u"cluster.txt"_s));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write("registry.example/team/app:b\n");
    list.close();
    const CleanupPlan plan =
        decideAll(input(u"a:a:5 b:b:5 c:c:5"_s, {protectInUse(list.fileName()), deleteTheRest()}));
    QCOMPARE(decisionsOf(plan), u"team/app:a=Delete team/app:b=Protected team/app:c=Delete"_s);
    QVERIFY(!plan.inUseError);
}

void TestCleanupDeciding::deletesNothingWithoutAListThatIsAskedFor_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no file") << QByteArray();
    QTest::newRow("no list") << QByteArray("registry.example/team/app:b: what is this\n");
    QTest::newRow("too large") << QByteArray(17 * 1024 * 1024, '#');
}

void TestCleanupDeciding::deletesNothingWithoutAListThatIsAskedFor()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"cluster.txt"_s);
    if (!content.isEmpty()) {
        QFile list(path);
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.write(content);
    }
    CleanupInput some = input(u"a:a:5 b:b:5"_s, {protectInUse(path), deleteTheRest()});
    const CleanupPlan plan = decideAll(some);
    QVERIFY(plan.inUseError);
    some.rules.rules[0].isEnabled = false; // Nobody asks for it.
    QVERIFY(!decideAll(some).inUseError);
}

void TestCleanupDeciding::letsOnlyGoWhatIsTriedAgain()
{
    CleanupInput some = input(u"a:a:200 b:b:200 c:c:5 d:d:200"_s, {deleteOlder(90)});
    const RepositoryName name = *RepositoryName::parse(u"team/app");
    const QHash<Tag, Digest> tried{{tag(u"b"_s), digest('b')}, {tag(u"c"_s), digest('c')}};
    some.only = TagsByRepository{{name, tried}};
    const CleanupPlan plan = decideAll(some);
    QCOMPARE(decisionsOf(plan), u"team/app:a=Keep team/app:b=Delete "
                                "team/app:c=Left alone team/app:d=Keep"_s);
    QCOMPARE(plan.rows.at(0).choice, CleanupRow::Choice::ByRules); // It is not kept by hand.
    QCOMPARE(plan.rows.at(0).reason, u"not part of this try"_s);
    some.choices[name].overrides = {{tag(u"d"_s), CleanupChoices::Override::Delete}};
    QVERIFY(decisionsOf(decideAll(some)).endsWith("team/app:d=Delete"_L1));
    some.only = TagsByRepository{};
    QVERIFY(decisionsOf(decideAll(some)).contains("team/app:b=Keep"_L1));
}

void TestCleanupDeciding::saysWhatBecameOfEachTag()
{
    CleanupPlan plan = decideAll(input(u"a:a:5 b:b:200 c:c:200"_s, {deleteOlder(90)}));
    const RepositoryName name = plan.repositories.first().decisions.repository;
    CleanupReport report{name, {name, {}, {}}};
    const auto outcome = [&plan](qsizetype row, DeletionOutcome::State state) {
        const TagDecision &tag = plan.repositories.first().decisions.tags.at(row);
        DeletionOutcome result{{tag.manifest, {tag.tag}, {}, {}}, state};
        if (state == DeletionOutcome::State::Failed)
            result.error = Error{Error::Kind::Network, u"it broke down"_s, u"<b>oops</b>"_s, 500,
                                 u"UNKNOWN"_s};
        return result;
    };
    report.deletion.outcomes = {outcome(1, DeletionOutcome::State::Deleted),
                                outcome(2, DeletionOutcome::State::Failed)};
    plan.repositories.first().report = report;
    const QList<CleanupRow> rows = rowsOf(plan.repositories);
    QCOMPARE(rows.at(0).outcome, QString());
    QCOMPARE(rows.at(1).outcome, u"Deleted"_s);
    QVERIFY(!rows.at(1).hasFailed);
    QCOMPARE(rows.at(2).outcome, u"Failed"_s);
    QVERIFY(rows.at(2).hasFailed);
    QCOMPARE(rows.at(2).reason, u"it broke down"_s);
    QCOMPARE(rows.at(2).httpStatus, 500);
    QCOMPARE(rows.at(2).serverWords, u"UNKNOWN \u00b7 <b>oops</b>"_s);
    const QHash<Tag, Digest> failed{{tag(u"c"_s), digest('c')}};
    QCOMPARE(failedTags(plan.repositories), (TagsByRepository{{name, failed}}));
}

/// It stays as long as its image does, though nothing has failed about it.
void TestCleanupDeciding::takesASignatureAsFailedWithItsImage()
{
    const QString signature = u"sha256-"_s + digest('a').encoded() + u".sig"_s;
    CleanupPlan plan =
        decideAll(input(u"%1:s:5 a:a:200 b:b:200 c:c:5"_s.arg(signature), {deleteOlder(90)}));
    RepositoryCleanup &cleanup = plan.repositories.first();
    const RepositoryName name = cleanup.decisions.repository;
    const QList<DeletionOutcome::State> states{DeletionOutcome::State::Skipped,
                                               DeletionOutcome::State::Failed,
                                               DeletionOutcome::State::Skipped};
    CleanupReport report{name, {name, {}, {}}};
    for (qsizetype i = 0; i < states.size(); ++i) {
        const TagDecision &decision = cleanup.decisions.tags.at(i);
        report.deletion.outcomes.append(
            DeletionOutcome{{decision.manifest, {decision.tag}, {}, {}}, states.at(i)});
    }
    cleanup.report = report;
    const QHash<Tag, Digest> failed{{tag(u"a"_s), digest('a')}, {tag(signature), digest('s')}};
    QCOMPARE(failedTags(plan.repositories), (TagsByRepository{{name, failed}}));
}

QTEST_GUILESS_MAIN(TestCleanupDeciding)
#include "tst_cleanupdeciding.moc"
