// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copytransfer.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/outcome.h"
#include "support/testtabs.h"
#include "support/uitest.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/transferkeeper.h"
#include "ui/presenters/transferpresenter.h"

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = Transfer::State;

/// Transfers that need a sign-in before they go on.
class TestTransferKeeperSignIn : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void asksOnlyWhereItHelps();
    void tellsOfACopyOnlyWhereNobodyElseDoes();

private:
    /// A copy within the registry, which wants a sign-in from then on.
    [[nodiscard]] TransferTask refusedCopy() const;

    QTemporaryDir m_home;
    std::unique_ptr<TestTabs> m_test;
    std::unique_ptr<TransferQueue> m_queue;
    std::unique_ptr<TransferStore> m_store;
    std::unique_ptr<TransferListModel> m_model;
    std::unique_ptr<TransferPresenter> m_presenter;
    std::unique_ptr<TransferKeeper> m_keeper;
    QString m_id;
};

void TestTransferKeeperSignIn::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit()); // For backups.
}

void TestTransferKeeperSignIn::init()
{
    m_test = std::make_unique<TestTabs>();
    TestImages::addImage(m_test->registry, u"app"_s, u"1"_s);
    m_id = m_test->connectToRegistry();
    m_queue = std::make_unique<TransferQueue>(1);
    m_store = std::make_unique<TransferStore>(m_test->folder.filePath(u"transfers"_s));
    m_model = std::make_unique<TransferListModel>();
    m_presenter = std::make_unique<TransferPresenter>(*m_queue, *m_model);
    m_keeper = std::make_unique<TransferKeeper>(*m_queue, m_test->registries, *m_store);
    m_presenter->setSignInCheck([this](const Transfer *one) { return m_keeper->canSignIn(one); });
}

void TestTransferKeeperSignIn::cleanup()
{
    m_keeper.reset();
    m_presenter.reset();
    m_model.reset();
    m_store.reset();
    m_queue.reset();
    m_test.reset();
}

TransferTask TestTransferKeeperSignIn::refusedCopy() const
{
    const auto session = m_test->registries.session(m_id);
    const auto plan =
        outcomeOf(new PlanImageCopyJob(*session, *session,
                                       {*RepositoryName::parse(u"app"), *Tag::parse(u"1"),
                                        *RepositoryName::parse(u"b"), *Tag::parse(u"2")}));
    if (!plan)
        qFatal("no plan: %s", qPrintable(plan.error().message));
    m_test->registry.behaviour.signIn = FakeRegistry::SignIn::Basic;
    return copyTransfer(session, session, *plan, u"app:1"_s);
}

void TestTransferKeeperSignIn::asksOnlyWhereItHelps()
{
    const TransferTask kept = refusedCopy();
    TransferTask once = kept;
    once.order.reset();
    for (const TransferTask &task : {kept, once})
        m_queue->add(task);
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->activeCount(), qsizetype(0), 20'000);
    QCOMPARE(m_model->rows().size(), qsizetype(2));
    QVERIFY(needsSignIn(m_model->rows().at(0)));
    // Nobody could make it anew with another sign-in.
    QVERIFY(!needsSignIn(m_model->rows().at(1)));
    QVERIFY(transferStatus(m_model->rows().at(1)).startsWith(u"Failed"_s));
    const QSignalSpy needed(m_keeper.get(), &TransferKeeper::signInNeeded);
    m_keeper->signIn(m_queue->transfers().at(0));
    QCOMPARE(needed.value(0).value(0).toString(), m_id);
}

void TestTransferKeeperSignIn::tellsOfACopyOnlyWhereNobodyElseDoes()
{
    const QSignalSpy stored(m_keeper.get(), &TransferKeeper::stored);
    Transfer *transfer = m_queue->add(refusedCopy());
    QTRY_COMPARE_WITH_TIMEOUT(transfer->state(), State::Failed, 20'000);
    QVERIFY(m_keeper->canSignIn(transfer));
    m_test->registries.connectTo(*m_test->store.find(m_id),
                                 {u"user"_s, Secret(QByteArrayLiteral("secret"))});
    QTRY_COMPARE_WITH_TIMEOUT(transfer->state(), State::Finished, 20'000);
    QVERIFY(m_test->registry.tags(u"b"_s).contains(u"2"_s));
    QVERIFY(stored.isEmpty()); // Whoever began it knows of its end.
}

LONGSHORE_UI_TEST(TestTransferKeeperSignIn)
#include "tst_transferkeeper_signin.moc"
