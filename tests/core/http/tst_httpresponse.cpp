// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpresponse.h"

#include <QTest>

using namespace Longshore;

class TestHttpResponse : public QObject
{
    Q_OBJECT

private slots:
    void readsContentRanges_data();
    void readsContentRanges();
    void refusesOtherContentRanges_data();
    void refusesOtherContentRanges();
    void comparesHeaderNamesWithoutCase();
};

void TestHttpResponse::readsContentRanges_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("last");
    QTest::addColumn<qint64>("total");
    QTest::newRow("part") << QByteArray("bytes 3-9/10") << qint64(3) << qint64(9) << qint64(10);
    QTest::newRow("one byte") << QByteArray("bytes 0-0/1") << qint64(0) << qint64(0) << qint64(1);
    QTest::newRow("no total") << QByteArray("bytes 3-9/*") << qint64(3) << qint64(9) << qint64(-1);
    QTest::newRow("SRV-45 5 GiB") << QByteArray("bytes 5368709119-5368709120/5368709121")
                                  << qint64(5368709119) << qint64(5368709120) << qint64(5368709121);
}

void TestHttpResponse::readsContentRanges()
{
    QFETCH(QByteArray, value);
    const auto range = parseContentRange(value);
    QVERIFY(range);
    QTEST(range->first, "first");
    QTEST(range->last, "last");
    QTEST(range->total, "total");
}

void TestHttpResponse::refusesOtherContentRanges_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value :
         {"", "bytes", "bytes */10", "bytes 9-3/10", "bytes 3-10/10", "bytes 3-9", "bytes=3-9/10",
          "bytes -1-9/10", "bytes +3-9/10", "bytes 3-9/-1", "bytes 3 - 9/10", "items 3-9/10",
          "bytes 3-9/10, bytes 3-9/10", "bytes 3-9/10 ", "bytes 0x3-0x9/10",
          "bytes 3-9999999999999999999/99999999999999999999", "bytes 3-9/10\n"})
        QTest::newRow(value) << QByteArray(value);
}

void TestHttpResponse::refusesOtherContentRanges()
{
    // SRV-12
    QFETCH(QByteArray, value);
    QVERIFY(!parseContentRange(value));
}

void TestHttpResponse::comparesHeaderNamesWithoutCase()
{
    HttpHeaders headers;
    headers.insert("ETag", "x");
    QCOMPARE(headers.value("etag"), "x");
    QVERIFY(headers.contains("ETAG"));
    QVERIFY(!headers.contains("Link"));
    QVERIFY(headers.value("Link").isEmpty());
}

QTEST_GUILESS_MAIN(TestHttpResponse)
#include "tst_httpresponse.moc"
