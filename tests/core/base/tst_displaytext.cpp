// SPDX-License-Identifier: Apache-2.0
#include "core/base/displaytext.h"

#include <QDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestDisplayText : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatCannotBeSeen_data();
    void showsWhatCannotBeSeen();
    void leavesOrdinaryTextAlone_data();
    void leavesOrdinaryTextAlone();
    void cutsLongText();
    void cutsBetweenCharactersOnly();
    void thinsOutPilesOfMarks();
    void looksAtNoMoreThanItShows();
    void escapesOnlyOnce();
    void isolatesQuotedText();
    void doublesAmpersandsOfLabels();
};

void TestDisplayText::showsWhatCannotBeSeen_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("UI-21 escape") << u"a\u001b[31mb"_s << u"a\\u{1B}[31mb"_s;
    QTest::newRow("NUL") << u"a\0b"_s << u"a\\u{0}b"_s;
    QTest::newRow("line break") << u"a\r\nb"_s << u"a\\u{D}\\u{A}b"_s;
    QTest::newRow("tabulator") << u"a\tb"_s << u"a\\u{9}b"_s;
    QTest::newRow("DEL") << u"a\u007fb"_s << u"a\\u{7F}b"_s;
    QTest::newRow("C1") << u"a\u009bb"_s << u"a\\u{9B}b"_s;
    QTest::newRow("UI-03 right-to-left override") << u"exe.\u202Etxt"_s << u"exe.\\u{202E}txt"_s;
    QTest::newRow("embeddings") << u"\u202A\u202B\u202C\u202D"_s
                                << u"\\u{202A}\\u{202B}\\u{202C}\\u{202D}"_s;
    QTest::newRow("isolates") << u"\u2066\u2067\u2068\u2069"_s
                              << u"\\u{2066}\\u{2067}\\u{2068}\\u{2069}"_s;
    QTest::newRow("marks of direction")
        << u"\u200E\u200F\u061C"_s << u"\\u{200E}\\u{200F}\\u{61C}"_s;
    QTest::newRow("zero width") << u"a\u200Bb\u200Cc\u200Dd"_s
                                << u"a\\u{200B}b\\u{200C}c\\u{200D}d"_s;
    QTest::newRow("byte order mark") << u"\uFEFFa"_s << u"\\u{FEFF}a"_s;
    QTest::newRow("line separators") << u"a\u2028\u2029"_s << u"a\\u{2028}\\u{2029}"_s;
    QTest::newRow("soft hyphen") << u"a\u00ADb"_s << u"a\\u{AD}b"_s;
    QTest::newRow("fillers without width")
        << u"\u034F\u115F\u1160\u3164\uFFA0"_s << u"\\u{34F}\\u{115F}\\u{1160}\\u{3164}\\u{FFA0}"_s;
    QTest::newRow("tags block") << u"a\U000E0041"_s << u"a\\u{E0041}"_s;
    QTest::newRow("private use") << u"\uE000\U000F0000"_s << u"\\u{E000}\\u{F0000}"_s;
    QTest::newRow("no character") << u"\uFFFF"_s << u"\\u{FFFF}"_s;
    QTest::newRow("lone high surrogate")
        << QString(u"a"_s + QChar(0xD83D) + u'b') << u"a\\u{D83D}b"_s;
    QTest::newRow("lone low surrogate")
        << QString(u"a"_s + QChar(0xDE00) + u'b') << u"a\\u{DE00}b"_s;
    QTest::newRow("surrogate at the end") << QString(u"a"_s + QChar(0xD83D)) << u"a\\u{D83D}"_s;
}

void TestDisplayText::showsWhatCannotBeSeen()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(displayText(text), shown);
}

void TestDisplayText::leavesOrdinaryTextAlone_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("tag") << u"v1.2.3-rc.1_build"_s;
    QTest::newRow("accents") << u"Zürich, Škoda, e\u0301"_s;
    QTest::newRow("Hebrew and Arabic") << u"שלום مرحبا"_s;
    QTest::newRow("Japanese and Chinese") << u"日本語 简体中文"_s;
    QTest::newRow("emoji") << u"a\U0001F600b"_s;
    QTest::newRow("UI-01 markup is text") << u"<img src='/x'><b>&lt;"_s;
    QTest::newRow("UI-06 place marks") << u"%1 %n %s %L2"_s;
    QTest::newRow("ampersand") << u"R&D"_s;
}

void TestDisplayText::leavesOrdinaryTextAlone()
{
    QFETCH(QString, text);
    QCOMPARE(displayText(text), text);
}

void TestDisplayText::cutsLongText()
{
    QCOMPARE(displayText(QString(shownLength, u'x')), QString(shownLength, u'x'));
    QCOMPARE(displayText(QString(shownLength + 1, u'x')),
             QString(QString(shownLength, u'x') + QChar(0x2026)));
    QCOMPARE(displayText(u"abcdef"_s, 3), u"abc\u2026"_s);
}

void TestDisplayText::cutsBetweenCharactersOnly()
{
    QCOMPARE(displayText(u"ab\U0001F600c"_s, 3), u"ab\u2026"_s);
    QCOMPARE(displayText(u"ab\U0001F600c"_s, 4), u"ab\U0001F600\u2026"_s);
}

void TestDisplayText::thinsOutPilesOfMarks()
{
    const QString pile = u"a"_s + QString(500, QChar(0x0301)) + u'b';
    QCOMPARE(displayText(pile), QString(u"a"_s + QString(8, QChar(0x0301)) + u'b'));
    const QString two = u"a"_s + QString(8, QChar(0x0301)) + u'b' + QString(8, QChar(0x0302));
    QCOMPARE(displayText(two), two);
}

void TestDisplayText::looksAtNoMoreThanItShows()
{
    QVERIFY(displayText(QString(10'000'000, QChar(0x202E))).size() <= shownLength * 10 + 1);
}

void TestDisplayText::escapesOnlyOnce()
{
    const QString once = displayText(u"a\u202E\u0007\U000E0041 b"_s);
    QCOMPARE(displayText(once), once);
}

void TestDisplayText::isolatesQuotedText()
{
    QCOMPARE(quotedText(u"a\u2069b"_s), u"\u2068a\\u{2069}b\u2069"_s);
    QCOMPARE(quotedPath(u"a/b"_s), quotedText(QDir::toNativeSeparators(u"a/b"_s)));
}

void TestDisplayText::doublesAmpersandsOfLabels()
{
    // UI-05
    QCOMPARE(labelText(u"&File && more\u0007"_s), u"&&File &&&& more\\u{7}"_s);
}

QTEST_GUILESS_MAIN(TestDisplayText)
#include "tst_displaytext.moc"
