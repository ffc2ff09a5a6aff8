// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferqueue.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = Transfer::State;

class TestTransferQueue : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void runsAFewAtOnceInTheirOrder();
    void startsTheNextWhateverBecameOfTheLast();
    void startsNoneWhenAllAreCancelled();
    void triesOnlyWhatFailedAgain();
    void triesAgainBehindThoseThatRun();
    void leavesThePlaceOfAPausedOneToOthers();
    void cancelsWhatIsPaused();
    void startsInTheOrderThatWasChosen();
    void runsMoreAtOnceWhenTold();
    void removesWhatAFailureLeft();
    void forgetsOnlyWhatHasEnded();
    void tellsWhatHappens();
    void leavesNothingBehindWhenItGoes();

private:
    [[nodiscard]] Transfer *add(const QByteArray &content);
    [[nodiscard]] QList<State> states() const;
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
    }

    std::shared_ptr<FakeConnection> m_connection;
    std::unique_ptr<HeldRequests> m_held; ///< All blobs wait here.
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TransferQueue> m_queue;
};

void TestTransferQueue::init()
{
    m_connection = std::make_shared<FakeConnection>();
    m_held = std::make_unique<HeldRequests>(m_connection->registry, "GET", u"/blobs/"_s);
    m_folder = std::make_unique<QTemporaryDir>();
    m_queue = std::make_unique<TransferQueue>(2);
}

void TestTransferQueue::cleanup()
{
    m_queue.reset();
    m_held.reset();
}

Transfer *TestTransferQueue::add(const QByteArray &content)
{
    const Descriptor blob = m_connection->registry.addBlob(u"a"_s, content);
    return m_queue->add(blobTransfer(std::shared_ptr<Session>(m_connection, &m_connection->session),
                                     {*RepositoryName::parse(u"a"), blob.digest, blob.size,
                                      m_folder->filePath(QString::fromLatin1(content))},
                                     {}));
}

QList<State> TestTransferQueue::states() const
{
    QList<State> result;
    for (const Transfer *transfer : m_queue->transfers())
        result.append(transfer->state());
    return result;
}

void TestTransferQueue::runsAFewAtOnceInTheirOrder()
{
    for (const char *content : {"a", "b", "c", "d"})
        QVERIFY(add(content));
    QCOMPARE(states(),
             (QList<State>{State::Running, State::Running, State::Waiting, State::Waiting}));
    QCOMPARE(m_queue->activeCount(), qsizetype(4));
    QTRY_COMPARE(m_held->count(), qsizetype(2));
    m_held->answerOne();
    QTRY_COMPARE(states().count(State::Finished), qsizetype(1));
    QCOMPARE(states().mid(2), (QList<State>{State::Running, State::Waiting}));
    m_held->release();
    QTRY_COMPARE(states(), QList<State>(4, State::Finished));
    QCOMPARE(m_queue->activeCount(), qsizetype(0));
    QCOMPARE(files(), (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
}

void TestTransferQueue::startsTheNextWhateverBecameOfTheLast()
{
    m_connection->registry.failNext("GET", Digest::ofBytes("b").toString(), {404});
    Transfer *cancelled = add("a");
    Transfer *failed = add("b");
    Transfer *third = add("c");
    Transfer *fourth = add("d");
    Transfer *fifth = add("e");
    fifth->cancel();
    QCOMPARE(fifth->state(), State::Cancelled); // It was only waiting.
    QTRY_COMPARE(failed->state(), State::Failed);
    QCOMPARE(third->state(), State::Running);
    QCOMPARE(fourth->state(), State::Waiting);
    cancelled->cancel();
    QTRY_COMPARE(cancelled->state(), State::Cancelled);
    QCOMPARE(fourth->state(), State::Running);
    m_held->release();
    QTRY_COMPARE(m_queue->activeCount(), qsizetype(0));
    QTRY_COMPARE(files(), (QStringList{u"c"_s, u"d"_s}));
}

void TestTransferQueue::startsNoneWhenAllAreCancelled()
{
    for (const char *content : {"a", "b", "c", "d"})
        QVERIFY(add(content));
    const QSignalSpy ended(m_queue.get(), &TransferQueue::ended);
    m_queue->cancelAll();
    QTRY_COMPARE(ended.size(), qsizetype(4));
    QCOMPARE(states(), QList<State>(4, State::Cancelled));
    QCOMPARE(m_queue->activeCount(), qsizetype(0));
    QVERIFY(m_connection->registry.count("GET") <= 2);
    QTRY_COMPARE(files(), QStringList());
}

void TestTransferQueue::triesOnlyWhatFailedAgain()
{
    m_connection->registry.failNext("GET", u"/blobs/"_s, {404});
    Transfer *transfer = add("a");
    m_queue->retry(transfer); // It runs.
    QTRY_COMPARE(transfer->state(), State::Failed);
    QCOMPARE(m_connection->registry.count("GET"), qsizetype(1));
    m_held->release();
    m_queue->retry(transfer);
    QTRY_COMPARE(transfer->state(), State::Finished);
    m_queue->retry(transfer);
    QCOMPARE(transfer->state(), State::Finished);
    QCOMPARE(m_connection->registry.count("GET"), qsizetype(2));
}

void TestTransferQueue::triesAgainBehindThoseThatRun()
{
    Transfer *first = add("a");
    QVERIFY(add("b"));
    QVERIFY(add("c"));
    first->cancel();
    QTRY_COMPARE(first->state(), State::Cancelled);
    m_queue->retry(first);
    QCOMPARE(states(), (QList<State>{State::Waiting, State::Running, State::Running}));
    QVERIFY(!first->error());
    QCOMPARE(first->done(), qint64(0));
    m_held->release();
    QTRY_COMPARE(states(), QList<State>(3, State::Finished));
}

void TestTransferQueue::leavesThePlaceOfAPausedOneToOthers()
{
    Transfer *first = add("a");
    QVERIFY(add("b"));
    QVERIFY(add("c"));
    first->pause();
    QTRY_COMPARE(states(), (QList<State>{State::Paused, State::Running, State::Running}));
    QCOMPARE(m_queue->activeCount(), qsizetype(3));
    m_queue->resume(first);
    QCOMPARE(first->state(), State::Waiting);
    first->pause();
    QCOMPARE(first->state(), State::Paused); // It was only waiting.
    m_held->release();
    QTRY_COMPARE(states(), (QList<State>{State::Paused, State::Finished, State::Finished}));
}

void TestTransferQueue::cancelsWhatIsPaused()
{
    Transfer *transfer = add("a");
    QTRY_COMPARE(m_held->count(), qsizetype(1));
    transfer->pause();
    transfer->cancel(); // It has changed its mind before the job has ended.
    QTRY_COMPARE(transfer->state(), State::Cancelled);
    m_queue->retry(transfer);
    transfer->pause();
    QTRY_COMPARE(transfer->state(), State::Paused);
    transfer->cancel();
    QCOMPARE(transfer->state(), State::Cancelled);
}

void TestTransferQueue::startsInTheOrderThatWasChosen()
{
    for (const char *content : {"a", "b", "c"})
        QVERIFY(add(content));
    Transfer *last = add("d");
    const QSignalSpy moved(m_queue.get(), &TransferQueue::moved);
    m_queue->move(last, 2);
    QCOMPARE(moved.size(), qsizetype(1));
    m_queue->move(last, 2);
    QCOMPARE(moved.size(), qsizetype(1)); // It is there.
    QTRY_COMPARE(m_held->count(), qsizetype(2));
    m_held->answerOne();
    QTRY_COMPARE(last->state(), State::Running);
    m_queue->move(last, 99);
    QCOMPARE(m_queue->transfers().last(), last);
}

void TestTransferQueue::runsMoreAtOnceWhenTold()
{
    for (const char *content : {"a", "b", "c", "d"})
        QVERIFY(add(content));
    m_queue->setLimit(3);
    QCOMPARE(states().count(State::Running), qsizetype(3));
    m_queue->setLimit(0);
    QCOMPARE(m_queue->limit(), 1);
    QCOMPARE(states().count(State::Running), qsizetype(3)); // What runs goes on.
}

void TestTransferQueue::removesWhatAFailureLeft()
{
    const Digest digest = Digest::ofBytes("abc");
    const QString part = m_folder->filePath(u".abc."_s + digest.encoded().left(32) + u".kept"_s);
    QVERIFY(SafeFile::writeFile(part, "a"));
    m_connection->registry.failNext("GET", u"/blobs/"_s, {404});
    Transfer *transfer = add("abc");
    QTRY_COMPARE(transfer->state(), State::Failed);
    QCOMPARE(files().size(), qsizetype(1)); // It may be tried again.
    m_queue->clearEnded();
    QTRY_COMPARE(files(), QStringList());
}

void TestTransferQueue::forgetsOnlyWhatHasEnded()
{
    Transfer *first = add("a");
    Transfer *second = add("b");
    first->cancel();
    QTRY_COMPARE(first->state(), State::Cancelled);
    const QSignalSpy removed(m_queue.get(), &TransferQueue::removed);
    const QSignalSpy gone(first, &QObject::destroyed);
    m_queue->clearEnded();
    QCOMPARE(m_queue->transfers(), QList<Transfer *>{second});
    QCOMPARE(removed.size(), qsizetype(1));
    QTRY_COMPARE(gone.size(), qsizetype(1));
}

void TestTransferQueue::tellsWhatHappens()
{
    const QSignalSpy added(m_queue.get(), &TransferQueue::added);
    const QSignalSpy ended(m_queue.get(), &TransferQueue::ended);
    Transfer *transfer = add("a");
    QCOMPARE(added.size(), qsizetype(1));
    QCOMPARE(added.first().first().value<Transfer *>(), transfer);
    QCOMPARE(ended.size(), qsizetype(0));
    m_held->release();
    QTRY_COMPARE(ended.size(), qsizetype(1));
    QCOMPARE(ended.first().first().value<Transfer *>(), transfer);
}

void TestTransferQueue::leavesNothingBehindWhenItGoes()
{
    QVERIFY(add("a"));
    QTRY_COMPARE(m_held->count(), qsizetype(1));
    m_queue.reset();
    QTRY_COMPARE(files(), QStringList());
}

QTEST_GUILESS_MAIN(TestTransferQueue)
#include "tst_transferqueue.moc"
