// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/ruletext.h"
#include "support/testinventory.h"

#include <QTest>

using namespace Longshore;
using namespace TestInventory;
using namespace Qt::StringLiterals;

using Action = CleanupRule::Action;
using Order = NewestCondition::Order;
using Side = AgeCondition::Side;

class TestRuleText : public QObject
{
    Q_OBJECT

private slots:
    void putsEveryConditionIntoWords_data();
    void putsEveryConditionIntoWords();
    void putsARuleIntoWords();
    void showsNothingThatIsUnsafe();
};

Q_DECLARE_METATYPE(CleanupCondition)

void TestRuleText::putsEveryConditionIntoWords_data()
{
    QTest::addColumn<CleanupCondition>("condition");
    QTest::addColumn<QString>("words");
    const auto row = [](const CleanupCondition &condition, const char *words) {
        QTest::newRow(words) << condition << QString::fromLatin1(words);
    };
    row(NameCondition{globsOf(u"a*,b"_s)}, "matching a*, b");
    row(NewestCondition{3, Order::Version}, "among the newest 3 by version");
    row(NewestCondition{3, Order::Date, TagLine::MinorVersion},
        "among the newest 3 by date in the same minor version");
    row(NewestCondition{3, Order::Name, TagLine::Prefix},
        "among the newest 3 by name with the same prefix");
    row(AgeCondition{Side::Older, 90}, "older than 90 day(s)");
    row(AgeCondition{Side::Newer, 30}, "not older than 30 day(s)");
    row(PlatformCondition{u"linux/arm64"_s}, "for linux/arm64");
    row(LabelCondition{u"keep"_s}, "with the label keep");
    row(LabelCondition{u"keep"_s, TagPattern(u"y*"_s)}, "with the label keep=y*");
    row(SizeCondition{1024 * 1024}, "larger than 1.00 MiB");
    row(ReplacedCondition{TagLine::MajorVersion},
        "replaced by a newer one in the same major version");
    row(InUseCondition{u"pods.txt"_s}, "in use by the list pods.txt");
    row(EverythingElse(), "kept by no rule");
}

void TestRuleText::putsEveryConditionIntoWords()
{
    QFETCH(const CleanupCondition, condition);
    QFETCH(const QString, words);
    QCOMPARE(describe(condition), words);
}

void TestRuleText::putsARuleIntoWords()
{
    CleanupRule rule = deleteNamed(u"pr-*"_s);
    rule.conditions.append(AgeCondition{Side::Older, 14});
    QCOMPARE(describe(rule), u"Delete: matching pr-*, older than 14 day(s)"_s);
    QCOMPARE(describe(keepNewest(1)), u"Keep: among the newest 1 by date"_s);
    QCOMPARE(describe(protect(u"a"_s)), u"Protect: matching a"_s);
}

void TestRuleText::showsNothingThatIsUnsafe()
{
    QCOMPARE(describe(LabelCondition{u"a\u202eb"_s}), u"with the label a\\u{202E}b"_s);
}

QTEST_GUILESS_MAIN(TestRuleText)
#include "tst_ruletext.moc"
