// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/rulematcher.h"
#include "support/testinventory.h"

#include <QTest>

using namespace Longshore;
using namespace TestInventory;
using namespace Qt::StringLiterals;

using Action = CleanupRule::Action;
using Order = NewestCondition::Order;
using Side = AgeCondition::Side;

class TestRuleMatcher : public QObject
{
    Q_OBJECT

private slots:
    void measuresAgesToTheSecond();
    void countsAgesInUtc();
    void believesNoDateThatCannotBe_data();
    void believesNoDateThatCannotBe();
    void takesTheDateFromTheName();
    void countsTheNewestByDate();
    void countsTheNewestByVersionAndName();
    void countsTheNewestOfEachLine();
    void countsTagsOfOneImageOnce();
    void countsOnlyWhatMeetsTheOtherConditions();
    void countsNothingThatHasNoDate();
    void findsWhatWasReplaced();
    void looksAtPlatformLabelAndSize();
    void knowsNothingOfWhatWasNotRead();
    void findsWhatIsInUse();
    void saysNothingByAnExpressionThatTakesTooLong();
    void saysNothingByARuleThatIsWrong();

private:
    /// "1.0=y latest=n odd=?"
    [[nodiscard]] static QString answers(const RepositoryInventory &repository,
                                         const QList<CleanupCondition> &conditions,
                                         const UndatedPolicy &undated = {});
    [[nodiscard]] static RuleColumn column(const RepositoryInventory &repository,
                                           const CleanupRule &rule, const UndatedPolicy &undated);
};

RuleColumn TestRuleMatcher::column(const RepositoryInventory &repository, const CleanupRule &rule,
                                   const UndatedPolicy &undated)
{
    QList<RuleCandidate> candidates;
    QList<Digest> images;
    for (const auto &[name, manifest] : repository.snapshot.tags) {
        const auto details = repository.details.constFind(manifest.digest);
        const ManifestDetails *known =
            details == repository.details.constEnd() ? nullptr : &*details;
        if (!images.contains(manifest.digest) && images.size() < 100)
            images.append(manifest.digest);
        candidates.append({name, manifest, known, usableDate(known, name, undated, now()),
                           static_cast<int>(images.indexOf(manifest.digest))});
    }
    return RuleMatcher(repository, candidates, undated, now()).evaluate(rule);
}

QString TestRuleMatcher::answers(const RepositoryInventory &repository,
                                 const QList<CleanupCondition> &conditions,
                                 const UndatedPolicy &undated)
{
    const RuleColumn found = column(repository, {Action::Keep, conditions}, undated);
    QStringList words;
    for (qsizetype i = 0; i < found.matches.size(); ++i) {
        const RuleMatch match = found.matches.at(i);
        const QString word = match == RuleMatch::Yes  ? u"y"_s
                             : match == RuleMatch::No ? u"n"_s
                                                      : u"?"_s;
        words.append(repository.snapshot.tags.at(i).first.toString() + u'=' + word);
    }
    return words.join(u' ');
}

void TestRuleMatcher::measuresAgesToTheSecond()
{
    // DEL-36: one that is exactly as old is kept.
    RepositoryInventory repository = inventory(u"exact:a:60 older:b:61 newer:c:59"_s);
    repository.details[digest('b')].created = now().addDays(-60).addSecs(-1);
    QCOMPARE(answers(repository, {AgeCondition{Side::Older, 60}}), u"exact=n older=y newer=n"_s);
    QCOMPARE(answers(repository, {AgeCondition{Side::Newer, 60}}), u"exact=y older=n newer=y"_s);
}

void TestRuleMatcher::countsAgesInUtc()
{
    // DEL-36: the same moment in three zones.
    RepositoryInventory repository = inventory(u"utc:a:1 east:b:1 west:c:1"_s);
    const QDateTime limit = now().addDays(-60);
    repository.details[digest('a')].created = limit.addSecs(-1);
    repository.details[digest('b')].created = limit.addSecs(-1).toOffsetFromUtc(9 * 3600);
    repository.details[digest('c')].created = limit.toOffsetFromUtc(-8 * 3600);
    QCOMPARE(answers(repository, {AgeCondition{Side::Older, 60}}), u"utc=y east=y west=n"_s);
}

void TestRuleMatcher::believesNoDateThatCannotBe_data()
{
    QTest::addColumn<QDateTime>("date");
    QTest::newRow("DEL-36 missing") << QDateTime();
    QTest::newRow("DEL-36 zero") << QDateTime(QDate(1, 1, 1), QTime(0, 0), Qt::UTC);
    QTest::newRow("1970") << QDateTime(QDate(1970, 1, 1), QTime(0, 0), Qt::UTC);
    QTest::newRow("2009") << QDateTime(QDate(2009, 12, 31), QTime(23, 59), Qt::UTC);
    QTest::newRow("DEL-36 future") << now().addDays(2);
}

void TestRuleMatcher::believesNoDateThatCannotBe()
{
    QFETCH(const QDateTime, date);
    RepositoryInventory repository = inventory(u"odd:a:100"_s);
    repository.details[digest('a')].created = date;
    QCOMPARE(answers(repository, {AgeCondition{Side::Older, 60}}), u"odd=?"_s);
    QCOMPARE(answers(repository, {AgeCondition{Side::Newer, 60}}), u"odd=?"_s);
    const UndatedPolicy old{UndatedPolicy::Kind::TreatAsOld};
    QCOMPARE(answers(repository, {AgeCondition{Side::Older, 60}}, old), u"odd=y"_s);
    QCOMPARE(answers(repository, {AgeCondition{Side::Newer, 60}}, old), u"odd=n"_s);
}

void TestRuleMatcher::takesTheDateFromTheName()
{
    const auto repository =
        inventory(u"n-20250101:a:? n-20260228:b:? n-29990101:c:? latest:d:? n-20200101:e:3"_s);
    QCOMPARE(answers(repository, {AgeCondition{Side::Older, 60}},
                     {UndatedPolicy::Kind::FromName, u"yyyyMMdd"_s}),
             u"n-20250101=y n-20260228=n n-29990101=? latest=? n-20200101=n"_s);
}

void TestRuleMatcher::countsTheNewestByDate()
{
    QCOMPARE(answers(inventory(u"a:a:5 b:b:1 c:c:9 d:d:2"_s), {NewestCondition{2}}),
             u"a=n b=y c=n d=y"_s);
    // Of the same age, the later name is the newer one.
    QCOMPARE(answers(inventory(u"v1.9:a:5 v1.10:b:5 v1.2:c:5"_s), {NewestCondition{1}}),
             u"v1.9=n v1.10=y v1.2=n"_s);
}

void TestRuleMatcher::countsTheNewestByVersionAndName()
{
    const auto repository = inventory(u"1.9:a:1 1.10:b:2 1.10-rc1:c:? 1.2:d:4"_s);
    QCOMPARE(answers(repository, {NewestCondition{2, Order::Version}}),
             u"1.9=n 1.10=y 1.10-rc1=y 1.2=n"_s);
    QCOMPARE(answers(repository, {NewestCondition{2, Order::Name}}),
             u"1.9=y 1.10=n 1.10-rc1=n 1.2=y"_s);
}

void TestRuleMatcher::countsTheNewestOfEachLine()
{
    const auto repository = inventory(u"1.4.1:a:9 1.4.2:b:8 1.5.0:c:7 2.0:d:6 foo:e:5 bar:f:4"_s);
    QCOMPARE(answers(repository, {NewestCondition{1, Order::Date, TagLine::MinorVersion}}),
             u"1.4.1=n 1.4.2=y 1.5.0=y 2.0=y foo=n bar=y"_s);
    QCOMPARE(answers(repository, {NewestCondition{1, Order::Date, TagLine::MajorVersion}}),
             u"1.4.1=n 1.4.2=n 1.5.0=y 2.0=y foo=n bar=y"_s);
    QCOMPARE(answers(inventory(u"pr-1:a:9 pr-2:b:8 x-1:c:7"_s),
                     {NewestCondition{1, Order::Date, TagLine::Prefix}}),
             u"pr-1=n pr-2=y x-1=y"_s);
}

void TestRuleMatcher::countsTagsOfOneImageOnce()
{
    const auto repository = inventory(u"latest:a:1 1.4:a:1 1.4.2:a:1 1.3:b:5 1.2:c:6"_s);
    QCOMPARE(answers(repository, {NewestCondition{2}}), u"latest=y 1.4=y 1.4.2=y 1.3=y 1.2=n"_s);
    const auto found = column(repository, keepNewest(2), {});
    QCOMPARE(found.ranks, (QList<int>{1, 1, 1, 2, 3}));
}

void TestRuleMatcher::countsOnlyWhatMeetsTheOtherConditions()
{
    QCOMPARE(answers(inventory(u"1.0:a:1 nightly-1:b:5 nightly-2:c:4 nightly-3:d:3"_s),
                     {NewestCondition{2}, NameCondition{globsOf(u"nightly*"_s)}}),
             u"1.0=n nightly-1=n nightly-2=y nightly-3=y"_s);
}

void TestRuleMatcher::countsNothingThatHasNoDate()
{
    const auto repository = inventory(u"a:a:5 odd:b:? c:c:1 d:d:9"_s);
    QCOMPARE(answers(repository, {NewestCondition{2}}), u"a=y odd=? c=y d=n"_s);
    QCOMPARE(answers(repository, {NewestCondition{3}}, {UndatedPolicy::Kind::TreatAsOld}),
             u"a=y odd=n c=y d=y"_s);
}

void TestRuleMatcher::findsWhatWasReplaced()
{
    const ReplacedCondition replaced{TagLine::MinorVersion};
    // DEL-36: the same image under an old and a new tag is not replaced by itself.
    QCOMPARE(answers(inventory(u"1.4.1:a:9 1.4.2:b:8 1.4.3:c:2 1.4:c:2 1.5.0:d:50 foo:e:99"_s),
                     {replaced}),
             u"1.4.1=y 1.4.2=y 1.4.3=n 1.4=n 1.5.0=n foo=n"_s);
    QCOMPARE(answers(inventory(u"1.4.1:a:? 1.4.2:b:8 1.5:c:?"_s), {replaced}),
             u"1.4.1=? 1.4.2=n 1.5=n"_s);
    QCOMPARE(
        answers(inventory(u"1.4.1:a:? 1.4.2:b:8"_s), {replaced}, {UndatedPolicy::Kind::TreatAsOld}),
        u"1.4.1=y 1.4.2=n"_s);
}

void TestRuleMatcher::looksAtPlatformLabelAndSize()
{
    RepositoryInventory repository = inventory(u"a:a:1 b:b:1"_s);
    ManifestDetails &arm = repository.details[digest('b')];
    arm.platforms = QStringList{u"linux/amd64"_s, u"linux/arm64/v8"_s};
    arm.labels = {{u"keep"_s, u"no"_s}, {u"keep"_s, u"yes"_s}};
    arm.size = 1001;
    QCOMPARE(answers(repository, {PlatformCondition{u"linux/arm64"_s}}), u"a=n b=y"_s);
    QCOMPARE(answers(repository, {LabelCondition{u"keep"_s}}), u"a=n b=y"_s);
    QCOMPARE(answers(repository, {LabelCondition{u"keep"_s, TagPattern(u"y*"_s)}}), u"a=n b=y"_s);
    QCOMPARE(answers(repository, {LabelCondition{u"keep"_s, TagPattern(u"z*"_s)}}), u"a=n b=n"_s);
    QCOMPARE(answers(repository, {SizeCondition{1000}}), u"a=n b=y"_s);
    QCOMPARE(answers(repository, {SizeCondition{1001}}), u"a=n b=n"_s);
}

void TestRuleMatcher::knowsNothingOfWhatWasNotRead()
{
    RepositoryInventory repository = inventory(u"none:a:1 half:b:1 long:c:1"_s);
    repository.details.remove(digest('a'));
    repository.details[digest('b')].isConfigKnown = false;
    repository.details[digest('b')].size = -1;
    repository.details[digest('c')].labels = {{u"keep"_s, QString(1'000'000, u'a')}};
    QCOMPARE(answers(repository, {LabelCondition{u"keep"_s, TagPattern(u"*"_s)}}),
             u"none=? half=? long=?"_s);
    QCOMPARE(answers(repository, {PlatformCondition{u"linux/arm64"_s}}), u"none=? half=? long=n"_s);
    QCOMPARE(answers(repository, {SizeCondition{1}}), u"none=? half=? long=y"_s);
    QCOMPARE(answers(repository, {AgeCondition{Side::Older, 0}}), u"none=? half=y long=y"_s);
    // What is known to be otherwise is known.
    QCOMPARE(answers(repository, {SizeCondition{1}, NameCondition{globsOf(u"x"_s)}}),
             u"none=n half=n long=n"_s);
}

void TestRuleMatcher::findsWhatIsInUse()
{
    RepositoryInventory repository = inventory(u"1:a:1 2:b:1 multi:i:1 other:c:1"_s);
    makeIndex(repository, u"i"_s, {u"x"_s});
    const QString text = u"lab:5000/team/app:1 "_s + digest('b').toString() + u' '
                         + digest('x').toString() + u" lab/team/web:other"_s;
    const auto list = InUseList::parse(text.toUtf8());
    QVERIFY(list);
    QCOMPARE(answers(repository, {InUseCondition{u"file"_s, *list}}), u"1=y 2=y multi=y other=n"_s);
}

void TestRuleMatcher::saysNothingByAnExpressionThatTakesTooLong()
{
    // DEL-38: twenty thousand names, and one of them is the worst.
    RepositoryInventory repository = inventory({});
    for (int i = 0; i < 20'000; ++i)
        repository.snapshot.tags.append(
            {tag(QString(100, u'a') + u'_' + QString::number(i)), {{}, digest('a'), 1}});
    const TagPattern hostile(u"(a+)+$"_s, TagPattern::Syntax::RegularExpression);
    const auto found = column(repository, {Action::Delete, {NameCondition{{hostile}}}}, {});
    QVERIFY(found.isTooExpensive);
    QCOMPARE(found.matches.count(RuleMatch::Unknown), qsizetype(20'000));
}

void TestRuleMatcher::saysNothingByARuleThatIsWrong()
{
    const auto found = column(inventory(u"a:a:1"_s), {Action::Keep, {}}, {});
    QCOMPARE(found.matches, QList<RuleMatch>{RuleMatch::Unknown});
    QVERIFY(!found.isTooExpensive);
}

QTEST_GUILESS_MAIN(TestRuleMatcher)
#include "tst_rulematcher.moc"
