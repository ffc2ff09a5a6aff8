// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copytransfer.h"
#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/outcome.h"
#include "support/testlayout.h"
#include "support/testtabs.h"
#include "support/uitest.h"
#include "ui/presenters/transferkeeper.h"

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = Transfer::State;

namespace {

/// What a program has of transfers while it runs.
struct Program
{
    Program(RegistryPresenter &registries, const QString &folder)
        : store(folder), keeper(queue, registries, store)
    {}

    TransferQueue queue{1};
    TransferStore store;
    TransferKeeper keeper;
};

} // namespace

class TestTransferKeeper : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void bringsTransfersBackInTheirOrder();
    void forgetsWhatIsOver();
    void keepsNothingThatCannotBeMadeAgain();
    void keepsNothingThatIsInNoFile();
    void exportsAnImage();
    void goesOnOnceSomebodyHasSignedIn();
    void copiesWhatWasAgreedTo();
    void copiesNoOtherImage();
    void takesNoTagThatNobodyAgreedTo();
    void tellsThatAFileIsGone();
    void tellsThatTheTargetIsGone();

private:
    void restart();
    Transfer *add(const TransferTask &task);
    [[nodiscard]] TransferTask layer(const QString &name) const;
    [[nodiscard]] TransferTask copy(const std::shared_ptr<Session> &from, const QString &to) const;
    [[nodiscard]] std::shared_ptr<Session> files() const;
    [[nodiscard]] Transfer *first() const { return m_program->queue.transfers().value(0); }
    [[nodiscard]] FakeRegistry &registry() const { return m_test->registry; }

    QTemporaryDir m_home;
    FakeRegistry m_maker; ///< Makes the images of files.
    std::unique_ptr<TestLayout> m_layout;
    std::unique_ptr<TestTabs> m_test;
    std::unique_ptr<Program> m_program;
    QString m_id;
};

void TestTransferKeeper::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit()); // For backups.
}

void TestTransferKeeper::init()
{
    m_layout = std::make_unique<TestLayout>();
    m_layout->save(
        m_maker, u"a"_s,
        {{u"2"_s, TestImages::addImage(m_maker, u"a"_s, u"2"_s, {.layers = {"base", "two"}})}});
    m_test = std::make_unique<TestTabs>();
    TestImages::addImage(registry(), u"app"_s, u"1"_s, {.layers = {"base", "one"}});
    m_id = m_test->connectToRegistry();
    m_program.reset();
    restart();
}

void TestTransferKeeper::cleanup()
{
    m_program.reset();
    m_test.reset();
}

void TestTransferKeeper::restart()
{
    m_program.reset();
    m_program =
        std::make_unique<Program>(m_test->registries, m_test->folder.filePath(u"transfers"_s));
}

/// The first one of the queue is paused, so that nothing runs.
Transfer *TestTransferKeeper::add(const TransferTask &task)
{
    Transfer *transfer = m_program->queue.add(task);
    transfer->pause();
    [&] { QTRY_COMPARE(transfer->state(), State::Paused); }();
    return transfer;
}

TransferTask TestTransferKeeper::layer(const QString &name) const
{
    return blobTransfer(
        m_test->registries.session(m_id),
        {*RepositoryName::parse(u"app"), Digest::ofBytes("base"), 4, m_test->folder.filePath(name)},
        u"the base"_s);
}

std::shared_ptr<Session> TestTransferKeeper::files() const
{
    const auto opened = outcomeOf(new OpenLayoutJob(m_layout->path()));
    if (!opened)
        qFatal("no layout: %s", qPrintable(opened.error().message));
    return *opened;
}

TransferTask TestTransferKeeper::copy(const std::shared_ptr<Session> &from, const QString &to) const
{
    const auto target = m_test->registries.session(m_id);
    const bool isFile = from != target;
    const auto repositories = std::dynamic_pointer_cast<LayoutSession>(from);
    const RepositoryName repository = isFile
                                          ? repositories->names().images().constFirst().repository
                                          : *RepositoryName::parse(u"app");
    const auto plan =
        outcomeOf(new PlanImageCopyJob(*from, *target,
                                       {repository, *Tag::parse(isFile ? u"2" : u"1"),
                                        *RepositoryName::parse(u"b"), *Tag::parse(to)}));
    if (!plan)
        qFatal("no plan: %s", qPrintable(plan.error().message));
    return copyTransfer(from, target, *plan, u"My Layout"_s);
}

void TestTransferKeeper::bringsTransfersBackInTheirOrder()
{
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        add(layer(name));
    m_program->queue.move(m_program->queue.transfers().last(), 0);
    registry().forgetRequests();
    restart();
    QString names;
    for (const Transfer *transfer : m_program->queue.transfers()) {
        names += transfer->fileName();
        QCOMPARE(transfer->state(), State::Paused);
        QCOMPARE(transfer->task().source, u"the base"_s);
        QCOMPARE(transfer->total(), 4);
        QVERIFY(m_program->keeper.keeps(transfer));
    }
    QCOMPARE(names, u"cab"_s);
    QVERIFY(registry().requests().isEmpty());
    for (Transfer *transfer : m_program->queue.transfers())
        m_program->queue.resume(transfer);
    QTRY_COMPARE(m_program->queue.activeCount(), qsizetype(0));
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        QVERIFY(QFile::exists(m_test->folder.filePath(name)));
}

void TestTransferKeeper::forgetsWhatIsOver()
{
    add(layer(u"a"_s))->cancel();
    Transfer *finished = add(layer(u"b"_s));
    m_program->queue.resume(finished);
    QTRY_COMPARE(finished->state(), State::Finished);
    restart();
    QVERIFY(m_program->queue.transfers().isEmpty());
}

void TestTransferKeeper::keepsNothingThatCannotBeMadeAgain()
{
    TransferTask once = layer(u"a"_s);
    once.order.reset();
    QVERIFY(!m_program->keeper.keeps(add(once)));
    // Of a session that no connection has any more.
    const TransferTask old = layer(u"b"_s);
    m_test->connectTo(*m_test->store.find(m_id));
    QVERIFY(!m_program->keeper.keeps(add(old)));
    restart();
    QVERIFY(m_program->queue.transfers().isEmpty());
}

void TestTransferKeeper::keepsNothingThatIsInNoFile()
{
    const TransferTask made = copy(files(), u"2"_s);
    QVERIFY(m_program->keeper.keeps(add(made)));
    m_layout.reset(); // As for an image that was put together in memory.
    QVERIFY(!m_program->keeper.keeps(add(made)));
}

void TestTransferKeeper::exportsAnImage()
{
    const QString place = m_test->folder.filePath(u"image.tar"_s);
    add(imageTransfer(
        m_test->registries.session(m_id),
        {.source = {registry().host(), *RepositoryName::parse(u"app"), Tag::parse(u"1"), {}},
         .place = {ImagePlace::Form::OciArchive, place}},
        u"app:1"_s));
    restart();
    m_program->queue.resume(first());
    QTRY_COMPARE(first()->state(), State::Finished);
    QVERIFY(QFile::exists(place));
}

void TestTransferKeeper::goesOnOnceSomebodyHasSignedIn()
{
    const QSignalSpy needed(&m_program->keeper, &TransferKeeper::signInNeeded);
    registry().behaviour.signIn = FakeRegistry::SignIn::Basic;
    Transfer *transfer = m_program->queue.add(layer(u"base"_s));
    QTRY_COMPARE(transfer->state(), State::Failed);
    QCOMPARE(transfer->error()->kind, Error::Kind::Unauthorized);
    QVERIFY(needed.isEmpty()); // It was begun just now: there is a button for it.
    m_program->keeper.signIn(transfer);
    QCOMPARE(needed.value(0).value(0).toString(), m_id);
    m_test->registries.connectTo(*m_test->store.find(m_id),
                                 {u"user"_s, Secret(QByteArrayLiteral("secret"))});
    QTRY_COMPARE(transfer->state(), State::Finished);
    QVERIFY(QFile::exists(m_test->folder.filePath(u"base"_s)));
}

void TestTransferKeeper::copiesWhatWasAgreedTo()
{
    const Digest old = TestImages::addImage(registry(), u"b"_s, u"2"_s, {.layers = {"old"}});
    add(copy(files(), u"2"_s));
    restart();
    const QString target = registry().host() + "/b:2"_L1;
    QCOMPARE(first()->task().target, target);
    const QSignalSpy stored(&m_program->keeper, &TransferKeeper::stored);
    m_program->queue.resume(first());
    QTRY_COMPARE(first()->state(), State::Finished);
    QVERIFY(registry().hasManifest(u"b"_s, first()->result()->digest));
    QVERIFY(first()->result()->remark.contains(old.toString()));
    QCOMPARE(stored.size(), qsizetype(1));
    QCOMPARE(stored.first().first().toString(), m_id);
}

void TestTransferKeeper::copiesNoOtherImage()
{
    registry().addRepository(u"b"_s);
    add(copy(m_test->registries.session(m_id), u"2"_s));
    restart();
    TestImages::addImage(registry(), u"app"_s, u"1"_s, {.layers = {"something else"}});
    registry().forgetRequests();
    m_program->queue.resume(first());
    QTRY_COMPARE(first()->state(), State::Failed);
    QCOMPARE(first()->error()->kind, Error::Kind::Changed);
    QCOMPARE(registry().count("PUT") + registry().count("POST"), qsizetype(0));
}

void TestTransferKeeper::takesNoTagThatNobodyAgreedTo()
{
    registry().addRepository(u"b"_s);
    add(copy(files(), u"2"_s));
    restart();
    TestImages::addImage(registry(), u"b"_s, u"2"_s, {.layers = {"of somebody else"}});
    registry().forgetRequests();
    m_program->queue.resume(first());
    QTRY_COMPARE(first()->state(), State::Failed);
    QCOMPARE(first()->error()->kind, Error::Kind::Changed);
    QCOMPARE(registry().count("PUT") + registry().count("POST"), qsizetype(0));
}

void TestTransferKeeper::tellsThatAFileIsGone()
{
    registry().addRepository(u"b"_s);
    add(copy(files(), u"2"_s));
    m_program.reset();
    const QString path = m_layout->path();
    m_layout.reset();
    restart();
    QCOMPARE(first()->state(), State::Failed);
    QVERIFY2(first()->error()->message.contains(path), qPrintable(first()->error()->message));
    m_program->queue.retry(first());
    QTRY_COMPARE(first()->state(), State::Failed);
    restart();
    QCOMPARE(m_program->queue.transfers().size(), qsizetype(1)); // It may be there again some day.
}

void TestTransferKeeper::tellsThatTheTargetIsGone()
{
    registry().addRepository(u"b"_s);
    add(copy(files(), u"2"_s));
    m_program.reset();
    m_test->registries.remove(m_id);
    restart();
    QCOMPARE(first()->state(), State::Failed);
    QCOMPARE(first()->error()->message, u"The connection that it used was removed."_s);
}

LONGSHORE_UI_TEST(TestTransferKeeper)
#include "tst_transferkeeper.moc"
