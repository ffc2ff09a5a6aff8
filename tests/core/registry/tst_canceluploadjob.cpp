// SPDX-License-Identifier: Apache-2.0
#include "core/registry/canceluploadjob.h"
#include "support/openupload.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestCancelUploadJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void leavesNothingOpen();
    void triesOnce();
    void belongsToTheConnection();

private:
    [[nodiscard]] CancelUploadJob *job()
    {
        return new CancelUploadJob(m_upload->client(), m_upload->target, m_upload->session);
    }

    std::unique_ptr<OpenUpload> m_upload;
};

void TestCancelUploadJob::init()
{
    m_upload = std::make_unique<OpenUpload>();
}

void TestCancelUploadJob::leavesNothingOpen()
{
    QCOMPARE(m_upload->registry.uploads.openCount(), qsizetype(1));
    QVERIFY(outcomeOf(job()));
    QCOMPARE(m_upload->registry.uploads.openCount(), qsizetype(0));
    QCOMPARE(m_upload->registry.count("DELETE"), qsizetype(1));
    const auto again = outcomeOf(job());
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::NotFound);
}

void TestCancelUploadJob::triesOnce()
{
    // Others are tried again then; but nobody waits for this one.
    m_upload->registry.failNext("DELETE", u"/uploads/"_s, {503, {}, {}}, 9);
    QVERIFY(!outcomeOf(job()));
    QCOMPARE(m_upload->registry.count("DELETE"), qsizetype(1));
}

void TestCancelUploadJob::belongsToTheConnection()
{
    const QPointer<CancelUploadJob> running = job();
    QCOMPARE(running->parent(), &m_upload->client());
    running->start();
    m_upload.reset(); // Before an answer, or even the request.
    QVERIFY(!running);
}

QTEST_GUILESS_MAIN(TestCancelUploadJob)
#include "tst_canceluploadjob.moc"
