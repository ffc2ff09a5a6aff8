// SPDX-License-Identifier: Apache-2.0
#include "support/fakeupload.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What goes wrong. The identifiers are those of the catalogue of faults.
class TestUploadBlobJobFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void startsOverWhenTheUploadIsForgotten(); // UPL-05
    void goesOnAfterARangeThatDoesNotFit(); // UPL-06
    void survivesABrokenConnection_data(); // UPL-10
    void survivesABrokenConnection();
    void looksWhatBecameOfALostAnswer(); // UPL-12
    void looksWhatBecameOfAFailedEnd(); // UPL-11
    void sendsAgainWhatWasNotStored(); // UPL-13
    void givesUpWhenTheServerHasGone();
    void endsWithTheWholeWhereTheRegistryCountsWrongly_data();
    void endsWithTheWholeWhereTheRegistryCountsWrongly();
    void sendsNothingOfAFileThatChanged_data(); // UPL-20
    void sendsNothingOfAFileThatChanged();
    void givesUpTheUploadWhenCancelled(); // UPL-33

private:
    /// Resets the first request with a body when so many bytes of that have come.
    void breakOnceAfter(qint64 bytes);
    /// Loses the answer to the first PUT, which is carried out or not.
    void loseAnswer(bool isStored);

    std::unique_ptr<FakeUpload> m_upload;
    bool m_wasLost = false; ///< What came before the connection broke.
};

void TestUploadBlobJobFaults::init()
{
    m_wasLost = false;
    // More than the system keeps in its buffers on the way.
    m_upload = std::make_unique<FakeUpload>(QByteArray(12'000'000, 'a') + QByteArray(500'000, 'b'));
}

void TestUploadBlobJobFaults::breakOnceAfter(qint64 bytes)
{
    auto isFirst = std::make_shared<bool>(true);
    m_upload->registry.setInterruption(
        [this, bytes, isFirst](const TestRequest &soFar, const TestConnection &connection) {
            if (soFar.body.size() < bytes || !std::exchange(*isFirst, false))
                return false;
            m_upload->registry.uploads.keepBroken(soFar);
            m_wasLost = soFar.body.isEmpty() || m_upload->registry.uploads.behaviour.forgetsBroken;
            connection.reset();
            return true;
        });
}

void TestUploadBlobJobFaults::loseAnswer(bool isStored)
{
    auto isFirst = std::make_shared<bool>(true);
    m_upload->registry.intercept(
        [this, isStored, isFirst](const TestRequest &request, const TestConnection &connection) {
            if (request.method != "PUT" || !std::exchange(*isFirst, false))
                return false;
            if (isStored)
                m_upload->registry.answerNormally(request, TestConnection(nullptr));
            connection.reset();
            return true;
        });
}

void TestUploadBlobJobFaults::startsOverWhenTheUploadIsForgotten()
{
    m_upload->partSize = 5'000'000;
    bool isFirst = true;
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.header("content-range").startsWith("5000000-") && std::exchange(isFirst, false))
            m_upload->registry.uploads.forgetAll();
        return false;
    });
    UploadBlobJob *job = m_upload->job();
    const QSignalSpy startedOver(job, &UploadBlobJob::startedOver);
    QVERIFY(outcomeOf(job));
    QTRY_VERIFY(m_upload->isStored());
    QCOMPARE(startedOver.count(), 1);
    QCOMPARE(m_upload->registry.count("POST"), 2);
    QCOMPARE(m_upload->registry.count("DELETE"), 0); // There is nothing left to give up.
}

void TestUploadBlobJobFaults::goesOnAfterARangeThatDoesNotFit()
{
    m_upload->partSize = 5'000'000;
    bool isFirst = true;
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PATCH" || !std::exchange(isFirst, false))
            return false;
        TestRequest half = request; // It had taken a part, and refuses the request all the same.
        half.body.truncate(2'000'000);
        m_upload->registry.uploads.keepBroken(half);
        connection.answer(registryRefusal(416, "RANGE_INVALID", "no"));
        return true;
    });
    QVERIFY(m_upload->run());
    QTRY_VERIFY(m_upload->isStored());
    QCOMPARE(m_upload->registry.count("POST"), 1);
    QCOMPARE(m_upload->ranges().at(1), "2000000-6999999");
}

void TestUploadBlobJobFaults::survivesABrokenConnection_data()
{
    QTest::addColumn<qint64>("partSize");
    QTest::addColumn<qint64>("brokenAt");
    QTest::addColumn<bool>("forgets");
    for (const bool forgets : {false, true}) {
        for (const qint64 partSize : {0, 6'000'000}) {
            for (const qint64 brokenAt : {0, 1'000'000, 5'900'000})
                QTest::addRow("%s, parts of %d, at byte %d",
                              forgets ? "nothing is kept" : "the rest can follow", int(partSize),
                              int(brokenAt))
                    << partSize << brokenAt << forgets;
        }
    }
}

void TestUploadBlobJobFaults::survivesABrokenConnection()
{
    QFETCH(qint64, partSize);
    QFETCH(qint64, brokenAt);
    QFETCH(bool, forgets);
    m_upload->partSize = partSize;
    m_upload->registry.uploads.behaviour.forgetsBroken = forgets;
    breakOnceAfter(brokenAt);
    UploadBlobJob *job = m_upload->job();
    const QSignalSpy startedOver(job, &UploadBlobJob::startedOver);
    const auto result = outcomeOf(job);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QTRY_VERIFY(m_upload->isStored());
    QCOMPARE(startedOver.count(), m_wasLost ? 1 : 0);
}

void TestUploadBlobJobFaults::looksWhatBecameOfALostAnswer()
{
    loseAnswer(true);
    const auto result = m_upload->run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QTRY_VERIFY(m_upload->isStored());
    QCOMPARE(m_upload->changes(), QByteArrayList({"POST", "PUT"}));
}

void TestUploadBlobJobFaults::looksWhatBecameOfAFailedEnd()
{
    bool isFirst = true;
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PUT" || !std::exchange(isFirst, false))
            return false;
        m_upload->registry.answerNormally(request, TestConnection(nullptr));
        connection.answer({500, "out of order"});
        return true;
    });
    QVERIFY(m_upload->run());
    QTRY_VERIFY(m_upload->isStored());
    QCOMPARE(m_upload->changes(), QByteArrayList({"POST", "PUT"}));
}

void TestUploadBlobJobFaults::givesUpWhenTheServerHasGone()
{
    loseAnswer(false);
    m_upload->registry.intercept([](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "GET")
            return false;
        connection.reset();
        return true;
    });
    const auto result = m_upload->run();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Ambiguous);
    QCOMPARE(m_upload->registry.count("POST"), 1);
}

void TestUploadBlobJobFaults::sendsAgainWhatWasNotStored()
{
    loseAnswer(false);
    const auto result = m_upload->run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QTRY_VERIFY(m_upload->isStored());
}

void TestUploadBlobJobFaults::endsWithTheWholeWhereTheRegistryCountsWrongly_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::newRow("always the same") << QByteArray("0-1");
    QTest::newRow("more than was sent") << QByteArray("0-99999999");
}

void TestUploadBlobJobFaults::endsWithTheWholeWhereTheRegistryCountsWrongly()
{
    QFETCH(QByteArray, range);
    m_upload->partSize = 2'000'000;
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PATCH" && request.method != "GET")
            return false;
        connection.answer({202, {}, {{"Location", request.target}, {"Range", range}}});
        return true;
    });
    const auto result = m_upload->run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QTRY_VERIFY(m_upload->isStored());
    QVERIFY(m_upload->registry.count("PATCH") < 20);
}

void TestUploadBlobJobFaults::sendsNothingOfAFileThatChanged_data()
{
    QTest::addColumn<QString>("change");
    for (const auto *change : {"grows", "shrinks", "is rewritten", "is replaced", "is deleted"})
        QTest::newRow(change) << QString::fromLatin1(change);
}

void TestUploadBlobJobFaults::sendsNothingOfAFileThatChanged()
{
    QFETCH(QString, change);
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method != "POST")
            return false;
        QFile file(m_upload->path());
        if (change == "is deleted"_L1 || change == "is replaced"_L1)
            file.remove();
        if (change == "is replaced"_L1)
            m_upload->write(m_upload->content);
        if (change == "is rewritten"_L1 && file.open(QIODevice::ReadWrite))
            file.write("other");
        if (change == "grows"_L1 || change == "shrinks"_L1)
            file.resize(m_upload->content.size() + (change == "grows"_L1 ? 1 : -1));
        return false;
    });
    const auto result = m_upload->run();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Changed);
    QCOMPARE(m_upload->registry.count("PUT"), 0); // No whole one.
    QTRY_COMPARE(m_upload->registry.uploads.openCount(), 0);
}

void TestUploadBlobJobFaults::givesUpTheUploadWhenCancelled()
{
    UploadBlobJob *job = m_upload->job();
    m_upload->registry.setInterruption(
        [&, isFirst = std::make_shared<bool>(true)](const TestRequest &, const TestConnection &) {
            if (std::exchange(*isFirst, false))
                job->cancel();
            return false;
        });
    const auto result = outcomeOf(job);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Cancelled);
    QTRY_COMPARE(m_upload->registry.uploads.openCount(), 0);
    QCOMPARE(m_upload->registry.count("DELETE"), 1);
    QCOMPARE(m_upload->registry.count("PUT"), 0);
}

QTEST_GUILESS_MAIN(TestUploadBlobJobFaults)
#include "tst_uploadblobjob_faults.moc"
