// SPDX-License-Identifier: Apache-2.0
#include "core/registry/sendblobpartjob.h"
#include "support/openupload.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestSendBlobPartJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void saysWhichBytesTheyAre();
    void goesOnWhereItIsTold();
    void tellsItsProgress();
    void tellsThatTheRangeIsWrong();
    void takesOtherSuccessesToo_data();
    void takesOtherSuccessesToo();
    void believesOnlyACountOfMoreThanBefore_data();
    void believesOnlyACountOfMoreThanBefore();
    void failsWithoutAPlaceToGoOn();
    void tellsThatTheAnswerWasLost();
    void sendsItsBytesOnceWithoutAnAccountToo_data();
    void sendsItsBytesOnceWithoutAnAccountToo();

private:
    [[nodiscard]] SendBlobPartJob *job(qint64 offset, const QByteArray &bytes)
    {
        return new SendBlobPartJob(m_upload->client(), m_upload->target, m_upload->session,
                                   {offset, OpenUpload::source(bytes)});
    }
    Result<UploadSession> send(qint64 offset, const QByteArray &bytes)
    {
        return outcomeOf(job(offset, bytes));
    }

    std::unique_ptr<OpenUpload> m_upload;
};

void TestSendBlobPartJob::init()
{
    m_upload = std::make_unique<OpenUpload>();
}

void TestSendBlobPartJob::saysWhichBytesTheyAre()
{
    const auto sent = send(0, "0123456789");
    QVERIFY2(sent, sent ? "" : qPrintable(sent.error().message));
    const TestRequest &request = m_upload->registry.requests().last();
    QCOMPARE(request.method, "PATCH");
    QCOMPARE(request.header("content-range"), "0-9");
    QCOMPARE(request.header("content-length"), "10");
    QCOMPARE(request.header("content-type"), "application/octet-stream");
    QCOMPARE(request.body, "0123456789");
    QCOMPARE(sent->received, std::optional<qint64>(10));
}

void TestSendBlobPartJob::goesOnWhereItIsTold()
{
    m_upload->session.smallestPart = 7;
    const auto first = send(0, "01234");
    QVERIFY(first);
    QVERIFY(first->location != m_upload->session.location); // Each answer names another.
    QCOMPARE(first->smallestPart, 7); // Said once, at the beginning.
    m_upload->session = *first;
    const auto second = send(5, "56789");
    QVERIFY2(second, second ? "" : qPrintable(second.error().message));
    QCOMPARE(m_upload->registry.requests().last().header("content-range"), "5-9");
    QCOMPARE(second->received, std::optional<qint64>(10));
}

void TestSendBlobPartJob::tellsItsProgress()
{
    SendBlobPartJob *sending = job(0, QByteArray(500'000, 'x'));
    QSignalSpy progress(sending, &Job::progressChanged);
    QVERIFY(outcomeOf(sending));
    QCOMPARE(progress.last().first().toLongLong(), 500'000);
}

void TestSendBlobPartJob::tellsThatTheRangeIsWrong()
{
    const auto sent = send(3, "345");
    QVERIFY(!sent);
    QCOMPARE(sent.error().httpStatus, 416);
}

void TestSendBlobPartJob::takesOtherSuccessesToo_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("201") << 201;
    QTest::newRow("204") << 204;
}

void TestSendBlobPartJob::takesOtherSuccessesToo()
{
    QFETCH(int, status);
    m_upload->registry.failNext("PATCH", u"/uploads/"_s,
                                {status, {}, {{"Location", "/v2/next"}, {"Range", "0-2"}}});
    const auto sent = send(0, "012");
    QVERIFY(sent);
    QCOMPARE(sent->location, m_upload->registry.url(u"/v2/next"_s));
}

void TestSendBlobPartJob::believesOnlyACountOfMoreThanBefore_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<int>("received"); // -1: not known.
    QTest::newRow("all of the part") << 202 << QByteArray("0-5") << 6;
    QTest::newRow("a little of it") << 202 << QByteArray("0-3") << 4;
    QTest::newRow("nothing of it") << 202 << QByteArray("0-2") << -1;
    QTest::newRow("the first part each time") << 202 << QByteArray("0-0") << -1;
    QTest::newRow("refused, as nothing of it came") << 416 << QByteArray("0-2") << 3;
    QTest::newRow("refused, as it stands further back") << 416 << QByteArray("0-1") << 2;
}

void TestSendBlobPartJob::believesOnlyACountOfMoreThanBefore()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, range);
    m_upload->registry.failNext("PATCH", u"/uploads/"_s,
                                {status, {}, {{"Location", "/v2/next"}, {"Range", range}}});
    const auto sent = send(3, "345");
    QVERIFY2(sent, sent ? "" : qPrintable(sent.error().message));
    QTEST(static_cast<int>(sent->received.value_or(-1)), "received");
}

void TestSendBlobPartJob::failsWithoutAPlaceToGoOn()
{
    m_upload->registry.failNext("PATCH", u"/uploads/"_s,
                                {200, "<html>", {{"Content-Type", "text/html"}}});
    const auto sent = send(0, "012");
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, Error::Kind::Protocol);
}

void TestSendBlobPartJob::tellsThatTheAnswerWasLost()
{
    m_upload->registry.intercept([](const TestRequest &, const TestConnection &c) {
        c.sendRaw("HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\n\r\n");
        c.close();
        return true;
    });
    const auto sent = send(0, "012");
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, Error::Kind::Ambiguous);
    QCOMPARE(m_upload->registry.count("PATCH"), qsizetype(1)); // It asks before it sends again.
}

void TestSendBlobPartJob::sendsItsBytesOnceWithoutAnAccountToo_data()
{
    QTest::addColumn<bool>("hasPing");
    QTest::newRow("after a ping") << true;
    QTest::newRow("without one") << false;
}

void TestSendBlobPartJob::sendsItsBytesOnceWithoutAnAccountToo()
{
    // Whoever goes on with an upload may ask for nothing else before.
    QFETCH(const bool, hasPing);
    FakeRegistry &registry = m_upload->registry;
    registry.behaviour.signIn = FakeRegistry::SignIn::Bearer;
    registry.behaviour.hasPublicTokens = true;
    QVERIFY(!hasPing || outcomeOf(m_upload->connection.session.ping()));
    const auto first = send(0, "01234");
    QVERIFY2(first, first ? "" : qPrintable(first.error().message));
    QCOMPARE(registry.count("PATCH"), 1);
    m_upload->session = *first;
    QVERIFY(send(5, "56789"));
    QCOMPARE(registry.count("PATCH"), 2);
    QCOMPARE(registry.count("GET", u"/v2/"_s), 1); // Asked once.
}

QTEST_GUILESS_MAIN(TestSendBlobPartJob)
#include "tst_sendblobpartjob.moc"
