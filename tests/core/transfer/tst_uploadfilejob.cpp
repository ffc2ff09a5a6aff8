// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/uploadfilejob.h"
#include "support/fakeupload.h"
#include "support/heldworkers.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using How = UploadedBlob::How;

class TestUploadFileJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sendsALargeFileInParts();
    void hashesASmallFileFirst();
    void hashesAFileFirstThatWasJustWritten();
    void keepsNoUploadOfWhatIsThere();
    void sendsAgainWhenTheRegistryTakesNoPart_data();
    void sendsAgainWhenTheRegistryTakesNoPart();
    void findsWhatIsThereThoughNothingMayBeSent();
    void endsAtOnceWhenNothingMayBeRead();
    void asksForTheBlobWhenTheLastAnswerIsLost();
    void uploadsNothingOfAFileThatChanged_data(); // UPL-20
    void uploadsNothingOfAFileThatChanged();
    void takesNothingButFiles();
    void givesUpTheUploadWhenCancelled();

private:
    /// The files of these tests are young, but change only when told.
    [[nodiscard]] UploadFileJob *job(std::chrono::seconds tick = {}) const
    {
        return new UploadFileJob(m_upload->connection.session, *RepositoryName::parse(u"a"),
                                 m_upload->path(), tick);
    }
    [[nodiscard]] FakeRegistry &registry() const { return m_upload->registry; }

    std::unique_ptr<FakeUpload> m_upload;
};

void TestUploadFileJob::init()
{
    m_upload = std::make_unique<FakeUpload>(QByteArray(16 * 1024 * 1024, 'a') + QByteArray(5, 'b'));
}

void TestUploadFileJob::sendsALargeFileInParts()
{
    HeldWorkers workers; // Or the file may be hashed before anything is sent.
    registry().intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "PATCH")
            workers.release();
        return false;
    });
    const auto result = outcomeOf(job());
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->digest, m_upload->digest());
    QCOMPARE(result->size, m_upload->content.size());
    QCOMPARE(result->how, How::Uploaded);
    QVERIFY(m_upload->isStored());
    // The rest goes with the last request, or by itself before: whether the file was hashed by then.
    const QByteArrayList changes = m_upload->changes();
    QCOMPARE(changes.first(2) + changes.last(1), QByteArrayList({"POST", "PATCH", "PUT"}));
    QCOMPARE(m_upload->ranges().first(), "0-16777215");
    const qint64 inLast =
        m_upload->registry.requests().last().header("content-length").toLongLong();
    QCOMPARE(inLast, m_upload->ranges().size() == 1 ? 5 : 0);
}

void TestUploadFileJob::hashesASmallFileFirst()
{
    m_upload->content.truncate(UploadFileJob::leastToSendUnhashed - 1);
    m_upload->write(m_upload->content);
    registry().addBlob(u"a"_s, m_upload->content);
    const auto result = outcomeOf(job());
    QVERIFY(result);
    QCOMPARE(result->how, How::WasThere);
    QCOMPARE(m_upload->changes(), QByteArrayList());
}

void TestUploadFileJob::hashesAFileFirstThatWasJustWritten()
{
    QVERIFY(outcomeOf(job(std::chrono::hours(1))));
    QVERIFY(m_upload->isStored());
    QCOMPARE(m_upload->ranges(), QByteArrayList());
}

/// Whenever that is found out: what has been sent by then is given up.
void TestUploadFileJob::keepsNoUploadOfWhatIsThere()
{
    registry().addBlob(u"a"_s, m_upload->content);
    const auto result = outcomeOf(job());
    QVERIFY(result);
    QCOMPARE(result->digest, m_upload->digest());
    QCOMPARE(result->how, How::WasThere);
    QCOMPARE(registry().count("PUT"), 0);
    QTRY_COMPARE(registry().uploads.openCount(), 0);
}

void TestUploadFileJob::sendsAgainWhenTheRegistryTakesNoPart_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("refuses it") << 405;
    QTest::newRow("finds it too large") << 413;
    QTest::newRow("breaks") << 500;
    QTest::newRow("takes a part of it") << 202;
}

void TestUploadFileJob::sendsAgainWhenTheRegistryTakesNoPart()
{
    QFETCH(int, status);
    HeldWorkers workers;
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PATCH")
            return false;
        workers.release();
        connection.answer({status, {}, {{"Location", request.target}, {"Range", "0-99"}}});
        return true;
    });
    UploadFileJob *upload = job();
    int startsOver = 0;
    connect(upload, &UploadFileJob::startedOver, this, [&] { ++startsOver; });
    const auto result = outcomeOf(upload);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->how, How::Uploaded);
    QCOMPARE(startsOver, 1);
    QTRY_VERIFY(m_upload->isStored()); // And the first upload is given up.
}

void TestUploadFileJob::findsWhatIsThereThoughNothingMayBeSent()
{
    registry().addBlob(u"a"_s, m_upload->content);
    registry().failNext("POST", u"/uploads/"_s, {405});
    const auto result = outcomeOf(job());
    QVERIFY(result);
    QCOMPARE(result->how, How::WasThere);
}

void TestUploadFileJob::endsAtOnceWhenNothingMayBeRead()
{
    registry().intercept([](const TestRequest &request, const TestConnection &connection) {
        if (request.method == "POST")
            connection.answer({401, {}, {{"WWW-Authenticate", "Basic realm=\"a\""}}});
        return request.method == "POST";
    });
    const auto result = outcomeOf(job());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Unauthorized);
}

void TestUploadFileJob::asksForTheBlobWhenTheLastAnswerIsLost()
{
    registry().failNext("PUT", u"/uploads/"_s, {500});
    const auto result = outcomeOf(job());
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->how, How::Uploaded);
    QTRY_VERIFY(m_upload->isStored());
}

void TestUploadFileJob::uploadsNothingOfAFileThatChanged_data()
{
    QTest::addColumn<QString>("change");
    for (const auto *change : {"grows", "shrinks", "is rewritten", "is deleted"})
        QTest::newRow(change) << QString::fromLatin1(change);
}

void TestUploadFileJob::uploadsNothingOfAFileThatChanged()
{
    QFETCH(QString, change);
    registry().intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method != "POST")
            return false;
        QFile file(m_upload->path());
        if (change == "is deleted"_L1)
            file.remove();
        if (change == "is rewritten"_L1 && file.open(QIODevice::ReadWrite))
            file.write("other");
        if (change == "grows"_L1 || change == "shrinks"_L1)
            file.resize(m_upload->content.size() + (change == "grows"_L1 ? 1 : -1));
        return false;
    });
    const auto result = outcomeOf(job());
    QVERIFY(!result);
    QVERIFY(result.error().kind == Error::Kind::Changed
            || result.error().kind == Error::Kind::LocalFile); // Deleted before it was hashed.
    QCOMPARE(registry().count("PUT"), 0);
}

void TestUploadFileJob::takesNothingButFiles()
{
    QVERIFY(QFile::remove(m_upload->path()));
    const auto result = outcomeOf(job());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::LocalFile);
    QCOMPARE(registry().requests().size(), 0);
}

void TestUploadFileJob::givesUpTheUploadWhenCancelled()
{
    UploadFileJob *upload = job();
    registry().setInterruption([&](const TestRequest &, const TestConnection &) {
        upload->cancel();
        return true; // What else has been sent does not count.
    });
    const auto result = outcomeOf(upload);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Cancelled);
    QTRY_COMPARE(registry().uploads.openCount(), 0);
    QCOMPARE(registry().count("PUT"), 0);
}

QTEST_GUILESS_MAIN(TestUploadFileJob)
#include "tst_uploadfilejob.moc"
