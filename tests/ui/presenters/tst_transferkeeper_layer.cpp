// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "support/dockerarchive.h"
#include "support/testarchive.h"
#include "support/testtabs.h"
#include "support/uitest.h"
#include "ui/presenters/copypresenter.h"
#include "ui/presenters/filesource.h"
#include "ui/presenters/imagecompressor.h"
#include "ui/presenters/layersource.h"
#include "ui/presenters/transferkeeper.h"

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = Transfer::State;

/// Images with a new layer, which are nowhere until they have arrived.
class TestTransferKeeperLayer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void makesTheSameImageOnceMore();
    void makesAnImageOfALayerAloneOnceMore();
    void compressesTheSameLayersOnceMore();
    void sendsNothingWhenAFileHasChanged();
    void sendsNothingIntoProductionUntilThatIsAllowed();
    void tellsThatAFileIsGone();

private:
    /// Puts a paused upload of a new layer into the queue, and starts the program again.
    void beginAndRestart();
    void beginAndRestart(ImageSource &source);
    void beginAndRestart(const SourceImage &image);
    void start();
    void stop();
    void write(const QByteArray &bytes) const
    {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    [[nodiscard]] Transfer &only() const { return *m_queue->transfers().first(); }

    QTemporaryDir m_home;
    QString m_file;
    std::unique_ptr<TestTabs> m_test;
    std::unique_ptr<TransferQueue> m_queue;
    std::unique_ptr<TransferStore> m_store;
    std::unique_ptr<TransferKeeper> m_keeper;
    QString m_id;
    std::optional<Digest> m_image; ///< That the tag was agreed to point to.
};

void TestTransferKeeperLayer::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit()); // For backups.
    m_file = m_home.filePath(u"app.ini"_s);
}

void TestTransferKeeperLayer::init()
{
    write("[a]\n");
    m_test = std::make_unique<TestTabs>();
    TestImages::addImage(m_test->registry, u"app"_s, u"1"_s);
    m_id = m_test->connectToRegistry();
    start();
}

void TestTransferKeeperLayer::cleanup()
{
    stop();
    m_test.reset();
}

void TestTransferKeeperLayer::start()
{
    m_queue = std::make_unique<TransferQueue>(1);
    m_store = std::make_unique<TransferStore>(m_test->folder.filePath(u"transfers"_s));
    m_keeper = std::make_unique<TransferKeeper>(*m_queue, m_test->registries, *m_store);
}

void TestTransferKeeperLayer::stop()
{
    m_keeper.reset();
    m_store.reset();
    m_queue.reset();
}

void TestTransferKeeperLayer::beginAndRestart()
{
    const auto session = m_test->registries.session(m_id);
    LayerSource source(session,
                       {ImageChoice{*RepositoryName::parse(u"app"), *Tag::parse(u"1")},
                        {m_file},
                        u"etc"_s,
                        u"a comment"_s,
                        {},
                        u"Ann"_s,
                        {1000, 7, 0640}},
                       *Tag::parse(u"1"));
    beginAndRestart(source);
}

void TestTransferKeeperLayer::beginAndRestart(ImageSource &source)
{
    source.read();
    QTRY_COMPARE_WITH_TIMEOUT(source.images().size(), qsizetype(1), 20'000);
    beginAndRestart(source.images().first());
}

void TestTransferKeeperLayer::beginAndRestart(const SourceImage &image)
{
    CopyPresenter presenter;
    presenter.plan(m_test->registries.session(m_id),
                   {{image, *RepositoryName::parse(u"app"), *Tag::parse(u"2")}});
    QTRY_VERIFY_WITH_TIMEOUT(presenter.isPlanned(), 20'000);
    const TransferTask task = presenter.tasks().first();
    m_image = std::get<AgreedCopy>(task.order->purpose).image;
    Transfer *transfer = m_queue->add(task);
    transfer->pause();
    QTRY_COMPARE_WITH_TIMEOUT(transfer->state(), State::Paused, 20'000);
    QVERIFY(m_keeper->keeps(transfer));
    stop();
    start();
    QCOMPARE(m_queue->transfers().size(), qsizetype(1));
    QCOMPARE(only().state(), State::Paused);
    QCOMPARE(m_keeper->connectionOf(&only()), u"one"_s);
    QVERIFY(!m_test->registry.tags(u"app"_s).contains(u"2"_s));
}

void TestTransferKeeperLayer::makesTheSameImageOnceMore()
{
    beginAndRestart();
    m_queue->resume(&only());
    QTRY_VERIFY_WITH_TIMEOUT(only().isOver(), 20'000);
    QVERIFY2(only().state() == State::Finished,
             only().error() ? qPrintable(only().error()->message) : "");
    QCOMPARE(only().result()->digest, *m_image);
    QVERIFY(m_test->registry.hasManifest(u"app"_s, *m_image));
    QVERIFY(m_test->registry.tags(u"app"_s).contains(u"2"_s));
}

void TestTransferKeeperLayer::makesAnImageOfALayerAloneOnceMore()
{
    write(TestArchive().add("etc/new", "new").bytes());
    FileSource source({m_file});
    beginAndRestart(source);
    m_queue->resume(&only());
    QTRY_VERIFY_WITH_TIMEOUT(only().isOver(), 20'000);
    QVERIFY2(only().state() == State::Finished,
             only().error() ? qPrintable(only().error()->message) : "");
    QVERIFY(m_test->registry.hasManifest(u"app"_s, *m_image));
}

void TestTransferKeeperLayer::compressesTheSameLayersOnceMore()
{
    write(dockerArchive(u"app:1"_s, {QByteArray(100'000, 'a')}));
    FileSource source({m_file});
    source.read();
    QTRY_COMPARE_WITH_TIMEOUT(source.images().size(), qsizetype(1), 20'000);
    {
        ImageCompressor compressor;
        compressor.compress(source.images());
        QTRY_VERIFY_WITH_TIMEOUT(!compressor.isCompressing(), 20'000);
        beginAndRestart(compressor.resultOf(source.images().first()));
    }
    m_queue->resume(&only());
    QTRY_VERIFY_WITH_TIMEOUT(only().isOver(), 20'000);
    QVERIFY2(only().state() == State::Finished,
             only().error() ? qPrintable(only().error()->message) : "");
    QCOMPARE(only().result()->digest, *m_image);
    const auto manifest = parseManifest(m_test->registry.manifestBytes(u"app"_s, *m_image), {});
    QVERIFY(manifest);
    QVERIFY(manifest->image()->layers.first().size < 10'000);
}

void TestTransferKeeperLayer::sendsNothingWhenAFileHasChanged()
{
    beginAndRestart();
    write("[b]\n");
    m_test->registry.forgetRequests();
    m_queue->resume(&only());
    QTRY_COMPARE_WITH_TIMEOUT(only().state(), State::Failed, 20'000);
    QCOMPARE(only().error()->kind, Error::Kind::Changed);
    QCOMPARE(m_test->registry.count("PUT") + m_test->registry.count("POST"), qsizetype(0));
}

void TestTransferKeeperLayer::sendsNothingIntoProductionUntilThatIsAllowed()
{
    beginAndRestart();
    SavedConnection production = *m_test->store.find(m_id);
    production.isProduction = true;
    m_test->connectTo(production);
    m_test->registry.forgetRequests();
    m_queue->resume(&only());
    QTRY_COMPARE_WITH_TIMEOUT(only().state(), State::Failed, 20'000);
    QCOMPARE(only().error()->kind, Error::Kind::Policy);
    QCOMPARE(m_test->registry.count("PUT") + m_test->registry.count("POST"), qsizetype(0));
    m_test->registries.allowChanges(m_id, true);
    m_queue->retry(&only());
    QTRY_COMPARE_WITH_TIMEOUT(only().state(), State::Finished, 20'000);
    QVERIFY(m_test->registry.tags(u"app"_s).contains(u"2"_s));
}

void TestTransferKeeperLayer::tellsThatAFileIsGone()
{
    beginAndRestart();
    QVERIFY(QFile::remove(m_file));
    m_queue->resume(&only());
    QTRY_COMPARE_WITH_TIMEOUT(only().state(), State::Failed, 20'000);
    QVERIFY2(only().error()->message.contains(u"app.ini"_s), qPrintable(only().error()->message));
    stop();
    start();
    QCOMPARE(m_queue->transfers().size(), qsizetype(1)); // It may be there again some day.
}

LONGSHORE_UI_TEST(TestTransferKeeperLayer)
#include "tst_transferkeeper_layer.moc"
