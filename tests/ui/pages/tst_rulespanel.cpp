// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/cleanuppresets.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/pages/ruleeditor.h"
#include "ui/pages/rulespanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Longshore::CleanupRules)

class TestRulesPanel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void givesBackTheRulesThatItWasGiven_data();
    void givesBackTheRulesThatItWasGiven();
    void readsWhatSomebodyTypes();
    void addsAndRemovesRules();
    void addsAndRemovesConditions();
    void takesAPreset();
    void saysWhatIsWrongWhereItIsWrong();
    void saysHowManyTagsARuleMeans();
    void folds();
    void canBeUsedByEverybody();

private:
    [[nodiscard]] QList<RuleEditor *> editors() const;
    void trigger(const QString &menuButton, const QString &text) const;

    std::unique_ptr<RulesPanel> m_panel;
};

void TestRulesPanel::init()
{
    m_panel = std::make_unique<RulesPanel>();
    m_panel->resize(900, 500);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
}

QList<RuleEditor *> TestRulesPanel::editors() const
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return m_panel->findChildren<RuleEditor *>();
}

void TestRulesPanel::trigger(const QString &menuButton, const QString &text) const
{
    const QMenu *menu = child<QToolButton>(*m_panel, menuButton).menu();
    for (QAction *action : menu->actions()) {
        if (action->text() == text)
            return action->trigger();
    }
    qFatal("the menu has no \"%s\"", qPrintable(text));
}

void TestRulesPanel::givesBackTheRulesThatItWasGiven_data()
{
    using Action = CleanupRule::Action;
    QTest::addColumn<CleanupRules>("rules");
    for (const CleanupPreset preset : cleanupPresets())
        QTest::newRow(qPrintable(rulesOf(preset).name)) << rulesOf(preset);
    const QList<CleanupCondition> conditions{
        NameCondition{globsOf(u"a*, b?"_s)},
        NameCondition{{TagPattern(u"^v[0-9]+$"_s, TagPattern::Syntax::RegularExpression)}},
        NewestCondition{3, NewestCondition::Order::Version, TagLine::MinorVersion},
        AgeCondition{AgeCondition::Side::Newer, 7},
        PlatformCondition{u"linux/arm64"_s},
        LabelCondition{u"keep"_s},
        LabelCondition{u"stage"_s, TagPattern(u"te?t"_s, TagPattern::Syntax::Glob)},
        SizeCondition{3'000'000'001},
        SizeCondition{1LL << 53},
        NameCondition{{TagPattern(u"^v"_s, TagPattern::Syntax::RegularExpression),
                       TagPattern(u"stable*"_s, TagPattern::Syntax::Glob)}},
        LabelCondition{u"stage"_s, TagPattern({}, TagPattern::Syntax::Glob)},
        ReplacedCondition{TagLine::Prefix},
        InUseCondition{u"/tmp/cluster.txt"_s},
        EverythingElse{}};
    for (qsizetype i = 0; i < conditions.size(); ++i)
        QTest::addRow("condition %d", int(i))
            << CleanupRules{u"one"_s, {{Action::Delete, {conditions.at(i)}, i % 2 == 0}}};
    QTest::newRow("everything else about them") << CleanupRules{
        u"x"_s,
        {{Action::Protect, {conditions.at(0), conditions.at(3)}}, {Action::Keep, {}}},
        {UndatedPolicy::Kind::FromName, u"yyyyMMdd"_s},
        SiblingPolicy::DeleteAll,
        false,
        false};
}

void TestRulesPanel::givesBackTheRulesThatItWasGiven()
{
    QFETCH(CleanupRules, rules);
    QSignalSpy changed(m_panel.get(), &RulesPanel::changed);
    m_panel->setRules(rulesOf(CleanupPreset::Nightlies));
    m_panel->setRules(rules);
    QCOMPARE(m_panel->rules(), rules);
    QCOMPARE(changed.size(), qsizetype(0));
}

void TestRulesPanel::readsWhatSomebodyTypes()
{
    m_panel->setRules({{},
                       {{CleanupRule::Action::Keep, {NewestCondition{10}}},
                        {CleanupRule::Action::Delete, {NameCondition{}}}}});
    QSignalSpy changed(m_panel.get(), &RulesPanel::changed);
    child<QSpinBox>(*editors().first(), u"count"_s).setValue(3);
    fillIn(*editors().last(), u"patterns"_s, u"pr-*"_s);
    QVERIFY(changed.size() > 1);
    QTest::keyClick(&child<QCheckBox>(*editors().first(), u"ruleEnabled"_s), Qt::Key_Space);
    const CleanupRules rules = m_panel->rules();
    QCOMPARE(rules.rules.first(),
             (CleanupRule{CleanupRule::Action::Keep, {NewestCondition{3}}, false}));
    QCOMPARE(rules.rules.last().conditions.first(),
             CleanupCondition(NameCondition{globsOf(u"pr-*"_s)}));
    child<QComboBox>(*m_panel, u"undated"_s).setCurrentIndex(2);
    QVERIFY(child<QLineEdit>(*m_panel, u"namePattern"_s).isVisible());
    fillIn(*m_panel, u"namePattern"_s, u"yyyy"_s);
    QCOMPARE(m_panel->rules().undated, (UndatedPolicy{UndatedPolicy::Kind::FromName, u"yyyy"_s}));
}

void TestRulesPanel::addsAndRemovesRules()
{
    QSignalSpy changed(m_panel.get(), &RulesPanel::changed);
    trigger(u"addRule"_s, u"By &Age"_s);
    trigger(u"addRule"_s, u"The Ne&west"_s);
    QCOMPARE(editors().size(), qsizetype(2));
    QCOMPARE(m_panel->rules().rules.first().action, CleanupRule::Action::Delete);
    QCOMPARE(m_panel->rules().rules.last().action, CleanupRule::Action::Keep); // What people mean.
    press(*editors().first(), u"removeRule"_s);
    QCOMPARE(m_panel->rules().rules,
             (QList<CleanupRule>{{CleanupRule::Action::Keep, {NewestCondition{10}}}}));
    QCOMPARE(changed.size(), qsizetype(3));
}

void TestRulesPanel::addsAndRemovesConditions()
{
    m_panel->setRules({{}, {{CleanupRule::Action::Delete, {}}}}); // As a file may have it.
    QVERIFY(!child<QToolButton>(*editors().first(), u"addCondition"_s)
                 .menu()
                 ->actions()
                 .last()
                 ->isEnabled());
    m_panel->setRules({{}, {{CleanupRule::Action::Delete, {AgeCondition{}}}}});
    const auto actions =
        child<QToolButton>(*editors().first(), u"addCondition"_s).menu()->actions();
    QAction *last = actions.last();
    QVERIFY(!last->isEnabled()); // A rule without a condition means nothing.
    actions.first()->trigger();
    QCOMPARE(m_panel->rules().rules.first().conditions,
             (QList<CleanupCondition>{AgeCondition{}, NameCondition{}}));
    QVERIFY(last->isEnabled());
    last->trigger();
    QCOMPARE(m_panel->rules().rules.first().conditions, QList<CleanupCondition>{AgeCondition{}});
}

void TestRulesPanel::takesAPreset()
{
    QSignalSpy changed(m_panel.get(), &RulesPanel::changed);
    trigger(u"presets"_s, rulesOf(CleanupPreset::OldReleases).name);
    QCOMPARE(m_panel->rules(), rulesOf(CleanupPreset::OldReleases));
    QCOMPARE(changed.size(), qsizetype(1));
}

void TestRulesPanel::saysWhatIsWrongWhereItIsWrong()
{
    const TagPattern broken(u"v(1"_s, TagPattern::Syntax::RegularExpression);
    m_panel->setRules({{},
                       {{CleanupRule::Action::Keep, {NewestCondition{1}}},
                        {CleanupRule::Action::Delete, {AgeCondition{}, NameCondition{{broken}}}}},
                       {UndatedPolicy::Kind::FromName, {}}});
    m_panel->showFaults(faultsOf(m_panel->rules()));
    const auto faults = editors().last()->findChildren<QLabel *>(u"conditionFault"_s);
    QVERIFY(faults.first()->isHidden());
    QVERIFY(!faults.last()->isHidden());
    QVERIFY(!faults.last()->text().isEmpty());
    QVERIFY(child<QLabel>(*editors().first(), u"conditionFault"_s).isHidden());
    QVERIFY(!child<QLabel>(*m_panel, u"rulesFault"_s).isHidden()); // Of the dates in names.
    fillIn(*editors().last(), u"patterns"_s, u"v1"_s);
    m_panel->showFaults(faultsOf(m_panel->rules()));
    QVERIFY(faults.last()->isHidden());
}

void TestRulesPanel::saysHowManyTagsARuleMeans()
{
    m_panel->setRules({{},
                       {{CleanupRule::Action::Keep, {NewestCondition{1}}},
                        {CleanupRule::Action::Delete, {AgeCondition{}}, false}}});
    m_panel->showCounts({1, 0});
    QCOMPARE(child<QLabel>(*editors().first(), u"ruleCount"_s).text(), u"1 tag"_s);
    QCOMPARE(child<QLabel>(*editors().last(), u"ruleCount"_s).text(), u"off"_s);
}

void TestRulesPanel::folds()
{
    auto &fold = child<QToolButton>(*m_panel, u"foldRules"_s);
    const auto &undated = child<QComboBox>(*m_panel, u"undated"_s);
    QVERIFY(undated.isVisible());
    QTest::keyClick(&fold, Qt::Key_Space);
    QVERIFY(!undated.isVisible());
    trigger(u"presets"_s, rulesOf(CleanupPreset::Nightlies).name); // Somebody wants to see them.
    QVERIFY(undated.isVisible());
}

void TestRulesPanel::canBeUsedByEverybody()
{
    m_panel->setRules(rulesOf(CleanupPreset::Nightlies));
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_panel);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

LONGSHORE_UI_TEST(TestRulesPanel)
#include "tst_rulespanel.moc"
