// SPDX-License-Identifier: Apache-2.0
#include "core/http/contentcoding.h"
#include "core/http/httpresponse.h"
#include "support/gzip.h"

#include <QTest>

using namespace Longshore;

using Kind = Error::Kind;

class TestContentCoding : public QObject
{
    Q_OBJECT

private slots:
    void takesOffWhatAProxyPutOn_data();
    void takesOffWhatAProxyPutOn();
    void leavesTheRestAlone_data();
    void leavesTheRestAlone();
    void refusesWhatIsDamaged_data();
    void refusesWhatIsDamaged();
    void stopsAtTheLimit();
};

static Result<QByteArray> plain(const QByteArray &body, const QByteArray &coding,
                                qint64 maximum = 1000)
{
    HttpResponse response;
    response.body = body;
    response.headers.insert("Content-Encoding", coding);
    return plainBody(response, maximum);
}

void TestContentCoding::takesOffWhatAProxyPutOn_data()
{
    QTest::addColumn<QByteArray>("coding");
    for (const char *coding : {"gzip", "GZip", " gzip ", "x-gzip"})
        QTest::newRow(coding) << QByteArray(coding);
}

void TestContentCoding::takesOffWhatAProxyPutOn()
{
    QFETCH(QByteArray, coding);
    for (const QByteArray &content : {QByteArray("{}"), QByteArray(1000, 'a')}) {
        const auto body = plain(gzipped(content), coding);
        QVERIFY(body);
        QCOMPARE(*body, content);
    }
}

void TestContentCoding::leavesTheRestAlone_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("coding");
    QTest::newRow("no label") << gzipped("{}") << QByteArray();
    QTest::newRow("identity") << gzipped("{}") << QByteArray("identity");
    QTest::newRow("only the label") << QByteArray("{}") << QByteArray("gzip");
    QTest::newRow("another") << QByteArray("\x28\xb5\x2f\xfd") << QByteArray("zstd");
    QTest::newRow("nothing") << QByteArray() << QByteArray("gzip");
}

void TestContentCoding::leavesTheRestAlone()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, coding);
    const auto result = plain(body, coding);
    QVERIFY(result);
    QCOMPARE(*result, body);
}

void TestContentCoding::refusesWhatIsDamaged_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray whole = gzipped("content");
    QByteArray changed = whole;
    changed[whole.size() - 6] = static_cast<char>(changed.at(whole.size() - 6) ^ 1);
    QTest::newRow("cut") << whole.chopped(1);
    QTest::newRow("head only") << whole.first(10);
    QTest::newRow("more behind it") << whole + 'x';
    QTest::newRow("wrong checksum") << changed;
}

void TestContentCoding::refusesWhatIsDamaged()
{
    QFETCH(QByteArray, body);
    const auto result = plain(body, "gzip");
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::Protocol);
}

void TestContentCoding::stopsAtTheLimit()
{
    const QByteArray bomb = gzipped(QByteArray(50'000'000, '\0'));
    QVERIFY(bomb.size() < 100'000);
    const auto result = plain(bomb, "gzip", 100'000);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::TooLarge);
    QVERIFY(plain(gzipped(QByteArray(1000, 'a')), "gzip", 1000));
    QVERIFY(!plain(gzipped(QByteArray(1001, 'a')), "gzip", 1000));
}

QTEST_GUILESS_MAIN(TestContentCoding)
#include "tst_contentcoding.moc"
