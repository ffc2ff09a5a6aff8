// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferqueue.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/testimages.h"

#include <QFileInfo>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = Transfer::State;

class TestTransfer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void waitsUntilItsTurnComes();
    void tellsHowFarItIs();
    void tellsWhatItIsBusyWith_data();
    void tellsWhatItIsBusyWith();
    void tellsWhenItTriesAgain();
    void provesWhatItBrought();
    void keepsTheReasonOfAFailure();
    void isNoFailureWhenCancelled();
    void endsOnceHoweverOftenItIsCancelled();
    void goesOnWithWhatWasPaused();
    void keepsTheSessionAlive();

private:
    [[nodiscard]] TransferTask layer(const QByteArray &content);

    std::shared_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTransfer::init()
{
    m_connection = std::make_shared<FakeConnection>();
    m_folder = std::make_unique<QTemporaryDir>();
}

TransferTask TestTransfer::layer(const QByteArray &content)
{
    const Descriptor blob = m_connection->registry.addBlob(u"a"_s, content);
    return blobTransfer(
        std::shared_ptr<Session>(m_connection, &m_connection->session),
        {*RepositoryName::parse(u"a"), blob.digest, blob.size, m_folder->filePath(u"layer.tar"_s)},
        u"a:1, layer 1"_s);
}

void TestTransfer::waitsUntilItsTurnComes()
{
    const Transfer transfer(layer("hello"), nullptr);
    QCOMPARE(transfer.state(), State::Waiting);
    QVERIFY(!transfer.isOver());
    QCOMPARE(transfer.fileName(), u"layer.tar"_s);
    QCOMPARE(transfer.done(), qint64(0));
    QCOMPARE(transfer.total(), qint64(5));
    QVERIFY(!transfer.error() && !transfer.result());
    QVERIFY(m_connection->registry.requests().isEmpty());
}

void TestTransfer::tellsHowFarItIs()
{
    const QByteArray content(3'000'000, 'x');
    TransferQueue queue;
    const Transfer *transfer = queue.add(layer(content));
    QList<qint64> seen;
    connect(transfer, &Transfer::changed, this, [&] { seen.append(transfer->done()); });
    QTRY_COMPARE(transfer->state(), State::Finished);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QCOMPARE(seen.last(), content.size());
    QCOMPARE(transfer->total(), content.size());
}

void TestTransfer::tellsWhatItIsBusyWith_data()
{
    using Form = ImagePlace::Form;
    QTest::addColumn<Form>("form");
    QTest::addColumn<bool>("isWritten"); // Of what was brought before.
    QTest::newRow("layout") << Form::OciFolder << false;
    QTest::newRow("archive") << Form::OciArchive << true;
}

void TestTransfer::tellsWhatItIsBusyWith()
{
    QFETCH(const ImagePlace::Form, form);
    QFETCH(const bool, isWritten);
    FakeRegistry &registry = m_connection->registry;
    TestImages::addImage(registry, u"a"_s, u"1"_s);
    HeldRequests held(registry, "GET", u"/blobs/"_s);
    TransferQueue queue;
    Transfer *transfer = queue.add(imageTransfer(
        std::shared_ptr<Session>(m_connection, &m_connection->session),
        {.source = {registry.host(), *RepositoryName::parse(u"a"), *Tag::parse(u"1"), {}},
         .place = {form, m_folder->filePath(u"out"_s)}},
        u"a:1"_s));
    QList<TransferPhase> phases{transfer->phase()};
    connect(transfer, &Transfer::changed, this, [&] {
        if (transfer->phase() != phases.last())
            phases.append(transfer->phase());
    });
    QTRY_VERIFY(held.count() > 0);
    held.release();
    QTRY_COMPARE(transfer->state(), State::Finished);
    QList<TransferPhase> expected{TransferPhase::Looking, TransferPhase::Bringing};
    if (isWritten)
        expected.append(TransferPhase::Writing);
    QCOMPARE(phases, expected);
}

void TestTransfer::tellsWhenItTriesAgain()
{
    const TransferTask task = layer("hello");
    m_connection->registry.failNext("GET", u"/blobs/"_s, {503, {}, {{"Retry-After", "30"}}});
    TransferQueue queue;
    const Transfer *transfer = queue.add(task);
    QTRY_VERIFY(transfer->retry());
    QCOMPARE(transfer->retry()->reason.httpStatus, 503);
    QVERIFY(transfer->retry()->seconds > 0);
    QCOMPARE(transfer->state(), State::Running);
}

void TestTransfer::provesWhatItBrought()
{
    TransferQueue queue;
    const Transfer *transfer = queue.add(layer("hello"));
    QTRY_VERIFY(transfer->isOver());
    QCOMPARE(transfer->state(), State::Finished);
    QVERIFY(transfer->result());
    QCOMPARE(transfer->result()->digest, Digest::ofBytes("hello"));
    QCOMPARE(transfer->result()->size, qint64(5));
    QVERIFY(QFile::exists(transfer->task().path));
}

void TestTransfer::keepsTheReasonOfAFailure()
{
    m_connection->registry.failNext("GET", u"/blobs/"_s, {404});
    TransferQueue queue;
    Transfer *transfer = queue.add(layer("hello"));
    QTRY_VERIFY(transfer->isOver());
    QCOMPARE(transfer->state(), State::Failed);
    QCOMPARE(transfer->error()->kind, Error::Kind::NotFound);
    QVERIFY(!transfer->result());
    queue.retry(transfer);
    QVERIFY(!transfer->error()); // The next attempt has its own.
    QTRY_COMPARE(transfer->state(), State::Finished);
}

void TestTransfer::isNoFailureWhenCancelled()
{
    HeldRequests held(m_connection->registry, "GET", u"/blobs/"_s);
    TransferQueue queue;
    Transfer *transfer = queue.add(layer("hello"));
    QTRY_COMPARE(held.count(), qsizetype(1));
    transfer->cancel();
    QTRY_COMPARE(transfer->state(), State::Cancelled);
    QVERIFY(transfer->isOver());
}

void TestTransfer::endsOnceHoweverOftenItIsCancelled()
{
    const HeldRequests held(m_connection->registry, "GET", u"/blobs/"_s);
    TransferQueue queue(1);
    Transfer *running = queue.add(layer("hello"));
    Transfer *waiting = queue.add(layer("world"));
    const QSignalSpy ended(&queue, &TransferQueue::ended);
    for (int i = 0; i < 3; ++i) {
        waiting->cancel();
        running->cancel();
    }
    QTRY_COMPARE(running->state(), State::Cancelled);
    running->cancel();
    QCOMPARE(ended.size(), qsizetype(2));
}

void TestTransfer::goesOnWithWhatWasPaused()
{
    const QByteArray content = QByteArray(200'000, 'a') + QByteArray(100'000, 'b');
    m_connection->registry.intercept(
        [content](const TestRequest &request, const TestConnection &connection) {
            if (!request.header("range").isEmpty())
                return false;
            connection.sendRaw("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n"
                               + content.first(100'000));
            return true; // The rest never comes.
        });
    const QString key = Digest::ofBytes(content).encoded().left(32);
    TransferQueue queue;
    Transfer *transfer = queue.add(layer(content));
    QTRY_COMPARE(QFileInfo(m_folder->filePath(u".layer.tar."_s + key + u".kept"_s)).size(),
                 100'000);
    // Another thread still has the part when it is asked for again.
    QSemaphore isAsked;
    m_connection->network.transfers.address().post([&] { isAsked.acquire(); });
    transfer->pause();
    QTRY_COMPARE(transfer->state(), State::Paused);
    QVERIFY(!transfer->isOver() && !transfer->error());
    queue.resume(transfer);
    QCoreApplication::processEvents();
    std::atomic<bool> hasComeLater = false; // In the pool, behind whoever asks.
    QThreadPool::globalInstance()->start([&] { hasComeLater = true; });
    QTRY_VERIFY(hasComeLater);
    isAsked.release();
    QTRY_COMPARE(transfer->state(), State::Finished);
    QCOMPARE(m_connection->registry.requests().last().header("range"), "bytes=100000-");
}

void TestTransfer::keepsTheSessionAlive()
{
    const std::weak_ptr<FakeConnection> connection = m_connection;
    TransferQueue queue;
    const Transfer *transfer = queue.add(layer("hello"));
    m_connection.reset();
    QTRY_COMPARE(transfer->state(), State::Finished);
    QVERIFY(!connection.expired());
    queue.clearEnded();
    QTRY_VERIFY(connection.expired());
}

QTEST_GUILESS_MAIN(TestTransfer)
#include "tst_transfer.moc"
