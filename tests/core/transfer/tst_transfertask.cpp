// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copytransfer.h"
#include "core/transfer/planimagecopyjob.h"
#include "core/transfer/transfertask.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/testreferrers.h"

#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestTransferTask : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsABlob();
    void bringsAnImage();
    void tellsWhatHadToStartOver();
    void tellsWhichReferrersCannotComeAlong();
    void tellsWhyItCannot();
    void canBeTriedAgain();
    void stopsItsJobWhenItIsCancelled();
    void discardsWhatItHasLeft_data();
    void discardsWhatItHasLeft();
    void tellsWhichLayersMayNotBeDistributed();
    void tellsOfATagThatMayBeSet();

private:
    [[nodiscard]] TransferTask layer(const QByteArray &content);
    [[nodiscard]] TransferTask image(const QString &tag) const;
    [[nodiscard]] std::shared_ptr<Session> session() const
    {
        return {m_connection, &m_connection->session};
    }

    std::shared_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTransferTask::init()
{
    m_connection = std::make_shared<FakeConnection>();
    m_folder = std::make_unique<QTemporaryDir>();
}

TransferTask TestTransferTask::layer(const QByteArray &content)
{
    const Descriptor blob = m_connection->registry.addBlob(u"a"_s, content);
    return blobTransfer(
        session(),
        {*RepositoryName::parse(u"a"), blob.digest, blob.size, m_folder->filePath(u"layer.tar"_s)},
        u"a:1, layer 1"_s);
}

TransferTask TestTransferTask::image(const QString &tag) const
{
    return imageTransfer(
        session(),
        {.source =
             {m_connection->registry.host(), *RepositoryName::parse(u"a"), *Tag::parse(tag), {}},
         .place = {ImagePlace::Form::OciFolder, m_folder->filePath(u"image"_s), tag}},
        u"a:1"_s);
}

void TestTransferTask::bringsABlob()
{
    const TransferTask task = layer("hello");
    QCOMPARE(task.path, m_folder->filePath(u"layer.tar"_s));
    QCOMPARE(task.source, u"a:1, layer 1"_s);
    QCOMPARE(task.size, qint64(5));
    const auto outcome = outcomeOf(task.makeJob(nullptr));
    QVERIFY(outcome);
    QCOMPARE(outcome->digest, Digest::ofBytes("hello"));
    QCOMPARE(outcome->size, qint64(5));
    QVERIFY(QFile::exists(task.path));
}

void TestTransferTask::bringsAnImage()
{
    const Digest pushed = m_connection->registry.addManifest(
        u"a"_s, u"1"_s, TestImages::image(m_connection->registry, u"a"_s),
        MediaType::ociManifest());
    const TransferTask task = image(u"1"_s);
    QCOMPARE(task.size, qint64(-1)); // Nobody has looked yet.
    QObject parent;
    auto *job = task.makeJob(&parent);
    QCOMPARE(job->parent(), &parent);
    const QSignalSpy progress(job, &Job::progressChanged);
    const auto outcome = outcomeOf(job);
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().message));
    QCOMPARE(outcome->digest, pushed);
    QVERIFY(outcome->size > 0);
    QVERIFY(!progress.isEmpty());
    QVERIFY(QFile::exists(task.path + u"/index.json"_s));
}

/// US-22: "if the server ignores Range it starts again and says so".
void TestTransferTask::tellsWhatHadToStartOver()
{
    FakeRegistry &registry = m_connection->registry;
    const auto begin = [](const QString &path, const QByteArray &whole) {
        BlobFile file(path, Digest::ofBytes(whole), whole.size(), SafeFile::Existing::Keep,
                      BlobFile::Part::Keep);
        return file.open() && file.write(whole.first(2));
    };
    QCOMPARE(startedOverText(0), QString());
    TransferTask task = layer("hello");
    QVERIFY(begin(task.path, "hello"));
    const auto completed = outcomeOf(task.makeJob(nullptr));
    QVERIFY(completed);
    QCOMPARE(completed->remark, QString());
    QVERIFY(QFile::remove(task.path));

    registry.behaviour.knowsRange = false;
    QVERIFY(begin(task.path, "hello"));
    const auto again = outcomeOf(task.makeJob(nullptr));
    QVERIFY(again);
    QCOMPARE(again->remark, startedOverText(1));

    TestImages::addImage(registry, u"a"_s, u"1"_s);
    const QString blobs = m_folder->filePath(u"image/blobs/sha256/"_s);
    QVERIFY(QDir().mkpath(blobs));
    QVERIFY(SafeFile::writeFile(m_folder->filePath(u"image/oci-layout"_s),
                                R"({"imageLayoutVersion":"1.0.0"})"));
    QVERIFY(begin(blobs + Digest::ofBytes("layer one").encoded(), "layer one"));
    const auto brought = outcomeOf(image(u"1"_s).makeJob(nullptr));
    QVERIFY2(brought, brought ? "" : qPrintable(brought.error().message));
    QCOMPARE(brought->remark, startedOverText(1));
}

void TestTransferTask::tellsWhichReferrersCannotComeAlong()
{
    FakeRegistry &registry = m_connection->registry;
    const Digest pushed = TestImages::addImage(registry, u"a"_s, u"1"_s);
    QList<LeftOutReferrer> all;
    for (int i = 0; i < 7; ++i)
        all.append({Digest::ofBytes(QByteArray::number(i)), u"It is gone."_s});
    QCOMPARE(leftOutText(all.first(0)), QString());
    QVERIFY2(leftOutText(all.first(2))
                 .endsWith(u"left out: %1, It is gone. %2, It is gone."_s.arg(
                     all.at(0).digest.toString(), all.at(1).digest.toString())),
             qPrintable(leftOutText(all.first(2))));
    QVERIFY(leftOutText(all).endsWith(u'\u2026'));
    QVERIFY(!leftOutText(all).contains(all.at(5).digest.toString()));

    const Digest signature = TestReferrers::sign(registry, u"a"_s, pushed, "signature");
    registry.failNext("GET", u"/manifests/"_s + signature.toString(), {404});
    auto order = std::get<PlaceExport>(image(u"1"_s).order->purpose);
    order.withReferrers = true;
    const auto outcome =
        outcomeOf(imageTransfer(image(u"1"_s).order->from, order, u"a:1"_s).makeJob(nullptr));
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().message));
    QCOMPARE(outcome->digest, pushed);
    QVERIFY2(outcome->remark.contains(u"left out: "_s + signature.toString()),
             qPrintable(outcome->remark));
}

void TestTransferTask::tellsWhyItCannot()
{
    m_connection->registry.addRepository(u"a"_s);
    const auto outcome = outcomeOf(image(u"missing"_s).makeJob(nullptr));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::NotFound);
}

void TestTransferTask::canBeTriedAgain()
{
    m_connection->registry.failNext("GET", u"/blobs/"_s, {404});
    const TransferTask task = layer("hello");
    QVERIFY(!outcomeOf(task.makeJob(nullptr)));
    QVERIFY(outcomeOf(task.makeJob(nullptr)));
}

void TestTransferTask::stopsItsJobWhenItIsCancelled()
{
    auto *job = layer("hello").makeJob(nullptr);
    job->cancel();
    const auto outcome = outcomeOf(job);
    QVERIFY(!outcome && outcome.error().isCancelled());
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestTransferTask::discardsWhatItHasLeft_data()
{
    using Form = ImagePlace::Form;
    QTest::addColumn<Form>("form");
    QTest::newRow("layers as tars") << Form::PlainLayers;
    QTest::newRow("archive") << Form::OciArchive;
    QTest::newRow("docker archive") << Form::DockerArchive;
    QTest::newRow("files") << Form::RootFiles;
    QTest::newRow("files in a folder") << Form::RootFolder;
}

/// All files in a folder, with hidden ones; the whole paths.
static QStringList filesBelow(const QString &folder)
{
    QStringList paths;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext())
        paths.append(files.next());
    return paths;
}

/// In a hidden place, where nobody would find it.
void TestTransferTask::discardsWhatItHasLeft()
{
    QFETCH(const ImagePlace::Form, form);
    FakeRegistry &registry = m_connection->registry;
    const QByteArray large(100'000, 'x');
    TestImages::addImage(registry, u"a"_s, u"1"_s, {.layers = {"small", large}});
    registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().endsWith(u"/blobs/"_s + Digest::ofBytes(large).toString()))
            return false;
        connection.answer({200, large.first(50'000), {{"Content-Length", "100000"}}});
        connection.close();
        return true;
    });
    auto order = std::get<PlaceExport>(image(u"1"_s).order->purpose);
    order.place = {form, m_folder->filePath(u"out"_s)};
    const TransferTask task = imageTransfer(session(), order, u"a:1"_s);
    const auto outcome = outcomeOf(task.makeJob(nullptr));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Network);
    QVERIFY(!filesBelow(m_folder->path()).isEmpty());
    // In a worker, as always; whoever was broken off may need a moment to let go.
    const auto leftAfterDiscarding = [&] {
        const auto discarded = outcomeOf(new WorkerJob<Done>([&task](const CancelFlag &) {
            task.discard();
            return Result<Done>(Done());
        }));
        return discarded ? filesBelow(m_folder->path()) : QStringList{u"?"_s};
    };
    QTRY_COMPARE(leftAfterDiscarding(), QStringList());
}

void TestTransferTask::tellsWhichLayersMayNotBeDistributed()
{
    QByteArray foreign = TestImages::image(m_connection->registry, u"a"_s);
    foreign.replace(foreign.indexOf("application/vnd.oci.image.layer.v1.tar+gzip"), 43,
                    "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    m_connection->registry.addManifest(u"a"_s, u"1"_s, foreign, MediaType::ociManifest());
    const auto outcome = outcomeOf(image(u"1"_s).makeJob(nullptr));
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().message));
    QVERIFY2(outcome->remark.contains(u"may not be distributed"_s), qPrintable(outcome->remark));
}

void TestTransferTask::tellsOfATagThatMayBeSet()
{
    FakeRegistry &registry = m_connection->registry;
    const Digest pushed = TestImages::addImage(registry, u"a"_s, u"1"_s);
    const std::shared_ptr<RegistrySession> target(m_connection, &m_connection->session);
    const auto plan =
        outcomeOf(new PlanImageCopyJob(*target, *target,
                                       {*RepositoryName::parse(u"a"), *Tag::parse(u"1"),
                                        *RepositoryName::parse(u"a"), *Tag::parse(u"2")}));
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
    const TransferTask task = copyTransfer(target, target, *plan, u"a:1"_s);
    const auto isRefused = [&] {
        registry.failNext("PUT", u"/manifests/2"_s, registryRefusal(403, "DENIED", "no"));
        const auto outcome = outcomeOf(task.makeJob(this));
        return !outcome && outcome.error().kind == Error::Kind::Forbidden;
    };
    QVERIFY(isRefused());
    QVERIFY(!*task.unconfirmed);
    const HeldRequests held(registry, "PUT", u"/manifests/2"_s);
    auto *job = task.makeJob(this);
    job->start();
    QTRY_COMPARE(held.count(), qsizetype(1));
    job->cancel();
    QVERIFY(isRefused()); // Of another attempt that tells nothing.
    QVERIFY(*task.unconfirmed);
    QCOMPARE((*task.unconfirmed)->image, pushed);
    QCOMPARE((*task.unconfirmed)->place, Reference(*Tag::parse(u"2")));
}

QTEST_GUILESS_MAIN(TestTransferTask)
#include "tst_transfertask.moc"
