// SPDX-License-Identifier: Apache-2.0
#include "core/registry/finishuploadjob.h"
#include "core/registry/sendblobpartjob.h"
#include "support/openupload.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestFinishUploadJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sendsTheWhole();
    void endsWhatCameInParts();
    void isConfirmedByOurDigestOrByNone_data();
    void isConfirmedByOurDigestOrByNone();
    void tellsThatTheBytesAreOthers();
    void tellsThatTheAnswerWasLost();

private:
    Result<FinishedUpload> finish(const Digest &digest, const std::shared_ptr<ByteSource> &body)
    {
        return outcomeOf(new FinishUploadJob(m_upload->client(), m_upload->target,
                                             m_upload->session, digest, body));
    }
    [[nodiscard]] QByteArray stored() const
    {
        return m_upload->registry.blobBytes(u"a"_s, m_digest);
    }

    std::unique_ptr<OpenUpload> m_upload;
    const Digest m_digest = Digest::ofBytes("bytes");
};

void TestFinishUploadJob::init()
{
    m_upload = std::make_unique<OpenUpload>();
}

void TestFinishUploadJob::sendsTheWhole()
{
    const auto finished = finish(m_digest, OpenUpload::source("bytes"));
    QVERIFY2(finished, finished ? "" : qPrintable(finished.error().message));
    QVERIFY(finished->isConfirmed);
    QCOMPARE(stored(), "bytes");
    const TestRequest &request = m_upload->registry.requests().last();
    QCOMPARE(request.method, "PUT");
    QCOMPARE(request.header("content-type"), "application/octet-stream");
    // The state of the location is as it was, byte for byte.
    QVERIFY(request.target.contains("?_state=a+b%2Fc%3D=_-.~"));
    QVERIFY(request.target.endsWith(
        QByteArray("&digest=sha256%3A" + m_digest.toString().mid(7).toLatin1())));
}

void TestFinishUploadJob::endsWhatCameInParts()
{
    const auto sent = outcomeOf(new SendBlobPartJob(
        m_upload->client(), m_upload->target, m_upload->session, {0, OpenUpload::source("bytes")}));
    QVERIFY(sent);
    m_upload->session = *sent;
    const auto finished = finish(m_digest, {});
    QVERIFY(finished && finished->isConfirmed);
    QCOMPARE(stored(), "bytes");
    QCOMPARE(m_upload->registry.requests().last().header("content-length"), "0");
}

void TestFinishUploadJob::isConfirmedByOurDigestOrByNone_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<bool>("isConfirmed");
    const std::pair<QByteArray, QByteArray> location{"Location", "/v2/a/blobs/x"};
    const auto named = [](const QByteArray &digest) {
        return std::pair<QByteArray, QByteArray>{"Docker-Content-Digest", digest};
    };
    const QByteArray ours = m_digest.toString().toLatin1();
    QTest::newRow("ours") << TestAnswer{201, {}, {location, named(ours)}} << true;
    QTest::newRow("none") << TestAnswer{201, {}, {location}} << true;
    QTest::newRow("another") << TestAnswer{201, {}, {location, named("sha256:00")}} << false;
    QTest::newRow("no place") << TestAnswer{201, {}, {named(ours)}} << false;
    QTest::newRow("another status") << TestAnswer{202, {}, {location, named(ours)}} << false;
    QTest::newRow("web page") << TestAnswer{200, "<html>", {{"Content-Type", "text/html"}}}
                              << false;
}

void TestFinishUploadJob::isConfirmedByOurDigestOrByNone()
{
    QFETCH(TestAnswer, answer);
    m_upload->registry.failNext("PUT", u"/uploads/"_s, answer);
    const auto finished = finish(m_digest, OpenUpload::source("bytes"));
    QVERIFY(finished);
    QTEST(finished->isConfirmed, "isConfirmed");
}

void TestFinishUploadJob::tellsThatTheBytesAreOthers()
{
    const auto finished = finish(m_digest, OpenUpload::source("other"));
    QVERIFY(!finished);
    QCOMPARE(finished.error().serverCode, u"DIGEST_INVALID"_s);
    QVERIFY(stored().isNull());
}

void TestFinishUploadJob::tellsThatTheAnswerWasLost()
{
    m_upload->registry.intercept([](const TestRequest &, const TestConnection &c) {
        c.sendRaw("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\n");
        c.close();
        return true;
    });
    const auto finished = finish(m_digest, OpenUpload::source("bytes"));
    QVERIFY(!finished);
    QCOMPARE(finished.error().kind, Error::Kind::Ambiguous);
    QCOMPARE(m_upload->registry.count("PUT"), qsizetype(1));
}

QTEST_GUILESS_MAIN(TestFinishUploadJob)
#include "tst_finishuploadjob.moc"
