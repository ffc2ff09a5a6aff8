// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/reporttable.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestReportTable : public QObject
{
    Q_OBJECT

private slots:
    void isALineForEachRowInCsv();
    void quotesWhatWouldBreakALine();
    void startsNoFormula_data();
    void startsNoFormula();
    void namesTheColumnsInJson();
    void letsNoWordBecomeMarkup();
    void choosesTheFormByTheEnding();

private:
    static ReportTable table(const QString &cell)
    {
        return {
            u"Clean-up"_s, {}, {{u"tag"_s, u"Tag"_s}, {u"why"_s, u"Why"_s}}, {{u"1.0"_s, cell}}};
    }
};

void TestReportTable::isALineForEachRowInCsv()
{
    ReportTable report = table(u"old"_s);
    QCOMPARE(toCsv(report), "tag,why\r\n1.0,old\r\n");
    report.facts = {{{u"user"_s, u"User"_s}, u"ci"_s}};
    QCOMPARE(toCsv(report), "user,ci\r\n\r\ntag,why\r\n1.0,old\r\n");
}

void TestReportTable::quotesWhatWouldBreakALine()
{
    QCOMPARE(toCsv(table(u"a,\"b\"\nc"_s)), "tag,why\r\n1.0,\"a,\"\"b\"\"\nc\"\r\n");
    QCOMPARE(toCsv(table(u"\u2068quoted\u2069"_s)), "tag,why\r\n1.0,quoted\r\n");
}

void TestReportTable::startsNoFormula_data()
{
    QTest::addColumn<QString>("cell");
    for (const QString &cell : {u"=1+1"_s, u"+1"_s, u"-1"_s, u"@SUM(A1)"_s, u"\t=1"_s, u"\r=1"_s,
                                u"\n=1"_s, u"\u2068=1\u2069"_s})
        QTest::addRow("%s", qPrintable(cell.simplified())) << cell;
}

void TestReportTable::startsNoFormula()
{
    QFETCH(const QString, cell);
    const QByteArray line = toCsv(table(cell)).split('\n').at(1);
    QVERIFY2(line.startsWith("1.0,'") || line.startsWith("1.0,\"'"), line.constData());
}

void TestReportTable::namesTheColumnsInJson()
{
    ReportTable report = table(u"=old"_s);
    report.facts = {{{u"user"_s, u"User"_s}, u"ci"_s}};
    const QJsonObject root = QJsonDocument::fromJson(toJson(report)).object();
    QCOMPARE(root["rows"_L1][0]["why"_L1].toString(), u"=old"_s);
    QCOMPARE(root["facts"_L1]["user"_L1].toString(), u"ci"_s);
    QCOMPARE(root["title"_L1].toString(), u"Clean-up"_s);
}

void TestReportTable::letsNoWordBecomeMarkup()
{
    ReportTable report = table(u"<script>alert(1)</script>\n\u202Eback"_s);
    report.title = u"<b>"_s;
    report.facts = {{{u"user"_s, u"User"_s}, u"\"><img src=x>"_s}};
    const QByteArray page = toHtml(report);
    QVERIFY(!page.contains("<script"));
    QVERIFY(!page.contains("<img"));
    QVERIFY(!page.contains("<b>"));
    QVERIFY(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;<br>\\u{202E}back"));
    QVERIFY(page.contains("default-src 'none'"));
}

void TestReportTable::choosesTheFormByTheEnding()
{
    const ReportTable report = table(u"old"_s);
    QCOMPARE(bytesFor(report, u"a.csv"_s), toCsv(report));
    QCOMPARE(bytesFor(report, u"a.HTML"_s), toHtml(report));
    QCOMPARE(bytesFor(report, u"a.json"_s), toJson(report));
    QCOMPARE(bytesFor(report, u"a"_s), toJson(report));
}

QTEST_GUILESS_MAIN(TestReportTable)

#include "tst_reporttable.moc"
