// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copytransfer.h"
#include "core/cleanup/transferjournal.h"
#include "core/registry/registrysession.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/fakejournal.h"
#include "support/outcome.h"
#include "support/testtabs.h"
#include "support/uitest.h"
#include "ui/presenters/transferkeeper.h"

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = Transfer::State;

/// What the journal says of copies that an earlier program began.
class TestTransferKeeperJournal : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void tellsOfACopyThatGoesOnAfterARestart();
    void tellsOfACopyThatIsGivenUpAfterItsTagWasSet();
    void tellsOfACopyOnceThatAnotherRestartInterrupted();

private:
    void begin();
    void restart();
    void holdTheReadBack();
    void pause();
    [[nodiscard]] Transfer *only() const { return m_queue->transfers().value(0); }
    [[nodiscard]] FakeRegistry &registry() const { return m_test->registry; }

    QTemporaryDir m_home;
    std::unique_ptr<TestTabs> m_test;
    std::shared_ptr<FakeJournal> m_journal;
    std::unique_ptr<TransferQueue> m_queue;
    std::unique_ptr<TransferStore> m_store;
    std::unique_ptr<TransferJournal> m_writer;
    std::unique_ptr<TransferKeeper> m_keeper;
    std::optional<Digest> m_image;
    bool m_isReadBack = false; ///< And waits for an answer.
};

void TestTransferKeeperJournal::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit()); // For backups.
}

/// A paused copy of "app:1" to "b:2" is brought back.
void TestTransferKeeperJournal::init()
{
    m_test = std::make_unique<TestTabs>();
    m_journal = std::make_shared<FakeJournal>();
    m_isReadBack = false;
    m_image = TestImages::addImage(registry(), u"app"_s, u"1"_s);
    registry().addRepository(u"b"_s);
    restart();
    begin();
    restart();
}

void TestTransferKeeperJournal::cleanup()
{
    m_keeper.reset();
    m_writer.reset();
    m_queue.reset();
    m_test.reset();
}

void TestTransferKeeperJournal::begin()
{
    const auto session = m_test->registries.session(m_test->connectToRegistry());
    const auto plan =
        outcomeOf(new PlanImageCopyJob(*session, *session,
                                       {*RepositoryName::parse(u"app"), *Tag::parse(u"1"),
                                        *RepositoryName::parse(u"b"), *Tag::parse(u"2")}));
    QVERIFY(plan);
    m_queue->add(copyTransfer(session, session, *plan, u"here"_s));
    pause();
}

void TestTransferKeeperJournal::restart()
{
    m_keeper.reset();
    m_writer.reset();
    m_store.reset(); // Which lets go of its lock.
    m_queue = std::make_unique<TransferQueue>(1);
    m_store = std::make_unique<TransferStore>(m_test->folder.filePath(u"transfers"_s));
    m_writer = std::make_unique<TransferJournal>(*m_queue, m_journal);
    m_keeper = std::make_unique<TransferKeeper>(*m_queue, m_test->registries, *m_store);
}

void TestTransferKeeperJournal::pause()
{
    only()->pause();
    QTRY_COMPARE_WITH_TIMEOUT(only()->state(), State::Paused, 20'000);
}

void TestTransferKeeperJournal::holdTheReadBack()
{
    registry().intercept([this, isSet = false](const TestRequest &request,
                                               const TestConnection &) mutable {
        m_isReadBack = m_isReadBack || (isSet && request.method == "GET");
        isSet = isSet || (request.method == "PUT" && request.path().endsWith("/manifests/2"_L1));
        return m_isReadBack; // Never answered.
    });
    m_queue->resume(only());
    QTRY_VERIFY_WITH_TIMEOUT(m_isReadBack, 20'000);
}

void TestTransferKeeperJournal::tellsOfACopyThatGoesOnAfterARestart()
{
    m_queue->resume(only());
    QTRY_COMPARE_WITH_TIMEOUT(only()->state(), State::Finished, 20'000);
    QCOMPARE(m_journal->finished.size(), qsizetype(1));
    const JournalRun run = m_journal->finished.first();
    QCOMPARE(run.kind, JournalRun::Kind::Copy);
    QCOMPARE(run.items, (QList<JournalItem>{{*m_image, {*Tag::parse(u"2")}, {u"stored"_s}}}));
}

void TestTransferKeeperJournal::tellsOfACopyThatIsGivenUpAfterItsTagWasSet()
{
    holdTheReadBack();
    only()->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(only()->state(), State::Cancelled, 20'000);
    QCOMPARE(m_journal->finished.size(), qsizetype(1));
    const JournalItem item = m_journal->finished.first().items.first();
    QCOMPARE(item.manifest, *m_image);
    QCOMPARE(item.tags, QList<Tag>{*Tag::parse(u"2")});
    QCOMPARE(item.result.state, u"unverified"_s);
}

/// It is carried out once more, and then read back.
void TestTransferKeeperJournal::tellsOfACopyOnceThatAnotherRestartInterrupted()
{
    holdTheReadBack();
    pause();
    restart();
    registry().forgetInterceptors();
    QCOMPARE(registry().tags(u"b"_s), QStringList{u"2"_s});
    m_queue->resume(only());
    QTRY_COMPARE_WITH_TIMEOUT(only()->state(), State::Finished, 20'000);
    QCOMPARE(m_journal->finished.size(), qsizetype(1));
    QCOMPARE(m_journal->finished.first().items.first().result.state, u"stored"_s);
}

LONGSHORE_UI_TEST(TestTransferKeeperJournal)
#include "tst_transferkeeper_journal.moc"
