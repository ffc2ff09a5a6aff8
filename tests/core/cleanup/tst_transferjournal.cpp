// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copytransfer.h"
#include "core/cleanup/transferjournal.h"
#include "core/transfer/planimagecopyjob.h"
#include "core/transfer/transferqueue.h"
#include "support/fakeconnection.h"
#include "support/fakejournal.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestTransferJournal : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void writesDownWhatWasStored();
    void writesDownWhatLostItsTag();
    void tellsARetagFromACopy();
    void writesNothingOfWhatFailed();
    void writesDownWhatWasNotReadBack();
    void writesDownWhatWasCancelledBeforeItWasReadBack();
    void writesNothingOfWhatIsOnlyRead();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    /// Brings "a:1" to the tag "2" of a repository.
    Transfer *copyTo(const QString &repository);
    Transfer *end(Transfer *transfer);

    QTemporaryDir m_home;
    std::shared_ptr<FakeConnection> m_connection;
    std::shared_ptr<FakeJournal> m_journal;
    std::unique_ptr<TransferQueue> m_queue;
    std::unique_ptr<TransferJournal> m_writer;
    std::optional<Digest> m_image;
};

void TestTransferJournal::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit());
}

void TestTransferJournal::init()
{
    m_writer.reset();
    m_queue = std::make_unique<TransferQueue>();
    m_connection = std::make_shared<FakeConnection>();
    m_journal = std::make_shared<FakeJournal>();
    m_writer = std::make_unique<TransferJournal>(*m_queue, m_journal);
    m_image = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    registry().addRepository(u"b"_s);
}

Transfer *TestTransferJournal::copyTo(const QString &repository)
{
    const std::shared_ptr<RegistrySession> session(m_connection, &m_connection->session);
    const auto plan =
        outcomeOf(new PlanImageCopyJob(*session, *session,
                                       {*RepositoryName::parse(u"a"), *Tag::parse(u"1"),
                                        *RepositoryName::parse(repository), *Tag::parse(u"2")}));
    if (!plan)
        qFatal("no plan: %s", qPrintable(plan.error().message));
    return m_queue->add(copyTransfer(session, session, *plan, u"here"_s));
}

Transfer *TestTransferJournal::end(Transfer *transfer)
{
    if (!QTest::qWaitFor([&] { return transfer->isOver(); }, 20'000))
        qFatal("the transfer comes to no end");
    return transfer;
}

void TestTransferJournal::writesDownWhatWasStored()
{
    QCOMPARE(end(copyTo(u"b"_s))->state(), Transfer::State::Finished);
    QCOMPARE(m_journal->finished.size(), qsizetype(1));
    const JournalRun run = m_journal->finished.first();
    QCOMPARE(run.kind, JournalRun::Kind::Copy);
    QCOMPARE(run.host, registry().host());
    QCOMPARE(run.repository, *RepositoryName::parse(u"b"));
    QCOMPARE(run.user, u"anonymous"_s);
    QCOMPARE(run.items, (QList<JournalItem>{{*m_image, {*Tag::parse(u"2")}, {u"stored"_s}}}));
}

void TestTransferJournal::writesDownWhatLostItsTag()
{
    const Digest old = TestImages::addImage(registry(), u"b"_s, u"2"_s, {.layers = {"old"}});
    end(copyTo(u"b"_s));
    QCOMPARE(m_journal->finished.size(), qsizetype(1));
    QCOMPARE(m_journal->finished.first().items.first().replaced, old);
    QVERIFY(m_journal->finished.first().backupFolder.startsWith(m_home.path()));
}

void TestTransferJournal::tellsARetagFromACopy()
{
    end(copyTo(u"a"_s));
    QCOMPARE(m_journal->finished.size(), qsizetype(1));
    QCOMPARE(m_journal->finished.first().kind, JournalRun::Kind::Tagging);
}

void TestTransferJournal::writesNothingOfWhatFailed()
{
    registry().failNext("PUT", u"/manifests/"_s, registryRefusal(403, "DENIED", "no"), 100);
    QCOMPARE(end(copyTo(u"b"_s))->state(), Transfer::State::Failed);
    QVERIFY(m_journal->finished.isEmpty());
}

void TestTransferJournal::writesDownWhatWasNotReadBack()
{
    const Digest old = TestImages::addImage(registry(), u"b"_s, u"2"_s, {.layers = {"old"}});
    bool isDown = false; // From the moment on when the tag is set.
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (isDown)
            connection.answer({500});
        const bool wasDown = isDown;
        isDown = isDown || (request.method == "PUT" && request.path().endsWith("/manifests/2"_L1));
        return wasDown;
    });
    Transfer *transfer = end(copyTo(u"b"_s));
    QCOMPARE(transfer->state(), Transfer::State::Failed);
    QCOMPARE(m_journal->finished.size(), qsizetype(1));
    const JournalItem item = m_journal->finished.first().items.first();
    QCOMPARE(item.manifest, *m_image);
    QCOMPARE(item.tags, QList<Tag>{*Tag::parse(u"2")});
    QCOMPARE(item.result.state, u"unverified"_s);
    QCOMPARE(item.result.message, transfer->error()->message);
    QCOMPARE(item.replaced, old);
    QVERIFY(!*transfer->task().unconfirmed); // It is not written down twice.
}

/// A paused one has no error of its own.
void TestTransferJournal::writesDownWhatWasCancelledBeforeItWasReadBack()
{
    bool isPlaced = false;
    bool isReadBack = false;
    registry().intercept([&](const TestRequest &request, const TestConnection &) {
        isReadBack = isReadBack || (isPlaced && request.method == "GET");
        isPlaced =
            isPlaced || (request.method == "PUT" && request.path().endsWith("/manifests/2"_L1));
        return isReadBack; // Never answered.
    });
    Transfer *transfer = copyTo(u"b"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isReadBack, 20'000);
    transfer->pause();
    QTRY_COMPARE_WITH_TIMEOUT(transfer->state(), Transfer::State::Paused, 20'000);
    QVERIFY(m_journal->finished.isEmpty());
    transfer->cancel();
    QVERIFY(!end(transfer)->error());
    QCOMPARE(m_journal->finished.size(), qsizetype(1));
    const JournalItem item = m_journal->finished.first().items.first();
    QCOMPARE(item.manifest, *m_image);
    QCOMPARE(item.result.state, u"unverified"_s);
    QCOMPARE(item.result.message, Error::cancelled().message);
}

void TestTransferJournal::writesNothingOfWhatIsOnlyRead()
{
    const std::shared_ptr<RegistrySession> session(m_connection, &m_connection->session);
    const QByteArray bytes = "a layer";
    const Descriptor blob = registry().addBlob(u"a"_s, bytes);
    const BlobDownload download{*RepositoryName::parse(u"a"), blob.digest, blob.size,
                                m_home.filePath(u"layer"_s)};
    QCOMPARE(end(m_queue->add(blobTransfer(session, download, u"a layer"_s)))->state(),
             Transfer::State::Finished);
    QVERIFY(m_journal->finished.isEmpty());
}

QTEST_GUILESS_MAIN(TestTransferJournal)
#include "tst_transferjournal.moc"
