// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/transfer/compresslayersjob.h"
#include "support/dockerarchive.h"
#include "support/fakeconnection.h"
#include "support/uitest.h"
#include "support/writtenfile.h"
#include "ui/presenters/filesource.h"
#include "ui/presenters/imagecompressor.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThreadPool>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestImageCompressor : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void makesAnImageThatKnowsWhereItIsFrom();
    void makesNothingTwice();
    void leavesWhatHasNoPlainLayers();
    void seesToAllOfThem();
    void stopsWhenNobodyWantsItAnyMore();
    void stopsWithItsOwner();
    void saysWhyItCannot();
    void compressesOnlyFiles();

private:
    [[nodiscard]] SourceImage read(const QByteArray &layer)
    {
        m_sources.push_back(std::make_unique<FileSource>(QStringList{
            writtenFile(m_folder->filePath(QString::number(m_sources.size()) + u".tar"_s),
                        dockerArchive(u"team/app:1"_s, {layer}))}));
        m_sources.back()->read();
        if (!QTest::qWaitFor([this] { return !m_sources.back()->isReading(); }, 20'000))
            qFatal("the archive is not read");
        return m_sources.back()->images().constFirst();
    }
    /// Waits until the layer, which is far larger than the rest, is what is left to be done.
    void beginLargeLayer()
    {
        m_large = read(QByteArray(40'000'000, 'a'));
        QSignalSpy progressed(m_compressor.get(), &ImageCompressor::progressed);
        m_compressor->compress({*m_large});
        QVERIFY(progressed.wait(20'000)); // The configuration is done.
    }
    [[nodiscard]] QPointer<Job> underWay() const
    {
        return m_compressor->findChild<CompressLayersJob *>();
    }
    void await() const { QTRY_VERIFY_WITH_TIMEOUT(!m_compressor->isCompressing(), 20'000); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::vector<std::unique_ptr<FileSource>> m_sources;
    std::optional<SourceImage> m_large;
    std::unique_ptr<ImageCompressor> m_compressor;
};

void TestImageCompressor::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_sources.clear();
    m_compressor = std::make_unique<ImageCompressor>();
}

void TestImageCompressor::makesAnImageThatKnowsWhereItIsFrom()
{
    const SourceImage image = read(QByteArray(1'000'000, 'a'));
    QVERIFY(image.hasPlainLayers);
    const QSignalSpy changed(m_compressor.get(), &ImageCompressor::changed);
    const QSignalSpy progressed(m_compressor.get(), &ImageCompressor::progressed);
    m_compressor->compress({image});
    QVERIFY(m_compressor->isCompressing());
    QVERIFY(m_compressor->resultOf(image).session == image.session); // Not yet.
    await();
    QCOMPARE(changed.size(), 2);
    QVERIFY(!progressed.isEmpty() && !m_compressor->error());
    const SourceImage made = m_compressor->resultOf(image);
    QVERIFY(made.session != image.session && !made.hasPlainLayers);
    QCOMPARE(made.from, image.from);
    QVERIFY(made.plain == image.origin());
}

void TestImageCompressor::makesNothingTwice()
{
    const SourceImage image = read("a");
    m_compressor->compress({image});
    await();
    const auto made = m_compressor->resultOf(image).session;
    m_compressor->compress({});
    m_compressor->compress({image});
    QVERIFY(!m_compressor->isCompressing());
    QVERIFY(m_compressor->resultOf(image).session == made);
}

void TestImageCompressor::leavesWhatHasNoPlainLayers()
{
    SourceImage image = read("a");
    image.hasPlainLayers = false;
    m_compressor->compress({image});
    QVERIFY(!m_compressor->isCompressing());
    QVERIFY(m_compressor->resultOf(image).session == image.session);
}

void TestImageCompressor::seesToAllOfThem()
{
    const SourceImage one = read("a");
    const SourceImage two = read("b");
    m_compressor->compress({one, two});
    const QPointer<Job> job = underWay();
    QVERIFY(job);
    m_compressor->compress({one, two});
    QVERIFY(job); // What is under way goes on.
    await();
    QVERIFY(m_compressor->resultOf(one).plain == one.origin());
    QVERIFY(m_compressor->resultOf(two).plain == two.origin());
}

void TestImageCompressor::stopsWhenNobodyWantsItAnyMore()
{
    beginLargeLayer();
    const QPointer<Job> job = underWay();
    QVERIFY(job);
    m_compressor->compress({});
    QVERIFY(!job && !m_compressor->isCompressing());
    const QSignalSpy changed(m_compressor.get(), &ImageCompressor::changed);
    QVERIFY(QThreadPool::globalInstance()->waitForDone());
    QCoreApplication::processEvents(); // What the worker says, nobody hears.
    QVERIFY(changed.isEmpty() && !m_compressor->resultOf(*m_large).plain);
}

void TestImageCompressor::stopsWithItsOwner()
{
    beginLargeLayer();
    const QPointer<Job> job = underWay();
    QVERIFY(job);
    m_compressor.reset();
    QVERIFY(!job);
    m_sources.clear(); // The worker may still be reading.
    m_large.reset();
    QVERIFY(QThreadPool::globalInstance()->waitForDone());
    QCoreApplication::processEvents();
}

void TestImageCompressor::saysWhyItCannot()
{
    const SourceImage image = read("first");
    QFile archive(m_folder->filePath(u"0.tar"_s)); // It is read in place.
    QVERIFY(archive.open(QIODevice::ReadWrite));
    const qint64 place = archive.readAll().indexOf("first");
    QVERIFY(place > 0 && archive.seek(place) && archive.write("other") == 5);
    archive.close();
    m_compressor->compress({image});
    await();
    QVERIFY(m_compressor->error());
    QVERIFY(!m_compressor->resultOf(image).plain);
    m_compressor->compress({});
    QVERIFY(!m_compressor->error());
}

void TestImageCompressor::compressesOnlyFiles()
{
    FakeConnection connection;
    SourceImage image = read("a");
    image.session = {std::shared_ptr<Session>(), &connection.session};
    m_compressor->compress({image});
    QVERIFY(!m_compressor->isCompressing());
    QVERIFY(m_compressor->error());
    QCOMPARE(m_compressor->error()->kind, Error::Kind::InvalidInput);
}

LONGSHORE_UI_TEST(TestImageCompressor)
#include "tst_imagecompressor.moc"
