// SPDX-License-Identifier: Apache-2.0
#include "core/http/linkheader.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestLinkHeader : public QObject
{
    Q_OBJECT

private slots:
    void findsTheNextPage_data();
    void findsTheNextPage();
    void findsNoneWhereThereIsNone_data();
    void findsNoneWhereThereIsNone();
    void reportsBrokenOnes_data();
    void reportsBrokenOnes();
    void keepsOpaqueQueriesAsTheyAre();

private:
    const QUrl m_current = QUrl(u"https://reg.lab:5000/v2/a/tags/list?n=2"_s);
};

void TestLinkHeader::findsTheNextPage_data()
{
    // LST-08
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("url");
    const QString next = u"https://reg.lab:5000/v2/a/tags/list?n=2&last=b"_s;
    const auto row = [&](const char *name, const QByteArray &header) {
        QTest::newRow(name) << header << next;
    };
    row("H1 relative", R"(</v2/a/tags/list?n=2&last=b>; rel="next")");
    row("absolute", R"(<https://reg.lab:5000/v2/a/tags/list?n=2&last=b>; rel="next")");
    row("without a scheme", R"(<//reg.lab:5000/v2/a/tags/list?n=2&last=b>; rel="next")");
    row("only a query", R"(<?n=2&last=b>; rel="next")");
    row("unquoted", "</v2/a/tags/list?n=2&last=b>; rel=next");
    row("without spaces", "</v2/a/tags/list?n=2&last=b>;rel=next");
    row("many spaces", " \t<?n=2&last=b>  ;  rel  =  \"next\"  ");
    row("upper case", R"(<?n=2&last=b>; REL="NEXT")");
    row("other parameters in front", R"(<?n=2&last=b>; type="application/json"; rel="next")");
    row("other parameters behind", R"(<?n=2&last=b>; rel="next"; title="a, b; c")");
    row("a parameter without a value", "<?n=2&last=b>; crossorigin; rel=next");
    row("list of relations", R"(<?n=2&last=b>; rel="prev next")");
    row("second of two", R"(<?n=2&last=0>; rel="prev", <?n=2&last=b>; rel="next")");
    row("first of two", R"(<?n=2&last=b>; rel="next", <?n=2&last=z>; rel="last")");
    row("without brackets, as old Quay", R"(/v2/a/tags/list?n=2&last=b; rel="next")");
    row("quoted comma before", R"(<?n=1>; title="x, <?n=9>; rel=next", <?n=2&last=b>; rel=next)");
    QTest::newRow("comma and semicolon inside")
        << QByteArray(R"(<?n=2&last=b,c;d>; rel="next")")
        << u"https://reg.lab:5000/v2/a/tags/list?n=2&last=b,c;d"_s;
    QTest::newRow("another host, to be judged by others")
        << QByteArray("<https://evil/x>; rel=next") << u"https://evil/x"_s;
}

void TestLinkHeader::findsTheNextPage()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, url);
    const auto next = nextPage(header, m_current);
    QVERIFY2(next, next ? "" : qPrintable(next.error().detail));
    QVERIFY(*next);
    QCOMPARE((*next)->toString(QUrl::FullyEncoded), url);
}

void TestLinkHeader::findsNoneWhereThereIsNone_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("no header") << QByteArray();
    QTest::newRow("only prev") << QByteArray(R"(<?n=2&last=b>; rel="prev")");
    QTest::newRow("no relation") << QByteArray("<?n=2&last=b>");
    QTest::newRow("longer word") << QByteArray(R"(<?n=2&last=b>; rel="nextpage")");
    QTest::newRow("the first rel counts") << QByteArray("<?n=2>; rel=prev; rel=next");
    QTest::newRow("only commas") << QByteArray(",, ,");
}

void TestLinkHeader::findsNoneWhereThereIsNone()
{
    QFETCH(QByteArray, header);
    const auto next = nextPage(header, m_current);
    QVERIFY(next);
    QVERIFY(!*next);
}

void TestLinkHeader::reportsBrokenOnes_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("never closed") << QByteArray("</v2/a; rel=next");
    QTest::newRow("empty target") << QByteArray("<>; rel=next");
    QTest::newRow("no target") << QByteArray("; rel=next");
    QTest::newRow("no URL") << QByteArray("<http://[::1>; rel=next");
    QTest::newRow("space inside") << QByteArray("<?last=a b>; rel=next");
}

void TestLinkHeader::reportsBrokenOnes()
{
    QFETCH(QByteArray, header);
    const auto next = nextPage(header, m_current);
    QVERIFY(!next);
    QCOMPARE(next.error().kind, Error::Kind::Protocol);
}

void TestLinkHeader::keepsOpaqueQueriesAsTheyAre()
{
    const QByteArray query = "n=50&next_page=gAAAA%2Bx%2Fy%3D%3D+z&last=cat%2Fr1";
    const auto next =
        nextPage("<https://reg.lab:5000/v2/_catalog?" + query + ">; rel=next", m_current);
    QVERIFY(next && *next);
    QCOMPARE((*next)->query(QUrl::FullyEncoded).toLatin1(), query);
}

QTEST_GUILESS_MAIN(TestLinkHeader)
#include "tst_linkheader.moc"
