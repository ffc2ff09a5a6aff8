// SPDX-License-Identifier: Apache-2.0
#include "core/http/warningheader.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestWarningHeader : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatARegistryMaySay_data();
    void readsWhatARegistryMaySay();
    void leavesOutTheRest_data();
    void leavesOutTheRest();
    void readsNoMoreThanAllowed();
    void endsWithWhateverComes_data();
    void endsWithWhateverComes();
};

void TestWarningHeader::readsWhatARegistryMaySay_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QStringList>("texts");
    const auto row = [](const char *name, const QByteArray &header, const QStringList &texts) {
        QTest::newRow(name) << header << texts;
    };
    row("one", R"(299 - "This image is old")", {u"This image is old"_s});
    row("several", R"(299 - "a", 299 - "b",299 - "a")", {u"a"_s, u"b"_s, u"a"_s});
    row("escapes", R"(299 - "say \"hi\" \\ \,")", {uR"(say "hi" \ ,)"_s});
    row("a comma and another in its text", R"(299 - "a, 299 - b", 299 - "c")",
        {u"a, 299 - b"_s, u"c"_s});
    row("spaces", " \t299 - \"a\" \t, ,\t299 - \"b\" ", {u"a"_s, u"b"_s});
    row("markup", R"(299 - "<b>a</b>")", {u"<b>a</b>"_s});
    row("other scripts", "299 - \"\xc3\xa4\"", {u"ä"_s});
    row("the end is broken", R"(299 - "a", 299 - "b)", {u"a"_s});
}

void TestWarningHeader::readsWhatARegistryMaySay()
{
    QFETCH(const QByteArray, header);
    QTEST(parseWarnings(header), "texts");
}

void TestWarningHeader::leavesOutTheRest_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("of a cache") << QByteArray(R"(110 - "Response is Stale")");
    QTest::newRow("of somebody else") << QByteArray(R"(299 cache.example "a")");
    QTest::newRow("with a date") << QByteArray(R"(299 - "a" "Sat, 28 Nov 2026 12:00:00 GMT")");
    QTest::newRow("without a text") << QByteArray(R"(299 - "")");
    QTest::newRow("without quotes") << QByteArray("299 - text");
    QTest::newRow("without an end") << QByteArray(R"(299 - "a)");
    QTest::newRow("escapes its end") << QByteArray(R"(299 - "a\")");
    QTest::newRow("more behind it") << QByteArray(R"(299 - "a" b)");
    QTest::newRow("another code") << QByteArray(R"(2990 - "a")");
    QTest::newRow("escape sequence") << QByteArray("299 - \"\x1b[31mred\"");
    QTest::newRow("two lines") << QByteArray("299 - \"a\nb\"");
    QTest::newRow("NUL") << QByteArray("299 - \"a\0b\"", 11);
}

void TestWarningHeader::leavesOutTheRest()
{
    QFETCH(const QByteArray, header);
    QCOMPARE(parseWarnings(header), QStringList());
    // And it does not take others with it that stand in front.
    QCOMPARE(parseWarnings(R"(299 - "good",)" + header), QStringList{u"good"_s});
}

void TestWarningHeader::readsNoMoreThanAllowed()
{
    const QByteArray half = "299 - \"" + QByteArray(2048, 'x') + '"';
    QCOMPARE(parseWarnings(half + ',' + half).size(), 2);
    QCOMPARE(parseWarnings(half + ',' + half + R"(,299 - "y")").size(), 2);
    QCOMPARE(parseWarnings("299 - \"" + QByteArray(4097, 'x') + '"'), QStringList());
}

void TestWarningHeader::endsWithWhateverComes_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("quotes") << QByteArray(60'000, '"');
    QTest::newRow("backslashes") << QByteArray("299 - \"" + QByteArray(60'000, '\\'));
    QTest::newRow("commas") << QByteArray(60'000, ',');
    QTest::newRow("many beginnings") << QByteArray("299 - \"").repeated(9'000);
    QTest::newRow("no text") << QByteArray(60'000, '\xff');
}

void TestWarningHeader::endsWithWhateverComes()
{
    QFETCH(const QByteArray, header);
    QVERIFY(parseWarnings(header).size() <= 1);
}

QTEST_APPLESS_MAIN(TestWarningHeader)
#include "tst_warningheader.moc"
