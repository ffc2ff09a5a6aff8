// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/tagpattern.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Syntax = TagPattern::Syntax;

class TestTagPattern : public QObject
{
    Q_OBJECT

private slots:
    void matchesTheWholeName_data();
    void matchesTheWholeName();
    void saysWhereAPatternIsWrong_data();
    void saysWhereAPatternIsWrong();
    void matchesNothingWhenItIsWrong();
    void givesUpOnExpressionsThatTakeTooLong_data();
    void givesUpOnExpressionsThatTakeTooLong();
    void takesManyStarsInItsStride();
    void readsListsAsPeopleWriteThem();
};

void TestTagPattern::matchesTheWholeName_data()
{
    QTest::addColumn<Syntax>("syntax");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QStringList>("matching");
    QTest::addColumn<QStringList>("others");
    QTest::newRow("word") << Syntax::Glob << u"latest"_s << QStringList{u"latest"_s}
                          << QStringList{u"latest2"_s, u"my-latest"_s, u"LATEST"_s};
    QTest::newRow("star") << Syntax::Glob << u"prod*"_s << QStringList{u"prod"_s, u"prod-eu"_s}
                          << QStringList{u"my-prod"_s};
    QTest::newRow("DEL-38 *") << Syntax::Glob << u"*"_s << QStringList{u"anything"_s}
                              << QStringList();
    QTest::newRow("stars") << Syntax::Glob << u"*-rc*-*"_s
                           << QStringList{u"1-rc1-x"_s, u"a-rc-rc-"_s} << QStringList{u"1-rc1"_s};
    QTest::newRow("question mark")
        << Syntax::Glob << u"v?.?"_s << QStringList{u"v1.2"_s} << QStringList{u"v10.2"_s, u"v1."_s};
    QTest::newRow("set") << Syntax::Glob << u"pr[0-9][!a-f]"_s
                         << QStringList{u"pr12"_s, u"pr1x"_s, u"pr1-"_s}
                         << QStringList{u"pr1c"_s, u"prx2"_s};
    QTest::newRow("dots are dots")
        << Syntax::Glob << u"1.0"_s << QStringList{u"1.0"_s} << QStringList{u"1x0"_s};
    QTest::newRow("expression") << Syntax::RegularExpression << u"v\\d+"_s
                                << QStringList{u"v1"_s, u"v20"_s}
                                << QStringList{u"v1.2"_s, u"av1"_s};
    QTest::newRow("alternatives") << Syntax::RegularExpression << u"a|b"_s
                                  << QStringList{u"a"_s, u"b"_s} << QStringList{u"ab"_s, u"ba"_s};
    QTest::newRow("DEL-38 .*") << Syntax::RegularExpression << u".*"_s << QStringList{u"anything"_s}
                               << QStringList();
}

void TestTagPattern::matchesTheWholeName()
{
    QFETCH(const Syntax, syntax);
    QFETCH(const QString, pattern);
    QFETCH(const QStringList, matching);
    QFETCH(const QStringList, others);
    const TagPattern parsed(pattern, syntax);
    QVERIFY(!parsed.fault());
    for (const QString &name : matching)
        QVERIFY2(parsed.matches(name) == true, qPrintable(name));
    for (const QString &name : others)
        QVERIFY2(parsed.matches(name) == false, qPrintable(name));
}

void TestTagPattern::saysWhereAPatternIsWrong_data()
{
    QTest::addColumn<Syntax>("syntax");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<qsizetype>("position");
    QTest::newRow("DEL-38 empty") << Syntax::Glob << QString() << qsizetype(0);
    QTest::newRow("empty expression") << Syntax::RegularExpression << QString() << qsizetype(0);
    QTest::newRow("open bracket") << Syntax::Glob << u"pr-[0-9"_s << qsizetype(3);
    QTest::newRow("empty bracket") << Syntax::Glob << u"a[]"_s << qsizetype(1);
    QTest::newRow("range") << Syntax::Glob << u"a[9-0]"_s << qsizetype(2);
    QTest::newRow("DEL-38 invalid") << Syntax::RegularExpression << u"ab(c"_s << qsizetype(4);
    QTest::newRow("out of our brackets") << Syntax::RegularExpression << u"a)|(b"_s << qsizetype(1);
    QTest::newRow("a limit of its own")
        << Syntax::RegularExpression << u"(*LIMIT_MATCH=900000000)(a+)+$"_s << qsizetype(-1);
    QTest::newRow("too long") << Syntax::Glob << QString(600, u'a') << qsizetype(512);
}

void TestTagPattern::saysWhereAPatternIsWrong()
{
    QFETCH(const Syntax, syntax);
    QFETCH(const QString, pattern);
    QFETCH(const qsizetype, position);
    const TagPattern parsed(pattern, syntax);
    QVERIFY(parsed.fault());
    if (position >= 0) // Some places are up to the library.
        QCOMPARE(parsed.fault()->position, position);
    QVERIFY(parsed.fault()->message.endsWith(u'.'));
}

void TestTagPattern::matchesNothingWhenItIsWrong()
{
    QCOMPARE(TagPattern(QString()).matches(u""_s), false);
    QCOMPARE(TagPattern(u"[a"_s).matches(u"[a"_s), false);
    QCOMPARE(TagPattern(u"(a"_s, Syntax::RegularExpression).matches(u"a"_s), false);
    QCOMPARE(TagPattern(u"a)|(b"_s, Syntax::RegularExpression).matches(u"a"_s), false);
}

void TestTagPattern::givesUpOnExpressionsThatTakeTooLong_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::newRow("DEL-38 (a+)+$") << u"(a+)+$"_s;
    QTest::newRow("(a|aa)+$") << u"(a|aa)+$"_s;
    QTest::newRow("(.*)*$") << u"(.*a){20}$"_s;
}

void TestTagPattern::givesUpOnExpressionsThatTakeTooLong()
{
    QFETCH(const QString, pattern);
    const TagPattern parsed(pattern, Syntax::RegularExpression);
    QVERIFY(!parsed.fault());
    QCOMPARE(parsed.matches(QString(127, u'a') + u'!'), std::nullopt);
    // The library's own limit would come much later.
    QCOMPARE(parsed.matches(QString(21, u'a') + u'!'), std::nullopt);
}

void TestTagPattern::takesManyStarsInItsStride()
{
    const TagPattern stars(u"*a"_s.repeated(60) + u'b');
    for (int i = 0; i < 20'000; ++i)
        QCOMPARE(stars.matches(QString(128, u'a')), false);
}

void TestTagPattern::readsListsAsPeopleWriteThem()
{
    const QList<TagPattern> patterns = globsOf(u" latest,prod*  main ,"_s);
    QCOMPARE(patterns.size(), qsizetype(3));
    QCOMPARE(patterns.at(1).text(), u"prod*"_s);
    QCOMPARE(listOf(patterns), u"latest, prod*, main"_s);
    QVERIFY(globsOf(u" , "_s).isEmpty());
}

QTEST_GUILESS_MAIN(TestTagPattern)
#include "tst_tagpattern.moc"
