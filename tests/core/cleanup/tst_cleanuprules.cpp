// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/cleanuppresets.h"
#include "support/testinventory.h"

#include <QTest>

using namespace Longshore;
using namespace TestInventory;
using namespace Qt::StringLiterals;

using Action = CleanupRule::Action;

class TestCleanupRules : public QObject
{
    Q_OBJECT

private slots:
    void findsTheFaultOfARule_data();
    void findsTheFaultOfARule();
    void pointsAtTheCharacterInAList();
    void looksOnlyAtRulesThatAreEnabled();
    void findsAPatternThatFindsNoDate();
    void presetsHaveNoFault();
    void presetsProtectWhatIsUsuallyMeantToStay();
    void presetsDoWhatTheirNamesSay();
};

Q_DECLARE_METATYPE(CleanupRule)

void TestCleanupRules::findsTheFaultOfARule_data()
{
    QTest::addColumn<CleanupRule>("rule");
    QTest::newRow("no condition") << CleanupRule{Action::Delete, {}};
    QTest::newRow("DEL-38 no pattern") << deleteNamed(u" "_s);
    QTest::newRow("DEL-38 empty pattern")
        << CleanupRule{Action::Delete, {NameCondition{{TagPattern(QString())}}}};
    QTest::newRow("newest of none") << keepNewest(0);
    QTest::newRow("deletes the newest") << CleanupRule{Action::Delete, {NewestCondition{1}}};
    QTest::newRow("keeps everything else") << CleanupRule{Action::Keep, {EverythingElse()}};
    QTest::newRow("age") << deleteOlder(-1);
    QTest::newRow("platform") << CleanupRule{Action::Keep, {PlatformCondition{u"linux"_s}}};
    QTest::newRow("label") << CleanupRule{Action::Keep, {LabelCondition{QString()}}};
    QTest::newRow("value") << CleanupRule{Action::Keep,
                                          {LabelCondition{u"a"_s, TagPattern(u"[x"_s)}}};
    QTest::newRow("size") << CleanupRule{Action::Delete, {SizeCondition{-1}}};
    QTest::newRow("line") << CleanupRule{Action::Delete, {ReplacedCondition{TagLine::Repository}}};
    QTest::newRow("file") << CleanupRule{Action::Protect, {InUseCondition{QString()}}};
}

void TestCleanupRules::findsTheFaultOfARule()
{
    QFETCH(const CleanupRule, rule);
    const auto faults = faultsOf({{}, {deleteOlder(3), rule}});
    QCOMPARE(faults.size(), qsizetype(1));
    QCOMPARE(faults.first().rule, qsizetype(1));
    QCOMPARE(faults.first().condition, qsizetype(rule.conditions.isEmpty() ? -1 : 0));
    QVERIFY(!faults.first().fault.message.isEmpty());
}

void TestCleanupRules::pointsAtTheCharacterInAList()
{
    const CleanupRules rules{{}, {protect(u"latest, v[1-"_s)}};
    const auto faults = faultsOf(rules);
    QCOMPARE(faults.size(), qsizetype(1));
    QCOMPARE(faults.first().fault.position, qsizetype(9));
}

void TestCleanupRules::looksOnlyAtRulesThatAreEnabled()
{
    CleanupRule wrong = deleteOlder(-1);
    wrong.isEnabled = false;
    QVERIFY(faultsOf({{}, {wrong}}).isEmpty());
}

void TestCleanupRules::findsAPatternThatFindsNoDate()
{
    CleanupRules rules;
    rules.undated = {UndatedPolicy::Kind::FromName, u"yyyy"_s};
    QCOMPARE(faultsOf(rules).size(), qsizetype(1));
    rules.undated.kind = UndatedPolicy::Kind::TreatAsOld;
    QVERIFY(faultsOf(rules).isEmpty());
}

void TestCleanupRules::presetsHaveNoFault()
{
    for (const CleanupPreset preset : cleanupPresets()) {
        QVERIFY(faultsOf(rulesOf(preset)).isEmpty());
        QVERIFY(!rulesOf(preset).name.isEmpty());
    }
}

void TestCleanupRules::presetsProtectWhatIsUsuallyMeantToStay()
{
    // DEL-39
    const auto all = inventory(u"latest:a:900 stable:b:900 main:c:900 master:d:900 prod-eu:e:900"
                               " production:f:900 release-7:g:900"_s);
    for (const CleanupPreset preset : cleanupPresets()) {
        const auto decisions = decideCleanup(all, rulesOf(preset), {now()});
        QCOMPARE(decisions.count(TagDecision::Kind::Protected), all.snapshot.tags.size());
    }
}

void TestCleanupRules::presetsDoWhatTheirNamesSay()
{
    const auto decided = [](CleanupPreset preset, const QString &tags) {
        return decisionsOf(decideCleanup(inventory(tags), rulesOf(preset), {now()}));
    };
    QCOMPARE(decided(CleanupPreset::PullRequestImages, u"pr-1:a:20 pr-2:b:3 1.0:c:900"_s),
             u"pr-1=delete pr-2=left 1.0=left"_s);
    QString nightlies;
    for (int i = 0; i < 9; ++i)
        nightlies += u"nightly-%1:n%1:%2 "_s.arg(i).arg(40 + i);
    const QString kept = decided(CleanupPreset::Nightlies, nightlies + u"1.0:x:900"_s);
    QVERIFY2(kept.contains(u"nightly-6=keep nightly-7=delete nightly-8=delete 1.0=left"_s),
             qPrintable(kept));
    QCOMPARE(decided(CleanupPreset::OldReleases,
                     u"1.4.1:a:900 1.4.2:b:800 1.4.3:c:700 1.4.4:d:600 1.5.0:e:900 odd:f:900"_s),
             u"1.4.1=delete 1.4.2=keep 1.4.3=keep 1.4.4=keep 1.5.0=keep odd=keep"_s);
    QString many;
    for (int i = 0; i < 12; ++i)
        many += u"b%1:n%1:%1 "_s.arg(i);
    const QString newest = decided(CleanupPreset::EverythingButNewest, many);
    QVERIFY2(newest.endsWith(u"b9=keep b10=delete b11=delete"_s), qPrintable(newest));
}

QTEST_GUILESS_MAIN(TestCleanupRules)
#include "tst_cleanuprules.moc"
