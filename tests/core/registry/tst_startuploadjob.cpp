// SPDX-License-Identifier: Apache-2.0
#include "support/openupload.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestStartUploadJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void beginsAnUpload();
    void countsNothingAsReceived();
    void mountsWhatIsElsewhere();
    void beginsAnUploadWhereMountingIsRefused_data();
    void beginsAnUploadWhereMountingIsRefused();
    void asksOnceMoreAfterALostAnswer();
    void tellsThatARightIsMissing();
    void followsNoLocationThatMustNotBe_data();
    void followsNoLocationThatMustNotBe();
    void beginsNothingOnAWebPage();

private:
    Result<StartedUpload> start(const std::optional<StartUploadJob::Mount> &mount = {})
    {
        return outcomeOf(new StartUploadJob(m_upload->client(), m_upload->target, mount));
    }
    [[nodiscard]] const TestRequest &last() const { return m_upload->registry.requests().last(); }

    std::unique_ptr<OpenUpload> m_upload;
};

void TestStartUploadJob::init()
{
    m_upload = std::make_unique<OpenUpload>();
}

void TestStartUploadJob::beginsAnUpload()
{
    m_upload->registry.uploads.behaviour.smallestPart = "1000";
    const auto started = start();
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
    QVERIFY(!started->isMounted);
    QVERIFY(started->session.location.toEncoded().startsWith(
        m_upload->registry.url(u"/v2/a/blobs/uploads/upload-"_s).toEncoded()));
    QCOMPARE(started->session.smallestPart, 1000);
    QCOMPARE(m_upload->registry.requestLines(), QStringList{u"POST /v2/a/blobs/uploads/"_s});
    QCOMPARE(last().header("content-length"), "0");
}

void TestStartUploadJob::countsNothingAsReceived()
{
    m_upload->registry.failNext("POST", u"/uploads/"_s,
                                {202, {}, {{"Location", "/v2/x"}, {"Range", "0-99"}}});
    const auto started = start();
    QVERIFY(started);
    QCOMPARE(started->session.received, std::optional<qint64>(0));
}

void TestStartUploadJob::mountsWhatIsElsewhere()
{
    const Descriptor blob = m_upload->registry.addBlob(u"other/b"_s, "bytes");
    const auto started =
        start(StartUploadJob::Mount{blob.digest, RepositoryName::parse(u"other/b")});
    QVERIFY(started);
    QVERIFY(started->isMounted);
    QCOMPARE(m_upload->registry.blobBytes(u"a"_s, blob.digest), "bytes");
    QCOMPARE(last().query(u"from"_s), u"other/b"_s);
    QVERIFY(last().target.contains("mount=sha256%3A"));
}

void TestStartUploadJob::beginsAnUploadWhereMountingIsRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("requests");
    QTest::newRow("not here") << 202 << 1;
    QTest::newRow("not understood") << 405 << 2;
    QTest::newRow("not allowed") << 403 << 2;
}

void TestStartUploadJob::beginsAnUploadWhereMountingIsRefused()
{
    QFETCH(int, status);
    m_upload->registry.uploads.behaviour.mountStatus = status;
    const auto started = start(StartUploadJob::Mount{Digest::ofBytes("x")});
    QVERIFY(started);
    QVERIFY(!started->isMounted);
    QTEST(int(m_upload->registry.count("POST")), "requests");
}

void TestStartUploadJob::asksOnceMoreAfterALostAnswer()
{
    int losses = 1;
    m_upload->registry.intercept([&](const TestRequest &, const TestConnection &c) {
        if (losses <= 0)
            return false;
        c.sendRaw("HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\n\r\n"); // Half an answer.
        c.close();
        --losses;
        return true;
    });
    const auto first = start();
    QVERIFY2(first, first ? "" : qPrintable(first.error().message));
    losses = 99;
    const auto started = start();
    QVERIFY(!started);
    QCOMPARE(started.error().kind, Error::Kind::Ambiguous);
    QVERIFY(losses > 80); // Twice, and Qt by itself a few times more.
}

void TestStartUploadJob::tellsThatARightIsMissing()
{
    m_upload->registry.failNext("POST", u"/uploads/"_s, registryRefusal(403, "DENIED", "not you"));
    const auto started = start();
    QVERIFY(!started);
    QCOMPARE(started.error().kind, Error::Kind::Forbidden);
    QCOMPARE(m_upload->registry.count("POST"), qsizetype(1));
}

void TestStartUploadJob::followsNoLocationThatMustNotBe_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
    QTest::newRow("somebody's") << QByteArray("http://me:pw@127.0.0.1/x");
}

void TestStartUploadJob::followsNoLocationThatMustNotBe()
{
    QFETCH(QByteArray, location);
    m_upload->registry.failNext("POST", u"/uploads/"_s, {202, {}, {{"Location", location}}});
    QVERIFY(!start());
}

void TestStartUploadJob::beginsNothingOnAWebPage()
{
    m_upload->registry.failNext("POST", u"/uploads/"_s,
                                {200, "<html>", {{"Content-Type", "text/html"}}});
    const auto started = start();
    QVERIFY(!started);
    QCOMPARE(started.error().kind, Error::Kind::Protocol);
}

QTEST_GUILESS_MAIN(TestStartUploadJob)
#include "tst_startuploadjob.moc"
