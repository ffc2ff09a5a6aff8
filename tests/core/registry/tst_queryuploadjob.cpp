// SPDX-License-Identifier: Apache-2.0
#include "core/registry/queryuploadjob.h"
#include "core/registry/sendblobpartjob.h"
#include "support/openupload.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestQueryUploadJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsWhatIsThereAndWhereItGoesOn();
    void staysWhereItIsWithoutANewPlace();
    void doesNotKnowWhatNobodySays();
    void tellsThatTheUploadIsForgotten();
    void followsNobodyElsewhere();

private:
    Result<UploadSession> query()
    {
        return outcomeOf(
            new QueryUploadJob(m_upload->client(), m_upload->target, m_upload->session));
    }

    std::unique_ptr<OpenUpload> m_upload;
};

void TestQueryUploadJob::init()
{
    m_upload = std::make_unique<OpenUpload>();
}

void TestQueryUploadJob::tellsWhatIsThereAndWhereItGoesOn()
{
    const auto sent = outcomeOf(new SendBlobPartJob(
        m_upload->client(), m_upload->target, m_upload->session, {0, OpenUpload::source("01234")}));
    QVERIFY(sent);
    m_upload->session = *sent;
    m_upload->session.smallestPart = 7;
    const auto answer = query();
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->received, std::optional<qint64>(5));
    QVERIFY(answer->location != sent->location);
    QCOMPARE(answer->smallestPart, 7);
    m_upload->session = *answer;
    QVERIFY(query()); // The new place is one.
}

void TestQueryUploadJob::staysWhereItIsWithoutANewPlace()
{
    m_upload->registry.failNext("GET", u"/uploads/"_s, {204, {}, {{"Range", "0-2"}}});
    const auto answer = query();
    QVERIFY(answer);
    QCOMPARE(answer->location, m_upload->session.location);
    QCOMPARE(answer->received, std::optional<qint64>(3));
}

void TestQueryUploadJob::doesNotKnowWhatNobodySays()
{
    m_upload->session.received = 99;
    m_upload->registry.failNext("GET", u"/uploads/"_s, {204, {}, {}});
    const auto answer = query();
    QVERIFY(answer);
    QVERIFY(!answer->received); // What was known before may be wrong by now.
}

void TestQueryUploadJob::tellsThatTheUploadIsForgotten()
{
    m_upload->registry.uploads.forgetAll();
    const auto answer = query();
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Error::Kind::NotFound);
}

void TestQueryUploadJob::followsNobodyElsewhere()
{
    TestServer other;
    other.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({204}); });
    m_upload->registry.failNext("GET", u"/uploads/"_s,
                                {307, {}, {{"Location", other.url().toEncoded()}}});
    const auto answer = query();
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Error::Kind::Policy);
    QVERIFY(other.requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestQueryUploadJob)
#include "tst_queryuploadjob.moc"
