// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/cleanuppresets.h"
#include "core/cleanup/cleanuprulesjson.h"

#include <QJsonDocument>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Action = CleanupRule::Action;

class TestCleanupRulesJson : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatItHasWritten();
    void readsPresets();
    void takesWhatIsMissingAsUsual();
    void refusesWhatItDoesNotUnderstand_data();
    void refusesWhatItDoesNotUnderstand();
};

static CleanupRules everything()
{
    using Syntax = TagPattern::Syntax;
    CleanupRules rules{
        u"Every kind"_s,
        {{Action::Protect,
          {NameCondition{
              {TagPattern(u"latest"_s), TagPattern(u"v\\d"_s, Syntax::RegularExpression)}}}},
         {Action::Protect, {InUseCondition{u"/home/in use.txt"_s}}},
         {Action::Keep,
          {NewestCondition{7, NewestCondition::Order::Version, TagLine::MinorVersion},
           AgeCondition{AgeCondition::Side::Newer, 30}}},
         {Action::Keep, {PlatformCondition{u"linux/arm64"_s}}, false},
         {Action::Keep, {LabelCondition{u"keep"_s}}},
         {Action::Keep, {LabelCondition{u"keep"_s, TagPattern(u"y*"_s)}}},
         {Action::Delete, {AgeCondition{AgeCondition::Side::Older, 90}}},
         {Action::Delete, {SizeCondition{5'000'000'000}}},
         {Action::Delete, {ReplacedCondition{TagLine::Prefix}}},
         {Action::Delete, {EverythingElse()}}}};
    rules.undated = {UndatedPolicy::Kind::FromName, u"yyyyMMdd"_s};
    rules.siblings = SiblingPolicy::Untag;
    rules.removesChildren = false;
    rules.removesAttached = false;
    return rules;
}

void TestCleanupRulesJson::readsWhatItHasWritten()
{
    const auto rules = parseCleanupRules(QJsonDocument(toJson(everything())).toJson());
    QVERIFY2(rules, rules ? "" : qPrintable(rules.error().message));
    QCOMPARE(*rules, everything());
}

void TestCleanupRulesJson::readsPresets()
{
    for (const CleanupPreset preset : cleanupPresets()) {
        const auto rules = parseCleanupRules(QJsonDocument(toJson(rulesOf(preset))).toJson());
        QVERIFY2(rules, rules ? "" : qPrintable(rules.error().message));
        QCOMPARE(*rules, rulesOf(preset));
    }
}

void TestCleanupRulesJson::takesWhatIsMissingAsUsual()
{
    const auto rules = parseCleanupRules(
        R"({"cleanupRules":1,"rules":[{"action":"keep","when":[{"newest":3}]}]})");
    QVERIFY2(rules, rules ? "" : qPrintable(rules.error().message));
    QCOMPARE(*rules, (CleanupRules{{}, {{Action::Keep, {NewestCondition{3}}}}}));
}

void TestCleanupRulesJson::refusesWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto rule = [](const QByteArray &text) -> QByteArray {
        return R"({"cleanupRules":1,"rules":[)" + text + "]}";
    };
    const auto condition = [rule](const QByteArray &text) -> QByteArray {
        return rule(R"({"action":"delete","when":[)" + text + "]}");
    };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("rules");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("something else") << QByteArray(R"({"rules":[]})");
    QTest::newRow("of tomorrow") << QByteArray(R"({"cleanupRules":2,"rules":[]})");
    QTest::newRow("no rules") << QByteArray(R"({"cleanupRules":1})");
    QTest::newRow("a further member") << QByteArray(R"({"cleanupRules":1,"rules":[],"rule":[]})");
    QTest::newRow("a member twice")
        << QByteArray(R"({"cleanupRules":1,"rules":[],"rules":[{"action":"keep","when":[]}]})");
    QTest::newRow("a rule that is none") << rule("7");
    QTest::newRow("no action") << rule(R"({"when":[{"newest":1}]})");
    QTest::newRow("another action") << rule(R"({"action":"Protect","when":[{"newest":1}]})");
    QTest::newRow("no conditions") << rule(R"({"action":"keep"})");
    QTest::newRow("enabled perhaps")
        << rule(R"({"action":"keep","when":[{"newest":1}],"enabled":"no"})");
    QTest::newRow("no condition") << condition("{}");
    QTest::newRow("an unknown condition") << condition(R"({"olderThanMonths":3})");
    QTest::newRow("two conditions in one") << condition(R"({"olderThanDays":3,"tags":["a"]})");
    QTest::newRow("days as a text") << condition(R"({"olderThanDays":"90"})");
    QTest::newRow("a fraction") << condition(R"({"olderThanDays":0.5})");
    QTest::newRow("negative days") << condition(R"({"olderThanDays":-1})");
    QTest::newRow("days without end") << condition(R"({"olderThanDays":99999999999999999999})");
    QTest::newRow("a tag that is no text") << condition(R"({"tags":[7]})");
    QTest::newRow("tags as a text") << condition(R"({"tags":"a"})");
    QTest::newRow("everything, or not") << condition(R"({"everythingElse":false})");
    QTest::newRow("an unknown line") << condition(R"({"replacedWithin":"patch"})");
    QTest::newRow("no pattern for the date")
        << QByteArray(R"({"cleanupRules":1,"rules":[],"undated":"from-name"})");
    QTest::newRow("a pattern without need")
        << QByteArray(R"({"cleanupRules":1,"rules":[],"dateInName":"yyyyMMdd"})");
    QTest::newRow("deep") << rule(QByteArray(100, '[') + QByteArray(100, ']'));
    QTest::newRow("many rules") << rule(QByteArray("0,").repeated(2000) + '0');
}

void TestCleanupRulesJson::refusesWhatItDoesNotUnderstand()
{
    QFETCH(const QByteArray, text);
    const auto rules = parseCleanupRules(text);
    QVERIFY(!rules);
    QCOMPARE(rules.error().kind, Error::Kind::InvalidInput);
    QVERIFY(!rules.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(TestCleanupRulesJson)
#include "tst_cleanuprulesjson.moc"
